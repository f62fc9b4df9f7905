"""One goal: its steps, what was written of it month by month, and the form in which its unit writes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from rixin.catalogue.work import GoalInYear
from rixin.catalogue.work_schema import Milestone
from rixin.desk.goal_pages import lines
from rixin.desk.goal_pages.forms import ReviewForm
from rixin.desk.goal_pages.lines import Line
from rixin.desk.views.common import whole_number
from rixin.goals import actions, queries
from rixin.goals.models import GoalReview, State
from rixin.goals.months import last_asked
from rixin.goals.queries import Said
from rixin.metrics import goal_words, goals, wording
from rixin.metrics.engines.database import Database
from rixin.metrics.lights import LIGHTS
from rixin.people import units
from rixin.people.staff import Staff, StaffRequest


@dataclass(frozen=True)
class StepLine:
    name: str
    due: str
    known_by: str
    address: str
    state: str
    """`done`, `late`, `open` or `unknown`."""
    said: Said | None


@dataclass(frozen=True)
class ReviewLine:
    review: GoalReview
    month: str
    tone: str
    state: str
    value: str


@dataclass(frozen=True)
class Writing:
    kept: GoalInYear
    month: int
    form: ReviewForm
    context: dict[str, Any]


def context(staff: Staff, kept: GoalInYear, at: datetime) -> dict[str, Any]:
    line = lines.lines_of(staff, [kept], at)[0]
    found = queries.reviews_visible_to(staff, kept.year.year).filter(goal=kept.goal.code)
    return {
        "line": line,
        "goal": kept.goal,
        "year": kept.year.year,
        "helpers": [units.by_code(code).name for code in kept.goal.helpers],
        "steps": steps(staff, kept, line),
        "reviews": [_review(review, kept) for review in found.order_by("-month")],
        "rule": list(goal_words.rule(kept.year)),
        "may_write": line.may_write,
        "may_remark": queries.may_remark(staff, kept.goal),
        "round": lines.current_round(kept, timezone.localdate(at)),
    }


def steps(staff: Staff, kept: GoalInYear, line: Line) -> list[StepLine]:
    said = queries.said_of(kept.year.year)
    found = []
    for step in line.progress.steps:
        one = step.milestone
        code = one.metric or kept.goal.metric if one.at_least is not None else None
        figure = line.progress.figures.get(code or "")
        found.append(
            StepLine(
                name=one.name.here(),
                due=one.due,
                known_by=goal_words.known_by(one, kept.goal),
                address=lines.address_of(staff, kept.goal, figure),
                state=_state(step.done, late=step in line.progress.judged.late),
                said=said.get((kept.goal.code, one.code)) if step.said_on else None,
            )
        )
    return found


def _state(done: bool | None, *, late: bool) -> str:
    if done is None:
        return "unknown"
    return "done" if done else "late" if late else "open"


def _review(review: GoalReview, kept: GoalInYear) -> ReviewLine:
    light = LIGHTS[review.state]  # type: ignore[index]
    metric = kept.goal.metric
    value = wording.amount(review.value, metric) if metric and review.value is not None else ""
    return ReviewLine(review, wording.month(review.month), lines.TONES[light], str(State(review.state).label), value)


def writing(request: StaffRequest, kept: GoalInYear, at: datetime) -> Writing:
    """The form for the month that is asked for; by itself the last one that is to be written of."""
    today = timezone.localdate(at)
    last = last_asked(kept.year, today) or 1
    asked = whole_number(request.POST.get("month", "") or request.GET.get("month", ""))
    month = asked if 1 <= asked <= last else last
    review = GoalReview.objects.filter(year=kept.year.year, goal=kept.goal.code, month=month).first()
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, open_=open_steps(kept), review=review)
    line = lines.lines_of(request.staff, [kept], at)[0]
    context = {
        "section": "figures",
        "line": line,
        "goal": kept.goal,
        "form": form,
        "month": month,
        "month_name": wording.month(month),
        "months": [(number, wording.month(number)) for number in range(1, last + 1)],
        "seen": review.version if review else 0,
        "review": review,
        "may_be_written": last_asked(kept.year, today) > 0,
    }
    return Writing(kept, month, form, context)


def open_steps(kept: GoalInYear) -> list[Milestone]:
    """Those that a person may still say are done."""
    said = queries.said_of(kept.year.year)
    return [one for one in kept.goal.milestones if one.at_least is None and (kept.goal.code, one.code) not in said]


def write(request: StaffRequest, asked: Writing, at: datetime) -> GoalReview:
    """With how far the goal has come now, its steps as they are said here. Raises ReviewRefused, ChangedMeanwhile."""
    kept, words, by = asked.kept, asked.form.words, request.staff.actor
    said = queries.said_of(kept.year.year)
    said |= {(kept.goal.code, claim.milestone): Said(claim.done_on, claim.evidence, by.name) for claim in words.claims}
    [progress] = goals.progress([kept], engine=Database(), as_of=at, said=said)
    seen = whole_number(request.POST.get("seen", ""))
    return actions.write(kept, asked.month, words, goals.frozen(progress), by=by, at=at, seen=seen)
