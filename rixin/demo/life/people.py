"""Homes and service rolls of the demonstration, up to a moment."""

from datetime import datetime
from random import Random

from rixin.catalogue.worktime import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.life import homes, rolls
from rixin.homes.queries import definition
from rixin.people import units
from rixin.people.actors import SYSTEM

_BEGINNING = datetime(2021, 1, 5, 10, 0, tzinfo=LOCAL)
_SERVERS = 2


def make(random: Random, now: datetime, cast: Cast) -> None:
    kept = definition()
    if kept is None:
        return
    keeper = cast.of_unit("handler", units.by_code(kept.unit).id, random) or SYSTEM
    homes.make(random, keeper, _BEGINNING, now)
    rolls.make(random, keeper, cast.everybody("grid_worker")[:_SERVERS], now)
