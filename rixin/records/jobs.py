"""The periodic job of records."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.records.imports import files


@every(seconds=24 * 3600, name="records.purge_imports")
def purge_imports(at: datetime) -> int:
    return files.purge(at)
