"""What comes round by itself."""

from datetime import datetime

from rixin.activities.bringing import FILES
from rixin.config.periodic import every


@every(seconds=24 * 3600, name="activities.purge_imports")
def purge_imports(at: datetime) -> None:
    FILES.purge(at)
