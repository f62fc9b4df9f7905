"""The periodic job of topics: a look each night at what came in."""

from datetime import datetime

from django.utils import timezone

from rixin.config.periodic import every
from rixin.topics import looking


@every(seconds=24 * 3600, name="topics.look")
def look(at: datetime) -> int:
    return looking.look(timezone.localdate(at)).new
