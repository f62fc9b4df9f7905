"""The desk's periodic job."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.desk import exports


@every(seconds=3600, name="desk.purge_exports")
def purge_exports(at: datetime) -> int:
    return exports.purge(at)
