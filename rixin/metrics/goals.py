"""The goals of a year with how far each has come: one rule for the report, the leaders' page and the reviews."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils import timezone

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work import GoalInYear
from rixin.catalogue.work_schema import Goal, GoalYear, Milestone
from rixin.goals import queries
from rixin.goals.actions import Frozen
from rixin.goals.queries import Said
from rixin.metrics import compute
from rixin.metrics.compute import Engine
from rixin.metrics.figures import Figure, rounded
from rixin.metrics.lights import Judged, State, Step, judge


@dataclass(frozen=True)
class Progress:
    """A goal on a day. `figures`: of its metric and those of its milestones, by code."""

    goal: Goal
    year: GoalYear
    judged: Judged
    steps: Sequence[Step]
    figures: Mapping[str, Figure]

    @property
    def figure(self) -> Figure | None:
        """Of the goal itself; None for one by milestones."""
        return self.figures.get(self.goal.metric or "")

    @property
    def state(self) -> State:
        return self.judged.state

    @property
    def due(self) -> date:
        return self.judged.due


def period_of(year: int, today: date) -> Period:
    """From the beginning of the year to the end of the month that it has come to: what a growth is compared over."""
    day = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    return Period.of("month", day).so_far()


def progress(
    goals: Iterable[GoalInYear], *, engine: Engine, as_of: datetime, said: Mapping[tuple[str, str], Said] | None = None
) -> list[Progress]:
    """Goals of one year, in their order, in one pass over each source. `said`: what was said of milestones; None: as
    the reviews have it.

    A goal is measured over the whole of its metric: what others add to it counts too.
    """
    known = list(goals)
    if not known:
        return []
    year, today = known[0].year.year, timezone.localdate(as_of)
    said = queries.said_of(year) if said is None else said
    metrics = dict.fromkeys(code for kept in known for code in _metrics_of(kept.goal))
    figures = compute.figures(metrics, period_of(year, today), engine=engine, as_of=as_of)
    return [_progress(kept, figures, said, today) for kept in known]


def frozen(progress: Progress) -> Frozen:
    """As a review keeps it."""
    judged = progress.judged
    return Frozen(
        state=judged.state,
        value=None if judged.value is None else rounded(judged.value, 4),
        share=None if judged.share is None else rounded(judged.share, 1),
        expected=None if judged.expected is None else rounded(judged.expected, 1),
        gone=rounded(judged.gone, 1),
    )


def lasting(year: int) -> list[GoalInYear]:
    """The goals of a year, in the order of their file."""
    return [kept for kept in versions.work().goals.values() if kept.year.year == year]


def _progress(
    kept: GoalInYear, figures: Mapping[str, Figure], said: Mapping[tuple[str, str], Said], today: date
) -> Progress:
    goal = kept.goal
    its_own = {code: figures[code] for code in _metrics_of(goal)}
    steps = [_step(goal, one, its_own, said.get((goal.code, one.code)), today) for one in goal.milestones]
    value = its_own[goal.metric].exact if goal.metric else None
    return Progress(goal, kept.year, judge(goal, kept.year.lights, kept.year.year, today, value, steps), steps, its_own)


def _step(goal: Goal, one: Milestone, figures: Mapping[str, Figure], said: Said | None, today: date) -> Step:
    metric = one.metric or goal.metric
    if metric is None or one.at_least is None:
        day = said.done_on if said is not None and said.done_on <= today else None
        return Step(one, day is not None, day)
    value = figures[metric].exact
    return Step(one, None if value is None else value >= Fraction(one.at_least))


def _metrics_of(goal: Goal) -> list[str]:
    codes = (goal.metric, *(step.metric for step in goal.milestones))
    return list(dict.fromkeys(code for code in codes if code))
