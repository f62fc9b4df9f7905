"""The periodic jobs of the registers."""

from datetime import datetime

from django.utils import timezone

from rixin.config.periodic import every
from rixin.registers import letting
from rixin.registers.imports import files


@every(seconds=24 * 3600, name="registers.settle_buildings")
def settle_buildings(at: datetime) -> int:
    """Leases begin on days on which nobody writes anything."""
    return letting.settle_all(timezone.localdate(at))


@every(seconds=24 * 3600, name="registers.purge_imports")
def purge_imports(at: datetime) -> int:
    return files.purge(at)
