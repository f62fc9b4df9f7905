"""Facilities that the person may see or keep, and which of them a list asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Q, QuerySet, When
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rixin.desk.building_pages.wording import read_day
from rixin.facilities import queries
from rixin.facilities.models import Facility, State
from rixin.people.staff import Staff
from rixin.places import gazetteer

_LONGEST = 60
EVERY = "every"
FOLDERS: dict[str, str | Promise] = {
    "": pgettext_lazy("facilities", "There"),
    **{state.value: state.label for state in State},
    EVERY: pgettext_lazy("facilities", "All that ever were"),
}
"""What the list can be narrowed to by state: what is not closed for good, each state, everything."""


def states_of(folder: str) -> tuple[str, ...]:
    return (folder,) if folder else (State.PLANNED, State.OPEN, State.PAUSED)


def seen_facility(staff: Staff, pk: int) -> Facility:
    found = queries.visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such facility among those that you may see."))
    return found


def kept_facility(staff: Staff, pk: int) -> Facility:
    """One that the person keeps; for all others the page is not there."""
    found = seen_facility(staff, pk)
    if not queries.may_keep(staff, found.kind, found.area_path):
        raise Http404(_("You do not keep this facility."))
    return found


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; "" for no condition. `day`: as of which day."""

    day: date
    group: str = ""
    kind: str = ""
    state: str = ""
    area: str = ""
    q: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str], today: date) -> "Wanted":
        """What is no condition at all is left out."""
        group, kind, state, area = (data.get(name, "") for name in ("group", "kind", "state", "area"))
        return cls(
            day=read_day(data.get("day", ""), today),
            group=group if group in queries.groups() else "",
            kind=kind if kind in queries.kinds() else "",
            state=state if state in FOLDERS else "",
            area=area if gazetteer.current().area(area) else "",
            q=data.get("q", "").replace("\0", "").strip()[:_LONGEST],
        )

    def query(self, today: date, **other: str) -> str:
        """As the address says it."""
        said: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        said["day"] = "" if self.day == today else self.day.isoformat()
        return urlencode({name: value for name, value in {**said, **other}.items() if value})

    @property
    def narrowed(self) -> bool:
        return any((self.group, self.kind, self.state, self.area, self.q))


def found(staff: Staff, wanted: Wanted, *, any_state: bool = False) -> QuerySet[Facility]:
    """In the order of the kinds' definitions and of the areas."""
    rows: Any = queries.as_of(queries.visible_to(staff), wanted.day)
    if wanted.group:
        rows = rows.filter(kind__in=[kind.code for kind in queries.kinds().values() if kind.group == wanted.group])
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.area:
        rows = rows.filter(area_path__within=wanted.area)
    if wanted.q:
        said = Q(name_zh__icontains=wanted.q) | Q(name_en__icontains=wanted.q) | Q(address__icontains=wanted.q)
        rows = rows.filter(said | Q(operator__icontains=wanted.q))
    if wanted.state != EVERY and not any_state:
        rows = rows.filter(state_then__in=states_of(wanted.state))
    nth = [When(kind=code, then=nth) for nth, code in enumerate(queries.kinds())]
    found: QuerySet[Facility] = rows.order_by(Case(*nth, default=len(nth)), "area_path", "pk") if nth else rows
    return found
