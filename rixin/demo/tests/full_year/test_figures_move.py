"""Every figure of the report rests on rows, and moves with them as its definition says: counted again in plain Python.

One test for each way in which the rows behind a figure can change (see `moving`): the rows behind the figure come or go
as that way says, and every figure of the report over the same source is what plain Python then counts (see `plain`).
"""

from datetime import date
from typing import Any

import pytest

from rixin.cases.models import Case
from rixin.cases.tests.builders import bundled
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.sources import CASES, REGISTERS
from rixin.catalogue.work import Work
from rixin.demo.tests.full_year.moving import Hand, leaves, ways
from rixin.demo.tests.full_year.moving_homes import OF_HOMES
from rixin.demo.tests.full_year.test_full_year import OF_THE_REPORT
from rixin.demo.tests.full_year.ways import LATER, Way
from rixin.desk.figure_pages.enterprise_rows import evaluated
from rixin.metrics import compute
from rixin.metrics.compute import Asked
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.rows import behind
from rixin.metrics.tests.plain import Expected, Ledger, Stored, said
from rixin.records.models import Record

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
YEAR = Period.read("2022")
TODAY = date(2023, 6, 15)


def every_way() -> list[Any]:
    """(figure, way) for each of the report's figures, with a name that says both."""
    work = bundled().work
    return [
        pytest.param(code, way, id=f"{code}: {way.name} ({way.leaf.period})")
        for code in (*OF_THE_REPORT, *OF_HOMES)
        for leaf in leaves(code, YEAR, work)
        for way in ways(leaf, work)
    ]


@pytest.fixture(scope="module")
def stored(full_year: str) -> Stored:
    """The rows of the year as they were built."""
    return Stored()


def of_source(source: str, work: Work) -> list[str]:
    """The report's figures that rest on this source."""
    return [
        code for code in (*OF_THE_REPORT, *OF_HOMES) if source in {leaf.source for leaf in leaves(code, YEAR, work)}
    ]


def computed(asked: list[Asked]) -> dict[Asked, Figure]:
    return compute.ask(asked, engine=Database(), as_of=LATER)


def opened(figure: Figure) -> Expected:
    """What the product says of a figure, and which rows it opens to."""
    rows = behind(figure.code, figure.period, area=figure.area, unit=figure.unit)
    assert rows is not None
    if rows.source in REGISTERS:
        return said(figure, evaluated(rows.ids))
    model = Case if rows.source == CASES else Record
    return said(figure, model._default_manager.filter(pk__in=rows.ids).values_list("pk", flat=True))


@pytest.mark.parametrize(("code", "way"), every_way())
def test_a_figure_moves_with_its_rows_as_its_definition_says(code: str, way: Way, stored: Stored) -> None:
    work, leaf = versions.work(), (way.leaf.metric.code, way.leaf.period)
    asked = list(dict.fromkeys([(code, YEAR), leaf, *((each, YEAR) for each in of_source(way.leaf.source, work))]))
    before = computed(asked)
    rows = Ledger(work, stored, TODAY).expected(*leaf).rows

    Hand(work, tuple(row for row in stored(way.leaf.source) if row["id"] in rows)).go(way)
    after = computed(asked)

    ledger = Ledger(work, Stored(stored), TODAY)
    assert {key: opened(after[key]) for key in asked} == {key: ledger.expected(*key) for key in asked}
    expected = (way.rows, way.part if way.leaf.metric.part else 0, way.left_out, way.silent)
    assert change(before[leaf], after[leaf]) == expected
    assert (before[leaf].digest != after[leaf].digest) == way.touches
    assert before[code, YEAR].digest != after[code, YEAR].digest or not way.touches


def change(before: Figure, after: Figure) -> tuple[int, ...]:
    """By how much the rows behind it, those that a rate counts, those left out and those not answered have changed."""

    def counts(figure: Figure) -> tuple[int, ...]:
        left_out = sum(one.rows for one in figure.excluded)
        return figure.rows, figure.numerator or 0, left_out, figure.silent or 0

    return tuple(now - then for now, then in zip(counts(after), counts(before), strict=True))


@pytest.mark.parametrize(
    ("period", "area", "unit"),
    [
        ("2022", "", ""),
        ("2021", "330106013/001/", ""),
        ("2022-Q1", "", "public-services"),
        ("2022-03", "330106013/002/01/", ""),
        ("2022-12-31", "", ""),
    ],
)
def test_every_bundled_figure_is_what_plain_python_counts(period: str, area: str, unit: str, stored: Stored) -> None:
    work, asked = versions.work(), Period.read(period)
    figures = compute.figures(work.metrics, asked, engine=Database(), as_of=LATER, area=area, unit=unit)

    ledger = Ledger(work, stored, TODAY, area, unit)

    assert {code: opened(figure) for code, figure in figures.items()} == {
        code: ledger.expected(code, asked) for code in figures
    }
