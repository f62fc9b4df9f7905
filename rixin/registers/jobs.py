"""The periodic jobs of the registers."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.registers.imports import files


@every(seconds=24 * 3600, name="registers.purge_imports")
def purge_imports(at: datetime) -> int:
    return files.purge(at)
