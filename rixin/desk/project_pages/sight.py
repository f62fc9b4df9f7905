"""One project as a person sees it: its way with plan and actual days, money, risks, photos and history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from rixin.desk.project_pages import history, rows
from rixin.desk.project_pages.finding import seen_project
from rixin.desk.project_pages.rows import Line
from rixin.desk.project_pages.steps import StepLine, step_lines
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.programmes import money, queries, way
from rixin.programmes.models import Evidence, Project, Status
from rixin.registers.amounts import yuan


@dataclass(frozen=True)
class Sight:
    """A project as one person sees it today. `works`: whether he or she keeps it."""

    staff: Staff
    project: Project
    line: Line
    steps: list[StepLine]
    works: bool
    doable: list[StepLine]
    """Steps that this person may do next."""
    today: date

    @property
    def last_done(self) -> StepLine | None:
        return next((one for one in reversed(self.steps) if one.step.done_on), None)


def sight(staff: Staff, pk: int) -> Sight:
    """Raises Http404."""
    project, today = seen_project(staff, pk), timezone.localdate()
    line = rows.line(project, today, money.paid(project))
    stopped = project.status == Status.STOPPED
    places = [] if stopped else way.doable(line.stands)
    steps = step_lines(project, places, today)
    doable = [steps[nth] for nth in places if queries.may_do(staff, project, steps[nth].rules)]
    return Sight(staff, project, line, steps, queries.may_work(staff, project), doable, today)


def page(seen: Sight) -> dict[str, Any]:
    """Everything but what can be done."""
    found = seen.project
    area = gazetteer.current().area(found.area_path)
    budget, paid = found.budget, seen.line.paid
    return {
        "project": found,
        "rules": found.rules,
        "line": seen.line,
        "steps": seen.steps,
        "works": seen.works,
        "today": seen.today,
        "area": area.name if area is not None else "",
        "payments": [(one, yuan(one.amount)) for one in found.payments.filter(taken_back=False)],
        "left": None if budget is None else yuan(budget - paid),
        "over": budget is not None and paid > budget,
        "share": min(100, paid * 100 // budget) if budget else None,
        "risks": list(found.risks.select_related("owner")),
        "before_after": before_after(seen.steps),
        "entries": history.entries(found),
        "center": f"{found.lat},{found.lng}" if found.lat is not None else "",
    }


def before_after(steps: list[StepLine]) -> tuple[Evidence, Evidence] | None:
    """The first photo of the first step that has some, and the last one of the last such step."""
    shown = [one for one in steps if one.photos]
    return (shown[0].photos[0], shown[-1].photos[-1]) if len(shown) > 1 else None
