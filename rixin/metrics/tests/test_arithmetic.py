"""Rounding, rates and growth for any numbers; any conditions over any rows. Pure: no database but one in memory."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rixin.catalogue.columns import Column
from rixin.catalogue.periods import Period
from rixin.catalogue.schema import Text
from rixin.catalogue.sources import RECORD_GROUND
from rixin.catalogue.work_schema import Bounds, Metric, Shown, Where
from rixin.metrics.expressions import Counting, Marks, counting_sql
from rixin.metrics.figures import Answer, Figure, Frame, Scaling, figure, rounded
from rixin.metrics.tallies import Definitions, Tally, question
from rixin.metrics.tests.plain import meets

NAME = Text(zh="数", en="Figure")
MONTH = Period.read("2022-03")
FRAME = Frame("", "", datetime(2023, 1, 1, tzinfo=UTC), date(2023, 1, 1))
ONE = Scaling(Fraction(1), Fraction(1))
PERCENT = Scaling(Fraction(100), Fraction(1, 100))
fractions = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**4)
counts = st.integers(0, 10**7)


class TestRounding:
    @given(fractions, st.integers(0, 4))
    @example(Fraction(5, 2), 0)
    @example(Fraction(7, 2), 0)
    @example(Fraction(-5, 2), 0)
    def test_it_goes_to_the_nearest_and_from_the_middle_to_the_even_digit(self, exact, decimals):
        value = Fraction(rounded(exact, decimals))
        off = abs(value - exact) * 10**decimals

        assert off <= Fraction(1, 2)
        assert off < Fraction(1, 2) or value * 10**decimals % 2 == 0

    @given(fractions, st.integers(0, 4))
    def test_all_digits_are_written(self, exact, decimals):
        assert len(f"{rounded(exact, decimals):f}".partition(".")[2]) == decimals

    @given(st.fractions(min_value=0, max_value=10**9), st.sampled_from([10, 50, 100, 10_000]))
    def test_at_least_never_says_too_much_and_lacks_less_than_a_step(self, exact, step):
        value = Fraction(rounded(exact, 0, step))

        assert 0 <= exact - value < step
        assert value % step == 0


def a_metric(measure: str, **more: Any) -> Metric:
    unit = {"rate": "percent", "growth": "percent", "ratio": "percent"}.get(measure, "piece")
    known = {"code": "one", "name": NAME, "meaning": NAME, "show": Shown(unit=unit, decimals=2)}
    return Metric(measure=measure, **{**known, **more})


RATE = a_metric("rate", source="fair", part={"online": True}, where={"signed": {"filled": True}}, asked={"big": True})
AMOUNT = a_metric("sum", code="amount", source="fair", field="spent")
GROWTH = a_metric("growth", of="amount")
KNOWN = Definitions({"one": GROWTH, "amount": AMOUNT})


def a_rate(part: int, rows: int, silent: int = 0) -> Figure:
    one = question(RATE, MONTH, KNOWN)
    said = {"part": part, "rows": rows, "silent": silent}
    return figure(one, {tally: Answer(said[name]) for name, tally in one.tallies.items()}, {"one": PERCENT}, FRAME)


def a_growth(now: int, before: int, unit: Scaling = ONE) -> Figure:
    one = question(GROWTH, MONTH, KNOWN)
    answers = {one.of.tallies["rows"]: Answer(1, 1, now), one.over.tallies["rows"]: Answer(1, 1, before)}
    return figure(one, answers, {"one": PERCENT, "amount": unit}, FRAME)


def exact(one: Figure) -> Fraction:
    assert one.exact is not None
    return one.exact


class TestRates:
    @given(counts, counts, counts)
    def test_a_rate_lies_between_none_and_all_and_can_be_counted_again(self, part, others, silent):
        rows = part + others
        assume(rows)
        rate = a_rate(part, rows, silent)

        assert 0 <= exact(rate) <= 100
        assert exact(rate) * rows == 100 * part
        assert (rate.numerator, rate.denominator, rate.silent) == (part, rows, silent)

    @given(counts, counts)
    def test_one_more_that_is_satisfied_never_lowers_it_and_one_that_is_not_never_raises_it(self, part, others):
        rows = part + others
        assume(rows)
        better, worse = a_rate(part + 1, rows + 1), a_rate(part, rows + 1)

        assert exact(better) >= exact(a_rate(part, rows)) >= exact(worse)

    @given(counts)
    def test_over_nothing_it_is_no_number(self, silent):
        rate = a_rate(0, 0, silent)

        assert (rate.value, rate.why, rate.silent) == (None, "nothing_counted", silent)

    @given(counts)
    def test_it_is_marked_where_it_says_little(self, rows):
        assume(rows)
        assert a_rate(0, rows).small == (rows < 30)


amounts = st.integers(-(10**12), 10**12)


class TestGrowth:
    @given(amounts, amounts)
    def test_it_has_the_sign_of_the_change_from_whatever_base(self, now, before):
        assume(before)
        growth = exact(a_growth(now, before))

        assert (growth > 0, growth < 0) == (now > before, now < before)
        assert before + growth * abs(before) / 100 == now

    @given(amounts)
    def test_from_nothing_it_is_no_number(self, now):
        assert (a_growth(now, 0).value, a_growth(now, 0).why) == (None, "base_is_zero")

    @given(amounts, amounts, st.sampled_from([10**4, 10**8]))
    def test_it_is_the_same_in_whatever_unit_the_figure_is_shown(self, now, before, factor):
        assume(before)
        larger = Scaling(Fraction(1, factor), Fraction(factor))

        assert a_growth(now, before, larger).exact == a_growth(now, before).exact


# ---- any conditions over any rows

COLUMNS: dict[str, Column] = {
    **RECORD_GROUND,
    "kind": Column("code", NAME),
    "amount": Column("number", NAME, decimals=2),
    "online": Column("flag", NAME),
    "signed": Column("day", NAME),
    "until": Column("day", NAME),
}
days = st.sampled_from([20220228, 20220301, 20220315, 20220331, 20220401])
rows = st.fixed_dictionaries(
    {
        "day": days,
        "area": st.sampled_from(["330106013/001/", "330106013/002/"]),
        "unit": st.sampled_from(["a", "b"]),
        "kind": st.sampled_from(["", "hall", "fair"]),
        "amount": st.none() | st.sampled_from([0, 99, 100, 101, 200]),
        "online": st.none() | st.sampled_from([0, 1]),
        "signed": st.none() | days,
        "until": st.none() | days,
    }
)
filled = st.booleans().map(lambda there: Bounds(filled=there))
conditions = {
    "kind": st.sampled_from(["hall", "fair"]) | st.just(["hall", "fair"]) | filled | st.just(Bounds(other_than="hall")),
    "amount": st.integers(0, 2)
    | filled
    | st.integers(0, 2).map(lambda least: Bounds(at_least=least, at_most=least + 1)),
    "online": st.booleans() | filled,
    "signed": filled | st.just(Bounds(by="until")),
}
wheres = st.fixed_dictionaries({}, optional=conditions)
metrics = st.builds(
    lambda where, part, asked, excluded, day: a_metric(
        "rate", source="fair", where=where, part=part or {"kind": "hall"}, asked=asked, excluded=excluded, day=day
    ),
    *(wheres, wheres, wheres),
    st.lists(wheres.filter(bool).map(lambda where: {"name": NAME, "where": where}), max_size=2),
    st.sampled_from([None, "day", "signed"]),
)


DUCK = duckdb.connect()


def by_duckdb(asked: Counting, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kinds = [(name, pa.string() if one.kind == "code" else pa.int64()) for name, one in COLUMNS.items()]
    DUCK.register("fair", pa.Table.from_pylist(found, schema=pa.schema(kinds)))
    answer = DUCK.execute(counting_sql(asked, "duckdb"))
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def by_sqlite(asked: Counting, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute(f"CREATE TABLE fair ({', '.join(COLUMNS)})")
    marks = ", ".join(f":{name}" for name in COLUMNS)
    connection.executemany(f"INSERT INTO fair VALUES ({marks})", found)  # noqa: S608 - names of this file
    return [dict(row) for row in connection.execute(counting_sql(asked, "sqlite"))]


@pytest.mark.parametrize("engine", [by_duckdb, by_sqlite])
@settings(max_examples=40)
@given(st.lists(rows, max_size=20), st.lists(metrics, min_size=1, max_size=3))
def test_an_engine_counts_what_plain_python_counts(
    engine: Callable[..., list[dict[str, Any]]], found: list[dict[str, Any]], asked: list[Metric]
) -> None:
    facts = [{"id": nth, "version": 1, "mark": 2**nth, **row} for nth, row in enumerate(found)]
    tallies = tuple(dict.fromkeys(tally for one in asked for tally in question(one, MONTH, KNOWN).tallies.values()))

    groups = engine(Counting("fair", tuple(COLUMNS.items()), tallies), facts)

    marks = Marks(tallies)
    for tally in tallies:
        # A row's mark is a bit of its own here: their sum says which rows they are.
        counted = sum(int(group["check"]) for group in groups if marks.belongs(marks.read(group), tally))
        assert counted == sum(row["mark"] for row in facts if belongs(row, tally))


def belongs(row: dict[str, Any], tally: Tally) -> bool:
    day = row[tally.window.day]
    in_time = day is not None and 20220301 <= day <= 20220331
    return in_time and all(met(row, dict(block.where)) == block.so for block in tally.conditions)


def met(row: dict[str, Any], where: Where) -> bool:
    return meets(
        row, {name: list(one) if isinstance(one, tuple) else one for name, one in where.items()}, {"amount": 2}
    )
