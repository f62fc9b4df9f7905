"""Projects in words, as lines of a list, rows of a table and pins of a map."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.programmes import queries, telling, way
from rixin.programmes.models import Payment, Project, Status
from rixin.programmes.stands import stands_of
from rixin.programmes.way import Late, Stand
from rixin.registers.amounts import yuan
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

FEW = 5
"""Late projects that stand above the figures."""
_TONES = {Status.OPEN: "open", Status.DONE: "done", Status.STOPPED: "paused"}


@dataclass(frozen=True)
class Line:
    """`paid` in fen; `progress` and `expected` in whole per cent; `late`: the step that it waits for, past its day."""

    project: Project
    kind: str
    level: str
    unit: str
    where: str
    stands: list[Stand]
    progress: int
    expected: int
    late: Late | None
    late_words: str
    next: Stand | None
    paid: int
    tone: str

    @property
    def paid_words(self) -> str:
        return yuan(self.paid)

    @property
    def budget_words(self) -> str:
        return "" if self.project.budget is None else yuan(self.project.budget)


def lines(projects: QuerySet[Project], today: date) -> list[Line]:
    """In three statements."""
    found = list(projects.select_related("owner").prefetch_related("steps"))
    paid = paid_for(found)
    return [line(project, today, paid.get(project.pk, 0)) for project in found]


def latest_late(staff: Staff, today: date) -> list[Line]:
    """The few that are late for longest."""
    late = queries.visible_to(staff).filter(pk__in=queries.waiting_since(today).order_by().values("project"))
    return sorted(lines(late, today), key=lambda one: -one.late.days if one.late else 0)[:FEW]


def paid_for(projects: Iterable[Project]) -> dict[int, int]:
    """Fen by project."""
    rows = Payment.objects.filter(project__in=[one.pk for one in projects], taken_back=False)
    return dict(rows.order_by().values("project").annotate(sum=Sum("amount")).values_list("project", "sum"))


def line(project: Project, today: date, paid: int) -> Line:
    rules, stands = project.rules, stands_of(project)
    stopped = project.status == Status.STOPPED
    late = None if stopped else telling.waited_for(project, today)
    waits = None if stopped else way.waiting(stands)
    return Line(
        project=project,
        kind=rules.name.here(),
        level=next((level.name.here() for level in rules.levels if level.code == project.level), ""),
        unit=units.by_id(project.unit_id).name,
        where=where(project),
        stands=stands,
        progress=_percent(way.progress(stands)),
        expected=_percent(way.expected(stands, today)),
        late=late,
        late_words=late_words(late),
        next=None if waits is None else stands[waits],
        paid=paid,
        tone=_TONES[Status(project.status)],
    )


def _percent(share: Fraction) -> int:
    return int(share * 100)


def late_words(late: Late | None) -> str:
    return ngettext("{n} day late", "{n} days late", late.days).format(n=late.days) if late else ""


def where(project: Project) -> str:
    """The address, else the place, else the area."""
    if project.address:
        return project.address
    atlas = gazetteer.current()
    if (place := atlas.places.get(project.place_code)) is not None:
        return place.name
    area = atlas.area(project.area_path)
    return area.name if area is not None else ""


# ---- as a table


def heading() -> list[Cell]:
    return [
        _("Year"), _("Project"), _("Kind"), pgettext("of a project", "Level"), _("Where"), _("Unit"), _("In charge"),
        _("Contractor"), _("State"), _("Progress (%)"), _("Expected by plan (%)"), _("Next step"), _("Planned for"),
        _("Days late"), _("Budget (yuan)"), _("Paid (yuan)"), _("Opened on"), _("Ended on"),
    ]  # fmt: skip


def row(one: Line) -> list[Cell]:
    project, following = one.project, one.next
    return [
        project.year, harmless(project.name), one.kind, one.level, harmless(one.where), one.unit,
        project.owner.name if project.owner else "", harmless(project.contractor), project.get_status_display(),
        one.progress, one.expected, following.rules.name.here() if following else "",
        following.planned_on if following else None, one.late.days if one.late else None,
        None if project.budget is None else project.budget / 100, one.paid / 100, project.opened_on, project.ended_on,
    ]  # fmt: skip


# ---- on the map


def pin(one: Line) -> dict[str, Any]:
    """A project as a GeoJSON feature."""
    said = [one.kind, one.late_words or one.project.get_status_display(), _("progress {n} %").format(n=one.progress)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [one.project.lng, one.project.lat]},
        "properties": {
            "title": one.project.name,
            "href": one.project.get_absolute_url(),
            "note": _(" · ").join(said),
            "tone": "late" if one.late else one.tone,
        },
    }
