"""The periodic job of programmes."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.programmes import telling


@every(seconds=24 * 3600, name="programmes.tell_late")
def tell_late(at: datetime) -> int:
    return telling.tell_late(at)
