"""What is said of an event when it is planned or corrected, and what of it cannot be. Pure but for the language."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.refused import FieldsRefused


class ActivityRefused(FieldsRefused):
    """It cannot be done so; `fields` says what to mend."""


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """`facility`, `unit` and `team` are ids. Without `capacity` there is room for all."""

    kind: str
    sort: str = ""
    title: str
    about: str = ""
    day: date
    starts: time | None = None
    ends: time | None = None
    area_path: str
    place_code: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    facility_id: int | None = None
    unit_id: int
    team_id: int | None = None
    capacity: int | None = None
    sign_up_from: datetime | None = None
    sign_up_until: datetime | None = None

    def columns(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def kind_of(code: str) -> EventKind:
    """Raises ActivityRefused for one that is defined no more."""
    kind = versions.work().activities.get(code)
    if kind is None:
        raise ActivityRefused({"kind": _("There is no such kind of event any more.")})
    return kind


def check(said: EventFacts) -> None:
    """Raises ActivityRefused."""
    kind, wrong = kind_of(said.kind), dict[str, str | Promise]()
    if (said.sort or kind.options) and said.sort not in {option.code for option in kind.options}:
        wrong["sort"] = _("Please choose one of the sorts.")
    if not said.title.strip():
        wrong["title"] = _("Please write what it is called.")
    if said.starts and said.ends and said.ends <= said.starts:
        wrong["ends"] = _("It ends before it starts.")
    if said.capacity == 0:
        wrong["capacity"] = _("There has to be room for somebody. Leave it empty where all may come.")
    wrong |= _sign_up_faults(said, kind)
    if wrong:
        raise ActivityRefused(wrong)


def _sign_up_faults(said: EventFacts, kind: EventKind) -> dict[str, str | Promise]:
    if said.sign_up_from is None and said.sign_up_until is None:
        return {}
    if kind.sign_up is None:
        return {"sign_up_from": _("Nobody signs up for events of this kind.")}
    if said.sign_up_from is None or said.sign_up_until is None:
        missing = "sign_up_from" if said.sign_up_from is None else "sign_up_until"
        return {missing: _("Please say from when until when one can sign up.")}
    if said.sign_up_until <= said.sign_up_from:
        return {"sign_up_until": _("Sign-up ends before it starts.")}
    if timezone.localdate(said.sign_up_until) > said.day:
        return {"sign_up_until": _("Sign-up ends after the day of the event.")}
    return {}
