"""The sheet of a monthly meeting: each goal with its light and what its unit wrote, on a page and as XLSX."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _

from rixin.catalogue.work import GoalInYear
from rixin.desk.goal_pages import lines
from rixin.desk.goal_pages.lines import TONES, Line
from rixin.goals import queries
from rixin.goals.models import GoalReview, State
from rixin.metrics import goal_words, wording
from rixin.metrics.figures import rounded
from rixin.metrics.lights import LIGHTS
from rixin.people.staff import Staff
from rixin.sheet_writing import Cell, xlsx
from rixin.sheets import harmless


@dataclass(frozen=True)
class Row:
    """A goal as its review has it; where none was written, `review` is None and the light is that of now."""

    line: Line
    review: GoalReview | None
    tone: str
    state: str
    so_far: str
    share: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True)
class Sheet:
    year: int
    month: int
    month_name: str
    months: list[tuple[int, str]]
    chapters: list[tuple[str, list[Row]]]
    as_of: datetime

    @property
    def rows(self) -> list[Row]:
        return [row for _name, rows in self.chapters for row in rows]

    @property
    def written(self) -> int:
        return sum(row.review is not None for row in self.rows)


def sheet(staff: Staff, known: Sequence[GoalInYear], month: int, last: int, at: datetime) -> Sheet:
    """Of a month that was asked for; `last`: the last one that was."""
    year = known[0].year.year
    reviews = {one.goal: one for one in queries.reviews_visible_to(staff, year).filter(month=month)}
    chapters = [
        (chapter.name, [_row(line, reviews.get(line.progress.goal.code)) for line in chapter.lines])
        for chapter in lines.chapters(lines.lines_of(staff, known, at))
    ]
    months = [(number, wording.month(number)) for number in range(1, last + 1)]
    return Sheet(year, month, wording.month(month), months, chapters, at)


def _row(line: Line, review: GoalReview | None) -> Row:
    judged, goal = line.progress.judged, line.progress.goal
    if review is None:
        share, expected = (None if one is None else rounded(one, 1) for one in (judged.share, judged.expected))
        return Row(line, None, line.tone, line.state, line.so_far, share, expected)
    if goal.metric is None:
        so_far = goal_words.NONE if review.share is None else f"{review.share.normalize():f}%"
    else:
        so_far = wording.amount(review.value, goal.metric)
    light = LIGHTS[review.state]  # type: ignore[index]
    return Row(line, review, TONES[light], str(State(review.state).label), so_far, review.share, review.expected)


def table(asked: Sheet) -> bytes:
    out = BytesIO()
    with xlsx(out) as sheet:
        sheet.row(_heads())
        for name, rows in asked.chapters:
            for row in rows:
                sheet.row(list(_cells(name, row)))
    return out.getvalue()


def _heads() -> list[Cell]:
    return [
        _("Chapter"), _("Goal"), _("Owner unit"), _("Target"), _("So far"), _("Share in per cent"),
        _("Expected in per cent"), _("State"), _("By"), _("What was done"), _("What hinders"), _("Next step"),
        _("Next step by"), _("Remark"), _("Written"),
    ]  # fmt: skip


def _cells(chapter: str, row: Row) -> Iterable[Cell]:
    line, review = row.line, row.review
    yield from (harmless(chapter), harmless(line.progress.goal.name.here()), harmless(line.unit))
    yield from (harmless(line.target), harmless(row.so_far), row.share, row.expected, row.state, line.progress.due)
    if review is None:
        yield from ("", "", "", None, "", _("not written"))
        return
    yield from (harmless(words) for words in (review.done, review.hinders, review.next_step))
    yield from (review.next_by, harmless(review.remark), review.written_at.date())
