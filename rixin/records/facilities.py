"""The facilities that records belong to: which a person may enter for, and on which days they were open.

Who sees a facility is said in its own app; here it is asked only whose return is due.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from rixin.catalogue.work_schema import RecordType
from rixin.facilities.models import Facility, State, StateSpan
from rixin.people.staff import Staff
from rixin.sheets import Unreadable, plain_heading


class Whereabouts(TypedDict):
    facility: int
    area_path: str
    place_code: str
    address: str


@dataclass(frozen=True)
class OpenDays:
    """The spans in which a facility was open: from a day until the first one on which it no longer was."""

    spans: tuple[tuple[date, date | None], ...] = ()

    def holds(self, first: date, last: date) -> bool:
        """Whether it was open on any of the days."""
        return any(begins <= last and (ends is None or ends > first) for begins, ends in self.spans)

    @property
    def since(self) -> date | None:
        return min((begins for begins, _ends in self.spans), default=None)


class FacilityNames:
    """Finds facilities by what a table calls them."""

    def __init__(self, known: Iterable[Facility]) -> None:
        self._by_name: dict[str, list[Facility]] = {}
        for one in known:
            for name in {plain_heading(one.name_zh), plain_heading(one.name_en)} - {""}:
                self._by_name.setdefault(name, []).append(one)

    def find(self, written: str) -> Facility:
        """Raises Unreadable."""
        if not written:
            raise Unreadable(_("Say which facility this is of."))
        found = self._by_name.get(plain_heading(written), [])
        if len(found) > 1:
            raise Unreadable(_("There are several facilities called “{name}”.").format(name=written))
        if not found:
            raise Unreadable(
                _("“{name}” is no such facility in the area of your posts. Write it as the register has it.").format(
                    name=written
                )
            )
        return found[0]


def of_facility(facility: Facility) -> Whereabouts:
    """What a record has of the facility that it belongs to."""
    return {
        "facility": facility.pk,
        "area_path": facility.area_path,
        "place_code": facility.place_code,
        "address": facility.address,
    }


def of_type(record: RecordType) -> QuerySet[Facility]:
    """All of the kinds that such records belong to, closed ones too: a late return may be for one of them."""
    return Facility.objects.filter(kind__in=record.facility)


def enterable_for(staff: Staff, record: RecordType) -> list[Facility]:
    """Those in the area of the person's posts."""
    found = of_type(record).filter(staff.scope.in_areas("area_path")) if record.facility else []
    return [one for one in found if staff.scope.covers_area(one.area_path)]


def with_open_days(kinds: Iterable[str]) -> list[tuple[Facility, OpenDays]]:
    """The facilities of these kinds that are or were open. Two statements."""
    open_ = StateSpan.objects.filter(state=State.OPEN).order_by("from_day")
    found = Facility.objects.filter(kind__in=set(kinds)).prefetch_related(Prefetch("states", open_, to_attr="open_"))
    pairs = [(one, OpenDays(tuple((span.from_day, span.until_day) for span in one.open_))) for one in found]
    return [(one, days) for one, days in pairs if days.spans]
