"""Projects: opened, corrected, planned anew, handed over, stopped and taken up. One transaction each.

Each act follows on what the person saw: of two, the second is told. Steps: `stepping`; money: `money`; risks: `risks`.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.catalogue import versions
from rixin.catalogue.versions import ProgrammeVersion
from rixin.history import line
from rixin.people import units
from rixin.people.actors import Actor
from rixin.programmes import way
from rixin.programmes.drafts import NewProject, ProjectRefused, Said, check, needed
from rixin.programmes.journal import Act, still, taken_already, write
from rixin.programmes.models import Project, ProjectEvent, Status, Step
from rixin.programmes.stands import stands_of


def known_kind(code: str) -> ProgrammeVersion:
    """Raises ProjectRefused where the office has given the kind up."""
    try:
        return versions.programmes()[code]
    except KeyError:
        raise ProjectRefused({"": _("This kind of project is not defined any more.")}) from None


def open_project(kind: str, new: NewProject, *, by: Actor, at: datetime, once: str = "") -> Project:
    """With all its steps, planned by the template. Raises ProjectRefused. Sent twice, it is the same project."""
    if once and (there := _opened_by(once)):
        return there
    known, today = known_kind(kind), timezone.localdate(at)
    rules = known.kind
    check(new.said, rules)
    if new.opened_on > today:
        raise ProjectRefused({"opened_on": _("This day is still to come.")})
    planned = way.planned_days(rules, new.opened_on, versions.work_calendar())
    days = [new.days.get(step.code, day) for step, day in zip(rules.steps, planned, strict=True)]
    check_plan([(step.code, day) for step, day in zip(rules.steps, days, strict=True)], new.opened_on)
    row = Project(
        kind=kind,
        definition_id=known.id,
        unit_id=new.unit or units.by_code(rules.unit).id,
        owner_id=new.owner,
        opened_on=new.opened_on,
        entered_at=at,
        changed_at=at,
        **new.said.columns(),
    )
    try:
        with transaction.atomic():
            row.save()
            Step.objects.bulk_create(
                Step(
                    project=row,
                    nth=nth,
                    code=step.code,
                    milestone=step.counts_as or "",
                    optional=step.optional,
                    planned_on=day,
                )
                for nth, (step, day) in enumerate(zip(rules.steps, days, strict=True), start=1)
            )
            line(ProjectEvent, "open", by, at, project=row, once=once).save()
    except IntegrityError:
        if once and (there := _opened_by(once)):
            return there
        raise
    return row


def _opened_by(once: str) -> Project | None:
    return Project.objects.filter(events__once=once, events__action="open").first()


def check_plan(days: list[tuple[str, date | None]], opened_on: date) -> None:
    """Days of steps in their order. Raises ProjectRefused: a step is not planned before the one it follows."""
    before = opened_on
    for code, day in days:
        if day is None:
            continue
        if day < before:
            raise ProjectRefused({f"day-{code}": _("This is before the step that comes first.")})
        before = day


@transaction.atomic
def plan(project: Project, days: Mapping[str, date], reason: str, act: Act) -> Project:
    """Other planned days for steps that are not done yet. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN, Status.DONE)
    why = needed(reason, "reason", _("Please say why the dates change."))
    steps = list(project.steps.all())
    changed = [step for step in steps if step.code in days and days[step.code] != step.planned_on]
    if not changed:
        raise ProjectRefused({"": _("No date is different.")})
    if any(step.done_on is not None for step in changed):
        raise ProjectRefused({"": _("A step that is done keeps the day for which it was planned.")})
    check_plan(
        [(step.code, days.get(step.code, step.planned_on)) for step in steps if step.done_on is None], project.opened_on
    )
    told = {f"planned:{step.code}": [step.planned_on, days[step.code]] for step in changed}
    for step in changed:
        step.planned_on = days[step.code]
        step.version += 1
    Step.objects.bulk_update(changed, ["planned_on", "version"])
    return write(project, "plan", {}, act, changes=told, reason=why)


@transaction.atomic
def correct(project: Project, said: Said, reason: str, act: Act) -> Project:
    """What is known of it now. Another budget needs a reason. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    check(said, project.rules)
    columns = {name: new for name, new in said.columns().items() if getattr(project, name) != new}
    if not columns:
        return project
    if "budget" in columns and project.budget is not None:
        needed(reason, "reason", _("Please say why the budget changes."))
    return write(project, "correct", columns, act, reason=reason.strip())


@transaction.atomic
def hand(project: Project, to: int, act: Act) -> Project:
    """Another person is in charge from now on. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN)
    if to == project.owner_id:
        raise ProjectRefused({"to": _("This person is in charge already.")})
    return write(project, "hand", {"owner_id": to}, act)


@transaction.atomic
def stop(project: Project, reason: str, act: Act) -> Project:
    """It does not go on for now, or ever. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN)
    why = needed(reason, "reason", _("Please say why it is stopped."))
    columns = {"status": Status.STOPPED, "ended_on": timezone.localdate(act.at)}
    return write(project, "stop", columns, act, reason=why)


@transaction.atomic
def resume(project: Project, reason: str, act: Act) -> Project:
    """Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.STOPPED)
    why = needed(reason, "reason", _("Please say why it goes on."))
    return write(project, "resume", standing(project), act, reason=why)


def standing(project: Project) -> dict[str, object]:
    """Columns that say whether it is under way or done, by its steps."""
    stands = stands_of(project)
    if not way.is_done(project.rules, stands):
        return {"status": Status.OPEN, "ended_on": None}
    return {"status": Status.DONE, "ended_on": stands[project.rules.last].done_on}
