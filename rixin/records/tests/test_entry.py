"""What people type, and spreadsheets have, becomes values, or is told wrong in words that name it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.schema import Option, Text
from rixin.catalogue.work_schema import MeasureUnit, RecordField, RecordType
from rixin.records.days import has_come, read_own_day
from rixin.records.entry import read, typed
from rixin.sheets import Unreadable
from rixin.written_days import read_day


def a_field(kind: str, **more: object) -> RecordField:
    return RecordField(name="it", label=Text(zh="它", en="It"), kind=kind, **more)


def a_return(period: str | None) -> RecordType:
    text = Text(zh="月报", en="Return")
    return RecordType(code="it", name=text, meaning=text, unit="office", day=text, period=period)


def a_unit(code: str, zh: str, dimension: str, factor: int = 1) -> MeasureUnit:
    return MeasureUnit(code=code, name=Text(zh=zh, en=code), dimension=dimension, factor=factor)


UNITS = {
    unit.code: unit
    for unit in (
        a_unit("yuan", "元", "cny"),
        a_unit("wan_yuan", "万元", "cny", 10_000),
        a_unit("post", "个", "post"),
        a_unit("percent", "%", "share"),
    )
}
CHOICE = a_field("choice", options=[Option(code="hall", name=Text(zh="现场", en="On site"))])


class TestReading:
    @pytest.mark.parametrize("written", ["1234", "1,234", "１２３４", " 1 234 ", "1，234", 1234, 1234.0])
    def test_a_whole_number_however_it_is_written(self, written):
        assert read(a_field("count", unit="post"), written) == 1234

    @pytest.mark.parametrize(("written", "kept"), [("12.5", 1250), ("１２．３４", 1234), (0.1, 10), ("0", 0)])
    def test_an_amount_is_kept_in_its_last_digit(self, written, kept):
        assert read(a_field("amount", unit="yuan", decimals=2), written) == kept

    @pytest.mark.parametrize(
        ("unit", "written", "kept"),
        [
            ("yuan", "1,200.50元", 120050),
            ("yuan", "￥1200.5", 120050),
            ("yuan", "1.2万元", 1_200_000),
            ("yuan", "1.2万", 1_200_000),
            ("wan_yuan", "120 万元", 12000),
            ("wan_yuan", "1200元", 12),
            ("percent", "85.5％", 8550),
        ],
    )
    def test_a_unit_behind_a_number_is_read_and_converted(self, unit, written, kept):
        assert read(a_field("amount", unit=unit, decimals=2), written, UNITS) == kept

    def test_what_a_spreadsheet_adds_up_in_binary_is_read_as_it_shows_it(self):
        assert read(a_field("amount", unit="yuan", decimals=2), 1234.5600000000002) == 123456

    @pytest.mark.parametrize("written", ["-", "——", "/"])
    def test_a_dash_for_a_number_is_nothing_and_never_zero(self, written):
        assert read(a_field("count", unit="post"), written) is None

    @pytest.mark.parametrize(
        "written",
        ["2022-03-05", "2022/3/5", "2022.3.5", "2022年3月5日", "２０２２年３月５日", "20220305", date(2022, 3, 5),
         "2022-03-05 14:30", "2022年3月5日 9时5分", 44625, 44625.0, 44625.4, "44625"],
    )  # fmt: skip
    def test_a_date_however_it_is_written(self, written):
        assert read(a_field("date"), written) == 20220305

    def test_a_moment_of_a_spreadsheet_is_its_day(self):
        assert read_day(datetime(2022, 3, 5, 0, 0)) == date(2022, 3, 5)  # noqa: DTZ001 - as a spreadsheet gives it

    @pytest.mark.parametrize(("written", "kept"), [("是", 1), ("否", 0), ("√", 1), ("TRUE", 1), (False, 0), (1.0, 1)])
    def test_yes_and_no(self, written, kept):
        assert read(a_field("yes_no"), written) == kept

    @pytest.mark.parametrize("written", ["hall", "现场", "on site"])
    def test_a_choice_by_code_or_name(self, written):
        assert read(CHOICE, written) == "hall"

    @pytest.mark.parametrize("nothing", ["", "  ", None])
    def test_nothing_is_nothing_and_never_zero(self, nothing):
        assert read(a_field("count", unit="post"), nothing) is None


class TestRefusing:
    @pytest.mark.parametrize(
        ("field", "written", "said"),
        [
            (a_field("count", unit="post"), "12.5", "12.5"),
            (a_field("count", unit="post"), "十二", "十二"),
            (a_field("count", unit="post"), "-1", "-1"),
            (a_field("count", unit="post"), "1,5", "1,5"),
            (a_field("count", unit="post"), "3-5", "3-5"),
            (a_field("count", unit="post"), "85%", "85%"),
            (a_field("count", unit="post"), "120元", "个"),
            (a_field("amount", unit="wan_yuan"), "2万", "2万"),
            (a_field("date"), "3月5日", "3月5日"),
            (a_field("count", unit="post"), "nan", "nan"),
            (a_field("count", unit="post", most=5), "6", "6"),
            (a_field("amount", unit="yuan", decimals=2), "1.234", "1.234"),
            (a_field("date"), "2022-13-05", "13"),
            (a_field("date"), "2022-02-30", "30"),
            (a_field("date"), "1022-02-03", "1022"),
            (a_field("yes_no"), "也许", "也许"),
            (CHOICE, "线上", "线上"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, field, written, said):
        with pytest.raises(Unreadable) as wrong:
            read(field, written, UNITS)
        assert said in wrong.value.message


@given(number=some.integers(0, 10**12))
def test_what_is_typed_anew_is_the_same(number):
    field = a_field("amount", unit="yuan", decimals=2)
    assert read(field, typed(field, number)) == number


class TestPeriods:
    @pytest.mark.parametrize(
        "written",
        [
            "2022-03",
            "2022-3",
            "2022年3月",
            "2022/03",
            "2022.3",
            "202203",
            "２０２２年３月份",
            "2022-03-15",
            date(2022, 3, 1),
        ],
    )
    def test_a_month_is_kept_under_its_last_day(self, written):
        assert read_own_day(a_return("month"), written) == date(2022, 3, 31)

    @pytest.mark.parametrize("written", ["2022-Q1", "2022q1", "2022年一季度", "2022年第1季度", "2022-02-11"])
    def test_a_quarter(self, written):
        assert read_own_day(a_return("quarter"), written) == date(2022, 3, 31)

    @pytest.mark.parametrize("written", ["2022", "2022年", "2022年度", 2022.0, 2022])
    def test_a_year(self, written):
        assert read_own_day(a_return("year"), written) == date(2022, 12, 31)

    @pytest.mark.parametrize(
        ("step", "written"),
        [("month", "2022-13"), ("month", "三月"), ("quarter", "2022-Q5"), ("year", "22"), ("year", "1922")],
    )
    def test_what_is_no_such_period_is_named(self, step, written):
        with pytest.raises(Unreadable) as wrong:
            read_own_day(a_return(step), written)
        assert written in wrong.value.message

    def test_work_lies_behind_and_a_return_may_end_later_in_the_year(self):
        today, tomorrow = date(2022, 3, 5), date(2022, 3, 6)

        assert has_come(a_return("month"), tomorrow, today) == tomorrow
        with pytest.raises(Unreadable):
            has_come(a_return(None), tomorrow, today)
