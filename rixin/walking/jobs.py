"""The periodic jobs of walks."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.walking.settling import settle_if_stale


@every(seconds=600, name="walking.settle")
def settle(at: datetime) -> bool:
    """Facilities open and close, dwellings come and go: ten minutes later the walks follow."""
    return settle_if_stale(at)
