"""Facilities, dwellings and paths for tests, with only what matters named."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count

import pytest

from rixin.facilities.models import Facility, State, StateSpan
from rixin.homes.models import Dwelling
from rixin.places import gazetteer
from rixin.walking import bringing
from rixin.walking.models import Network

NOW = datetime(2023, 2, 20, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
DEJIA = "330106013/001/"
_nth = count(1)


@pytest.fixture
def paths(wenxin_places: gazetteer.Atlas) -> Iterator[None]:
    """The bundled places and the bundled ways on foot."""
    Network.objects.bulk_create([_bundled()])
    yield


@lru_cache(maxsize=1)
def _bundled_row() -> dict[str, object]:
    bringing.load_bundled(NOW)
    row = Network.objects.get()
    said = {field.attname: getattr(row, field.attname) for field in Network._meta.fields if field.name != "id"}
    row.delete()
    return said


def _bundled() -> Network:
    return Network(**_bundled_row())


def a_facility(
    kind: str, lat: float | None, lng: float | None, *, since: date = SINCE, until: date | None = None
) -> Facility:
    facility = Facility.objects.create(
        kind=kind,
        name_zh=f"试验设施{next(_nth)}",
        area_path=DEJIA,
        lat=lat,
        lng=lng,
        state=State.OPEN if until is None else State.ENDED,
        entered_at=NOW,
        changed_at=NOW,
    )
    StateSpan.objects.create(facility=facility, state=State.OPEN, from_day=since, until_day=until)
    return facility


def at_place(code: str) -> tuple[float, float]:
    spot = gazetteer.current().places[code].position
    assert spot is not None
    return spot.lat, spot.lng


def some_dwellings(building: str, number: int, *, since: date = SINCE, until: date | None = None) -> None:
    chain = gazetteer.current().chain_of(building)
    Dwelling.objects.bulk_create(
        Dwelling(
            building=building,
            area_path=chain.path if chain else DEJIA,
            number=f"{next(_nth)}",
            from_day=since,
            until_day=until,
        )
        for _each in range(number)
    )
