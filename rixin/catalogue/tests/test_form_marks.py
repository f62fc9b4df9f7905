"""What the cells of a form say: every mark is read as it is written, and a slip is told for what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.form_marks import ABOUT, About, Blank, CellText, FigureMark, Listing, Loop, parse
from rixin.catalogue.report_text import Words

CODES = some.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True).filter(
    lambda code: code not in ABOUT and code not in ("for", "list", "ask")
)
WORDS = some.text("甲乙丙（）：、abc012=%", min_size=1, max_size=6).map(Words)
FIGURES = some.builds(
    FigureMark,
    CODES,
    some.sampled_from(["", "last", "before", "so_far", "last_so_far"]),
    some.sampled_from(["", "number", "change", "numerator", "denominator"]),
    some.just("") | CODES,
)
MARKS = FIGURES | some.sampled_from(sorted(ABOUT)).map(About)
LOOPS = some.builds(Loop, some.sampled_from(["area", "month", "quarter"]), some.booleans())
LISTINGS = some.builds(Listing, CODES, some.just("") | CODES, some.lists(CODES, min_size=1, max_size=4).map(tuple))
LABELS = some.text("负责人电话abc:?、 ", min_size=1).map(str.strip).filter(bool)
BLANKS = some.builds(Blank, LABELS, some.booleans(), some.booleans())


@some.composite
def cells(draw) -> CellText:
    """Any cell that can be written: a list or a blank alone; or a loop, and words and marks in turn."""
    alone = draw(some.sampled_from(["list", "blank", "runs"]))
    if alone == "list":
        return CellText(listing=draw(LISTINGS))
    if alone == "blank":
        return CellText(blank=draw(BLANKS))
    runs = [run for mark in draw(some.lists(MARKS, max_size=3)) for run in (*draw(some.lists(WORDS, max_size=1)), mark)]
    return CellText((*runs, *draw(some.lists(WORDS, max_size=1))), loop=draw(some.none() | LOOPS))


@given(cell=cells())
def test_what_is_written_is_read_back(cell):
    assert parse(str(cell)) == cell


@given(text=some.text("{}abcfor列list 区:@,?_甲", max_size=30))
def test_any_text_is_read_or_its_slip_is_told(text):
    cell = parse(text)

    assert cell.slips or parse(str(cell)) == cell


class TestFigures:
    def test_alone_in_its_cell_it_is_a_number(self):
        assert parse(" {revenue} ").number == FigureMark("revenue")

    def test_among_words_it_is_words(self):
        assert parse("共{revenue}").number is None

    def test_a_change_is_told_in_words(self):
        assert parse("{growth:change}").number is None

    def test_it_can_be_of_another_period_and_in_another_unit(self):
        (mark,) = parse("{revenue@last_so_far:number in wan_yuan}").figures

        assert mark == FigureMark("revenue", "last_so_far", "number", "wan_yuan")


class TestRepeating:
    def test_a_row_for_each_area_and_a_column_for_each_month(self):
        assert parse("{for area}{nth}").loop == Loop("area")
        assert parse("{for month across}{month}月").loop == Loop("month", across=True)

    def test_a_list_of_records_behind_a_figure(self):
        listing = parse("{list hazard of hazards_open: nth, day , kind}").listing

        assert listing == Listing("hazard", "hazards_open", ("nth", "day", "kind"))


class TestBlanks:
    @pytest.mark.parametrize(
        ("written", "blank"),
        [
            ("{ask: 填表人}", Blank("填表人")),
            ("{ask number: 人数}", Blank("人数", number=True)),
            ("{ask?: 备注}", Blank("备注", needed=False)),
            ("{ask? number: 人数}", Blank("人数", number=True, needed=False)),
        ],
    )
    def test_a_text_or_a_number_needed_or_not(self, written, blank):
        assert parse(written).blank == blank


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("{Revenue}", "mark"),
        ("{revenue@yesterday}", "mark"),
        ("{revenue", "brace"),
        ("revenue}", "brace"),
        ("{for week}", "loop"),
        ("{list hazard}", "list"),
        ("{ask}", "ask"),
        ("{for area}{for month across}", "loops"),
        ("清单{list hazard: day}", "alone"),
        ("{ask: 甲}{ask: 乙}", "alone"),
    ],
)
def test_a_slip_is_told_for_what_it_is(written, kind):
    assert [slip.kind for slip in parse(written).slips] == [kind]
