"""Which projects are asked for: read from the address, written back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from rixin.people import units
from rixin.programmes import queries
from rixin.programmes.models import Project, Status

LATE = "late"
_LONGEST = 60


@dataclass(frozen=True)
class ProjectFilter:
    """ "" for what is not asked. `state`: a status, or `late`; `area`: a path."""

    q: str = ""
    kind: str = ""
    year: str = ""
    unit: str = ""
    state: str = ""
    area: str = ""

    def apply(self, projects: QuerySet[Project], today: date) -> QuerySet[Project]:
        """What names nothing finds nothing: a page never shows more than was asked for."""
        if self.q:
            words = Q(name__icontains=self.q) | Q(contractor__icontains=self.q) | Q(address__icontains=self.q)
            projects = projects.filter(words)
        if self.kind:
            projects = projects.filter(kind=self.kind)
        if self.year:
            projects = projects.filter(year=int(self.year)) if _is_year(self.year) else projects.none()
        if self.unit:
            known = {unit.code: unit.id for unit in units.all_open()}
            projects = projects.filter(unit=known.get(self.unit, 0))
        if self.area:
            projects = projects.filter(area_path__within=self.area)
        if self.state == LATE:
            return projects.filter(pk__in=queries.waiting_since(today).order_by().values("project"))
        return projects.filter(status=self.state) if self.state else projects

    def query(self, **other: str) -> str:
        """As it stands in an address, with `other` beside it or in its place."""
        said = {each.name: getattr(self, each.name) for each in fields(self)} | other
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def narrows(self) -> bool:
        return bool(self.query())


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isascii() and written.isdigit()


def read_filter(given: Mapping[str, Any]) -> ProjectFilter:
    """A state that is none is not asked for."""
    said = {
        each.name: str(given.get(each.name, "")).replace("\0", "").strip()[:_LONGEST] for each in fields(ProjectFilter)
    }
    if said["state"] not in (*Status.values, LATE):
        said["state"] = ""
    return ProjectFilter(**said)
