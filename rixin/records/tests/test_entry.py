"""What people type, and spreadsheets have, becomes values, or is told wrong in words that name it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.schema import Option, Text
from rixin.catalogue.work_schema import RecordField
from rixin.records.entry import Unreadable, read, read_day, typed


def a_field(kind: str, **more: object) -> RecordField:
    return RecordField(name="it", label=Text(zh="它", en="It"), kind=kind, **more)


CHOICE = a_field("choice", options=[Option(code="hall", name=Text(zh="现场", en="On site"))])


class TestReading:
    @pytest.mark.parametrize("written", ["1234", "1,234", "１２３４", " 1 234 ", "1，234", 1234, 1234.0])
    def test_a_whole_number_however_it_is_written(self, written):
        assert read(a_field("count", unit="post"), written) == 1234

    @pytest.mark.parametrize(("written", "kept"), [("12.5", 1250), ("１２．３４", 1234), (0.1, 10), ("0", 0)])
    def test_an_amount_is_kept_in_its_last_digit(self, written, kept):
        assert read(a_field("amount", unit="yuan", decimals=2), written) == kept

    @pytest.mark.parametrize(
        "written",
        ["2022-03-05", "2022/3/5", "2022.3.5", "2022年3月5日", "２０２２年３月５日", "20220305", date(2022, 3, 5)],
    )
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
            read(field, written)
        assert said in wrong.value.message


@given(number=some.integers(0, 10**12))
def test_what_is_typed_anew_is_the_same(number):
    field = a_field("amount", unit="yuan", decimals=2)
    assert read(field, typed(field, number)) == number
