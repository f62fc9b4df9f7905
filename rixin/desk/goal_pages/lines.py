"""Goals in words for the pages: how far each has come, by what rule it is green, and what was written of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.work import GoalInYear
from rixin.catalogue.work_schema import Goal
from rixin.desk.indicator_pages.months import figure_address
from rixin.goals import queries
from rixin.goals.models import GoalReview, State
from rixin.goals.months import Round, last_asked, round_of
from rixin.metrics import goal_words, goals, wording
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure, rounded
from rixin.metrics.goals import Progress
from rixin.metrics.lights import LIGHTS, together
from rixin.metrics.scope import Place, may_ask
from rixin.people import units
from rixin.people.staff import Staff

TONES = {"green": "done", "yellow": "warn", "red": "late", "none": ""}
LIGHT_NAMES = {
    "red": gettext_lazy("Red"),
    "yellow": gettext_lazy("Yellow"),
    "green": gettext_lazy("Green"),
    "none": gettext_lazy("Not known yet"),
}
_TREND = 6


@dataclass(frozen=True)
class Mark:
    """One month of the trend: the light that was frozen then; "" where nobody wrote."""

    month: str
    tone: str
    says: str


@dataclass(frozen=True)
class Line:
    progress: Progress
    unit: str
    target: str
    so_far: str
    address: str
    """Of the page that opens the figure to its rows; "" where the person may not ask for it."""
    light: str
    tone: str
    state: str
    share: str
    share_filled: Decimal
    gone: str
    gone_filled: Decimal
    expected_filled: Decimal | None
    why: str
    trend: tuple[Mark, ...]
    review: GoalReview | None
    """Of the last month that was asked for."""
    late: bool
    may_write: bool

    @property
    def goal(self) -> GoalInYear:
        return versions.work().goals[self.progress.goal.code]


@dataclass(frozen=True)
class Chapter:
    name: str
    lines: tuple[Line, ...]

    @property
    def share(self) -> str:
        """How far its goals have come together, weighed; limits are left out."""
        found = together((line.progress.judged, line.progress.goal.weight) for line in self.lines if _adds(line))
        return goal_words.points(found)

    @property
    def lights(self) -> list[tuple[str, str, int]]:
        return lights(self.lines)


def _adds(line: Line) -> bool:
    return line.progress.goal.least


def lights(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """(tone, name, how many) of each light that there is."""
    counted = Counter(line.light for line in lines)
    return [(TONES[code], str(name), counted[code]) for code, name in LIGHT_NAMES.items() if counted[code]]


def lines_of(staff: Staff, known: Iterable[GoalInYear], at: datetime) -> list[Line]:
    """One pass over each source, and one statement for the reviews."""
    kept = list(known)
    if not kept:
        return []
    year = kept[0].year
    today = timezone.localdate(at)
    reviews: dict[str, dict[int, GoalReview]] = {}
    for review in queries.reviews_visible_to(staff, year.year):
        reviews.setdefault(review.goal, {})[review.month] = review
    asked = current_round(kept[0], today)
    return [
        _line(staff, one, reviews.get(one.goal.code, {}), asked, today)
        for one in goals.progress(kept, engine=Database(), as_of=at)
    ]


def current_round(kept: GoalInYear, today: date) -> Round | None:
    """The last review that was asked for."""
    month = last_asked(kept.year, today)
    return round_of(kept.year, month, versions.work_calendar()) if month else None


def _line(staff: Staff, one: Progress, reviews: Mapping[int, GoalReview], asked: Round | None, today: date) -> Line:
    judged = one.judged
    review = reviews.get(asked.month) if asked else None
    return Line(
        progress=one,
        unit=units.by_code(one.goal.unit).name,
        target=goal_words.target(one.goal),
        so_far=goal_words.so_far(one),
        address=address_of(staff, one.goal, one.figure),
        light=judged.light,
        tone=TONES[judged.light],
        state=goal_words.state(judged.state),
        share=goal_words.points(judged.share),
        share_filled=filled(judged.share or Fraction()),
        gone=goal_words.points(judged.gone),
        gone_filled=filled(judged.gone),
        expected_filled=None if judged.expected is None else filled(judged.expected),
        why=goal_words.why(one),
        trend=tuple(_trend(reviews, asked)),
        review=review,
        late=asked is not None and asked.is_late(today) and review is None,
        may_write=queries.may_write(staff, one.goal),
    )


def address_of(staff: Staff, goal: Goal, figure: Figure | None) -> str:
    """A goal is measured over the whole of its metric: only who may ask for the whole sub-district opens it."""
    whole = Place(units.by_code(goal.unit).area_path.partition("/")[0] + "/")
    if figure is None or not may_ask(staff, whole):
        return ""
    return figure_address(wording.metric_of(figure.code), figure.period, whole)


def _trend(reviews: Mapping[int, GoalReview], asked: Round | None) -> Iterator[Mark]:
    if asked is None:
        return
    for month in range(max(1, asked.month - _TREND + 1), asked.month + 1):
        review, name = reviews.get(month), wording.month(month)
        if review is None:
            yield Mark(name, "", _("{month}: not written").format(month=name))
        else:
            light = LIGHTS[review.state]  # type: ignore[index]
            yield Mark(name, light, f"{name}: {State(review.state).label}")


def filled(share: Fraction) -> Decimal:
    """For a drawing, from 0 to 100."""
    return rounded(min(max(share, Fraction()), Fraction(100)), 1)


def chapters(lines: Iterable[Line]) -> list[Chapter]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.progress.goal.chapter.here(), []).append(line)
    return [Chapter(name, tuple(each)) for name, each in found.items()]
