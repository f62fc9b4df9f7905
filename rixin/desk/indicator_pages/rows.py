"""What the page of indicators shows, in words: of each the sum so far, its target, a forecast, and its months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue.dates import day_text
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Metric
from rixin.desk.indicator_pages import drawing
from rixin.desk.indicator_pages.asking import Asking
from rixin.desk.indicator_pages.drawing import Bar
from rixin.desk.indicator_pages.months import Month, as_returned, figure_address, months_of, unit_returned, waiting
from rixin.metrics import wording
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import rounded
from rixin.metrics.forecast import LEAST, Forecast
from rixin.metrics.indicators import Course, Target, courses, goals_of
from rixin.metrics.scope import Place
from rixin.people.staff import Staff


@dataclass(frozen=True)
class TargetLine:
    name: str
    aim: str
    share: str
    """Of the target, in per cent."""
    filled: Decimal
    """The same for a drawing, from 0 to 100."""
    verdict: str
    tone: str
    due: str


@dataclass(frozen=True)
class Line:
    """One indicator. Addresses are "" where there is no number to open."""

    course: Course
    name: str
    so_far: str
    so_far_address: str
    span: str
    counted: str
    same: str
    same_address: str
    change: str
    gone: str
    gone_filled: Decimal
    targets: list[TargetLine]
    forecast: str
    method: str
    test: str
    months: list[Month]
    unit_returned: str
    bars: list[Bar]
    says: str
    """The drawing in words."""

    @property
    def year_before(self) -> int:
        return self.course.year - 1

    @property
    def missing(self) -> list[Month]:
        return [month for month in self.months if month.state in ("late", "due")]

    @property
    def waiting(self) -> list[Month]:
        return [month for month in self.months if month.state == "waits"]


def lines(staff: Staff, offered: dict[Place, list[Metric]], asking: Asking, at: datetime, today: date) -> list[Line]:
    """A pass over each source; what waits and what is missing is asked once for all."""
    goals = goals_of(asking.year)
    waits = waiting(staff, [metric for metrics in offered.values() for metric in metrics], asking)
    found = [
        course
        for place, metrics in offered.items()
        for course in courses(metrics, asking.year, place, engine=Database(), as_of=at, until=asking.until)
    ]
    return [_line(course, course.targets(goals), months_of(course, asking, waits, today)) for course in found]


def _line(course: Course, targets: Sequence[Target], months: list[Month]) -> Line:
    metric, told = course.metric, course.forecast
    so_far_address, same_address = _addresses(course)
    return Line(
        course=course,
        name=metric.name.here(),
        so_far=wording.amount(course.so_far, metric.code),
        so_far_address=so_far_address,
        span=wording.period(_span(course)) if course.until else "",
        counted=_counted(course),
        same=wording.amount(course.same, metric.code),
        same_address=same_address,
        change=wording.compared(course.change),
        gone=per_cent(course.gone),
        gone_filled=_filled(course.gone),
        targets=[_target(course, target) for target in targets],
        forecast=wording.amount(told.amount if told else None, metric.code),
        method=method(metric.code, told),
        test=test(course),
        months=months,
        unit_returned=unit_returned(metric),
        bars=drawing.bars(course.now, course.before),
        says=_in_words(course),
    )


def _span(course: Course) -> Period:
    return Period.of("month", date(course.year, course.until, 1)).so_far()


def _addresses(course: Course) -> tuple[str, str]:
    """Of the sum so far, and of the same months of last year: where there are gaps, its months one by one."""
    if course.so_far is None:
        return "", ""
    now = figure_address(course.metric, _span(course), course.place)
    if course.same is None:
        return now, ""
    before = _span(course).year_before()
    if course.gaps:
        return now, figure_address(course.metric, before, course.place, page="figures:explore", by="month")
    return now, figure_address(course.metric, before, course.place)


def _counted(course: Course) -> str:
    """Of which months the sum is."""
    said = ngettext("{n} month counted", "{n} months counted", len(course.now)).format(n=len(course.now))
    if not course.gaps:
        return said
    return _("{counted}, without {months}").format(
        counted=said, months=_(", ").join(wording.month(month) for month in course.gaps)
    )


def method(code: str, told: Forecast | None) -> str:
    """How the forecast comes about, with its numbers."""
    if told is None:
        return _("No forecast: at least {n} months have to be counted for one.").format(n=LEAST)
    if told.basis == "complete":
        return _("All twelve months are counted: nothing is left to forecast.")
    if told.basis == "last_year":
        return _("As last year went: {so_far} so far × {whole} of last year ÷ {same} of its same months.").format(
            so_far=wording.amount(told.so_far, code),
            whole=wording.amount(told.whole, code),
            same=wording.amount(told.same, code),
        )
    why = {
        "mean_for_gaps": _("months of last year are not known"),
        "mean_for_nothing": _("the same months of last year come to nothing"),
    }[told.basis]
    return _("The mean of the {n} months so far × 12, since {why}.").format(n=told.months, why=why)


def test(course: Course) -> str:
    """How far off the same method was a year ago; "" where that cannot be told."""
    tested = course.back_test
    if tested is None:
        return ""
    words = {
        1: _("Tested on {year}: from the same months it would have said {said}. It came to {came}: {wrong} too much."),
        -1: _(
            "Tested on {year}: from the same months it would have said {said}. It came to {came}: {wrong} too little."
        ),
        0: _("Tested on {year}: from the same months it would have said {said}, and so it came."),
    }
    wrong = rounded(abs(tested.wrong), 1)
    side = (tested.wrong > 0) - (tested.wrong < 0) if wrong else 0
    return words[side].format(
        year=course.year - 1,
        said=wording.amount(tested.said, course.metric.code),
        came=wording.amount(tested.came, course.metric.code),
        wrong=f"{wording.plain(wrong)}%",
    )


def _target(course: Course, target: Target) -> TargetLine:
    goal, aim = target.goal, wording.amount(target.goal.target, course.metric.code)
    verdict, tone = _verdict(course, target)
    return TargetLine(
        name=goal.name.here(),
        aim=aim if goal.least else f"≤ {aim}",
        share=per_cent(target.share) if target.share is not None else wording.NONE,
        filled=_filled(target.share or Fraction()),
        verdict=verdict,
        tone=tone,
        due=day_text(goal.due) if goal.due else "",
    )


def _verdict(course: Course, target: Target) -> tuple[str, str]:
    """Whether the target is met by the forecast, in words and as a tone of a badge."""
    if target.ahead is None or course.forecast is None:
        return "", ""
    over = course.forecast.basis == "complete"
    words = {
        (True, True): _("Met, with {more} to spare"),
        (True, False): _("Missed by {more}"),
        (False, True): _("Would be met, with {more} to spare"),
        (False, False): _("Would be missed by {more}"),
    }[over, bool(target.meets)]
    tone = "done" if target.meets else ("late" if over else "warn")
    return words.format(more=wording.amount(abs(target.ahead), course.metric.code)), tone


def per_cent(share: Fraction) -> str:
    return f"{wording.plain(rounded(share, 1))}%"


def _filled(share: Fraction) -> Decimal:
    return rounded(min(max(share, Fraction()), Fraction(100)), 1)


def _in_words(course: Course) -> str:
    months = [
        _("{month} {now} ({before})").format(
            month=wording.month(month),
            now=as_returned(course.metric, course.now.get(month)),
            before=as_returned(course.metric, course.before.get(month)),
        )
        for month in range(1, 13)
    ]
    return _("Months of {year}, those of {before} in brackets, in {unit}: {months}").format(
        year=course.year, before=course.year - 1, unit=unit_returned(course.metric), months=_(", ").join(months)
    )
