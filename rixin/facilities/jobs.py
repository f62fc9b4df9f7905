"""The periodic job of facilities."""

from datetime import datetime

from django.utils import timezone

from rixin.config.periodic import every
from rixin.facilities import actions


@every(seconds=3600, name="facilities.settle")
def settle(at: datetime) -> int:
    """Each hour, so that soon after midnight a facility is what was planned for the day."""
    return actions.settle_all(timezone.localdate(at))
