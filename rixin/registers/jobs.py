"""The periodic job of registers: leases begin on days on which nobody writes anything."""

from datetime import datetime

from django.utils import timezone

from rixin.config.periodic import every
from rixin.registers import letting


@every(seconds=24 * 3600, name="registers.settle_buildings")
def settle_buildings(at: datetime) -> int:
    return letting.settle_all(timezone.localdate(at))
