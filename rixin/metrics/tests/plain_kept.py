"""The rows of every source that is neither matters nor records, put together in plain Python from what is stored."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rixin.catalogue.activity_sources import ACTIVITIES
from rixin.catalogue.choosing_sources import CHOOSING
from rixin.catalogue.columns import RegisterSource
from rixin.catalogue.enterprise_sources import ENTERPRISES
from rixin.catalogue.facility_sources import FACILITIES
from rixin.catalogue.home_sources import HOMES
from rixin.catalogue.programme_sources import PROGRAMMES
from rixin.catalogue.roll_sources import ROLLS
from rixin.catalogue.walking_sources import WALKING
from rixin.metrics.tests import (
    plain_activities,
    plain_choosing,
    plain_facilities,
    plain_homes,
    plain_projects,
    plain_registers,
    plain_walking,
)

Row = Mapping[str, Any]
_READ: list[tuple[Mapping[str, RegisterSource], Callable[[str], Iterable[Row]]]] = [
    (ENTERPRISES, plain_registers.rows),
    (FACILITIES, plain_facilities.rows),
    (HOMES, plain_homes.rows),
    (ROLLS, plain_homes.rows),
    (ACTIVITIES, plain_activities.rows),
    (PROGRAMMES, plain_projects.rows),
    (CHOOSING, plain_choosing.rows),
    (WALKING, plain_walking.rows),
]


def rows(source: str) -> list[Row]:
    return next(list(read(source)) for sources, read in _READ if source in sources)
