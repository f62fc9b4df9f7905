"""Coverage as a figure: the dwellings within over all of them, counted again in plain Python, down to the same rows."""

from datetime import date
from fractions import Fraction

import pytest

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.desk.figure_pages.enterprise_rows import evaluated
from rixin.metrics import compute, lake
from rixin.metrics.engines.database import Database
from rixin.metrics.engines.duck import Duck
from rixin.metrics.rows import behind
from rixin.metrics.tests.plain import Ledger, Stored, said
from rixin.walking import settling
from rixin.walking.tests.builders import NOW, a_facility, at_place, paths, some_dwellings

__all__ = ["paths"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "units", "street")]
NEAR, FAR, NOWHERE = "building-dejia-west-1", "building-zijing-ya-1", "building-unheard-of"
CODES = [
    "circle_dwellings",
    "circle_dwellings_off_network",
    "health_circle_dwellings",
    "health_circle_share",
    "canteen_circle_share",
    "culture_circle_share",
    "quality_culture_circle_share",
]


@pytest.fixture
def street(paths):
    some_dwellings(NEAR, 30)
    some_dwellings(FAR, 20)
    some_dwellings(NOWHERE, 10)
    a_facility("health_station", *at_place(NEAR), since=date(2022, 4, 1))
    a_facility("canteen", *at_place(FAR), until=date(2022, 7, 1))
    a_facility("library", *at_place(NEAR))
    settling.settle(NOW)


@pytest.mark.parametrize("period", ["2021", "2022", "2022-03", "2022-Q2", "2022-12-31"])
@pytest.mark.parametrize("area", ["", "330106013/001/"])
def test_every_figure_of_the_circles_is_what_plain_python_counts(period, area):
    asked = Period.read(period)

    figures = compute.figures(CODES, asked, engine=Database(), as_of=NOW, area=area)

    ledger = Ledger(versions.work(), Stored(), NOW.date(), area)
    opened = {}
    for code, figure in figures.items():
        rows = behind(code, asked, area=area)
        assert rows is not None
        opened[code] = said(figure, evaluated(rows.ids))
    assert opened == {code: ledger.expected(code, asked) for code in figures}


def test_a_share_counts_who_is_off_the_network_as_not_covered():
    before, after = (
        compute.figures(["health_circle_share"], Period.read(day), engine=Database(), as_of=NOW)["health_circle_share"]
        for day in ("2022-03-31", "2022-04-01")
    )

    assert (before.exact, after.exact) == (0, Fraction(50))  # 30 of 60 dwellings
    assert before.digest != after.digest


def test_the_copy_counts_what_the_database_counts(tmp_path):
    lake.sync(NOW, at=tmp_path)
    year = Period.read("2022")

    copied = compute.figures(CODES, year, engine=Duck(lake.read(tmp_path)), as_of=NOW)

    assert copied == compute.figures(CODES, year, engine=Database(), as_of=NOW)
