"""A street for the pages of circles: four quarters with dwellings, two canteens and walks that are computed."""

from datetime import date

import pytest
from django.utils import timezone

from rixin.desk.tests.conftest import _published
from rixin.places import gazetteer
from rixin.walking import settling
from rixin.walking.tests.builders import NOW, a_facility, at_place, paths, some_dwellings

__all__ = ["_published", "paths"]
QUARTERS = ("quarter-dejia-west", "quarter-zhongxing", "quarter-zijing-ya", "quarter-wulian-east")
EACH = 30


@pytest.fixture(autouse=True)
def _in_2023(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def street(paths: None) -> None:
    for place in gazetteer.current().places.values():
        if place.parent in QUARTERS:
            some_dwellings(place.code, EACH)
    some_dwellings("building-unheard-of", 8)
    a_facility("canteen", *at_place("facility-canteen"))
    a_facility("canteen", *at_place("building-zijing-ya-1"), since=date(2022, 9, 1))
    settling.settle(NOW)
