"""What is chosen becomes a project: which ones everybody may see, how far they are, and the link to the proposal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.catalogue import versions
from rixin.catalogue.programme_schema import ProjectKind
from rixin.choosing.journal import ChoosingRefused, put
from rixin.choosing.models import Proposal
from rixin.choosing.stages import Stage, State
from rixin.people.actors import Actor
from rixin.programmes import actions
from rixin.programmes.drafts import NewProject, ProjectRefused, Said
from rixin.programmes.models import Evidence, Project, Status, Step

LIVELIHOOD = "livelihood"
"""Code of the kind of project that is chosen by vote, and that residents rate."""


@transaction.atomic
def begin(proposal: Proposal, *, by: Actor, at: datetime, seen: int) -> Proposal:
    """Opens the project by which a chosen proposal is carried out, with the steps of its kind, and links it.

    Raises ChoosingRefused, ChangedMeanwhile.
    """
    _ready(proposal)
    if proposal.project_id is not None:
        raise ChoosingRefused({"": _("It has its project already.")})
    try:
        new = NewProject(said=_said(proposal), opened_on=timezone.localdate(at), unit=proposal.unit_id)
        project = actions.open_project(LIVELIHOOD, new, by=by, at=at, once=f"proposal {proposal.pk}")
    except ProjectRefused as refused:
        raise ChoosingRefused({"": next(iter(refused.fields.values()))}) from None
    return open_for(proposal, project, by=by, at=at, seen=seen)


def _said(proposal: Proposal) -> Said:
    return Said(
        name=proposal.public_title or proposal.title,
        about=proposal.public_why or proposal.why,
        area_path=proposal.area_path,
        year=proposal.round.year,
        place_code=proposal.place_code,
        address=proposal.address,
        lat=proposal.lat,
        lng=proposal.lng,
        budget=proposal.cost,
    )


def _ready(proposal: Proposal) -> None:
    if proposal.state != State.CHOSEN or proposal.round.stage != Stage.ANNOUNCED:
        raise ChoosingRefused({"": _("Only what was chosen and announced becomes a project.")})


@transaction.atomic
def open_for(proposal: Proposal, project: Project, *, by: Actor, at: datetime, seen: int) -> Proposal:
    """The project by which a chosen proposal is carried out. Several proposals may share one.

    Raises ChoosingRefused, ChangedMeanwhile.
    """
    _ready(proposal)
    if project.kind != LIVELIHOOD or project.year != proposal.round.year:
        raise ChoosingRefused({"project": _("Choose a livelihood project of the round's year.")})
    put(proposal, "project", {"project_id": project.pk}, by=by, at=at, seen=seen, proposal=proposal)
    return proposal


def offered_for(proposal: Proposal) -> QuerySet[Project]:
    """Projects that can be linked. Not scoped: whoever asks says within which."""
    return Project.objects.filter(kind=LIVELIHOOD, year=proposal.round.year).exclude(status=Status.STOPPED)


def public_kinds() -> list[ProjectKind]:
    """Those that their definition shows to everybody, in the order of their files."""
    return [one.kind for one in versions.programmes().values() if one.kind.public]


def public() -> QuerySet[Project]:
    """Those that everybody may see."""
    return Project.objects.filter(kind__in=[kind.code for kind in public_kinds()]).select_related("unit")


def rated() -> QuerySet[Project]:
    """Those that residents rate."""
    return Project.objects.filter(kind=LIVELIHOOD).select_related("unit")


def pictures(project: Project) -> QuerySet[Evidence]:
    """Photos that everybody may see: of the milestones. Those of other steps are papers of the office."""
    shown = Evidence.objects.filter(step__project=project, removed=False, name="").exclude(step__milestone="")
    return shown.select_related("step").order_by("step__nth", "pk")


@dataclass(frozen=True)
class Passed:
    """A step of the way, as everybody reads it."""

    name: str
    planned_on: date | None
    done_on: date | None
    current: bool


@dataclass(frozen=True)
class Progress:
    """`finished_on`: the day of the last step, once the project is done. `planned_end`: the last day planned."""

    project: Project
    steps: tuple[Passed, ...]
    planned_end: date | None
    finished_on: date | None

    @property
    def done(self) -> int:
        return sum(step.done_on is not None for step in self.steps)

    def late_on(self, day: date) -> bool:
        return any(step.done_on is None and step.planned_on and step.planned_on < day for step in self.steps)


def progress(projects: Collection[Project]) -> list[Progress]:
    """One statement for the steps of all."""
    rows: dict[int, list[Step]] = {one.pk: [] for one in projects}
    for step in Step.objects.filter(project__in=list(rows)).order_by("project", "nth"):
        rows[step.project_id].append(step)
    return [_progress(one, _gone_through(rows[one.pk])) for one in projects]


def _gone_through(steps: Sequence[Step]) -> list[Step]:
    """Without those that were left out on the way."""
    last = max((step.nth for step in steps if step.done_on is not None), default=0)
    return [step for step in steps if step.done_on is not None or step.nth > last or not step.optional]


def _progress(project: Project, steps: Sequence[Step]) -> Progress:
    names = {step.code: step.name.here() for step in project.rules.steps}
    under_way = project.status == Status.OPEN
    current = next((one.pk for one in steps if one.done_on is None), None) if under_way else None
    done = [one.done_on for one in steps if one.done_on is not None]
    return Progress(
        project,
        tuple(Passed(names.get(one.code, one.code), one.planned_on, one.done_on, one.pk == current) for one in steps),
        max((one.planned_on for one in steps if one.planned_on is not None), default=None),
        max(done, default=None) if project.status == Status.DONE else None,
    )
