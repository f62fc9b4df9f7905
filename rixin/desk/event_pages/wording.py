"""Events in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from rixin.activities.models import ActivityEvent, Event
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.desk.changes import Change
from rixin.metrics import wording
from rixin.people.models import in_language
from rixin.registers.amounts import plain_number

TONES = {"planned": "open", "held": "done", "cancelled": "late"}
_ACTIONS: dict[str, str | Promise] = {
    "plan": pgettext_lazy("of an event", "Planned"),
    "hold": pgettext_lazy("of an event", "Attendance written down"),
    "correct_held": pgettext_lazy("of an event", "Attendance corrected"),
    "attend": pgettext_lazy("of an event", "Attendance of a session"),
    "correct": pgettext_lazy("of an event", "Corrected"),
    "cancel": pgettext_lazy("of an event", "Cancelled"),
    "employers": pgettext_lazy("of an event", "Employers written down"),
    "pictures": pgettext_lazy("of an event", "Pictures added"),
    "picture_out": pgettext_lazy("of an event", "Picture taken out"),
    "sign_up": pgettext_lazy("of an event", "Somebody signed up at the desk"),
    "sign_off": pgettext_lazy("of an event", "Somebody signed off at the desk"),
    "mark": pgettext_lazy("of an event", "Who came was marked"),
    "enter": pgettext_lazy("of a team", "Entered"),
    "count": pgettext_lazy("of a team", "Members counted"),
    "end": pgettext_lazy("of a team", "Ended"),
    "ask": pgettext_lazy("of a volunteer", "Asked to join"),
    "admit": pgettext_lazy("of a volunteer", "Admitted"),
    "leave": pgettext_lazy("of a volunteer", "Left"),
    "hours": pgettext_lazy("of a volunteer", "Hours written down"),
    "take_back": pgettext_lazy("of a volunteer", "Hours taken back"),
}
_NAMES: dict[str, str | Promise] = {
    "title": pgettext_lazy("of an event", "Title"),
    "about": pgettext_lazy("of an event", "What it offers"),
    "day": pgettext_lazy("of an event", "Day"),
    "starts": pgettext_lazy("of an event", "Starts"),
    "ends": pgettext_lazy("of an event", "Ends"),
    "address": pgettext_lazy("of an event", "Place"),
    "area_path": pgettext_lazy("of an event", "Area"),
    "capacity": pgettext_lazy("of an event", "Room for"),
    "sign_up_from": pgettext_lazy("of an event", "Sign-up from"),
    "sign_up_until": pgettext_lazy("of an event", "Sign-up until"),
    "attendance": pgettext_lazy("of an event", "Attendance"),
    "words": pgettext_lazy("of an event", "How it went"),
    "sort": pgettext_lazy("of an event", "Sort"),
    "pictures": pgettext_lazy("of an event", "Pictures"),
    "came": pgettext_lazy("of an event", "Came"),
    "name": pgettext_lazy("of a team", "Name"),
    "art": pgettext_lazy("of a team", "Art"),
    "members": pgettext_lazy("of a team", "Members"),
    "from_day": pgettext_lazy("of a team", "Since"),
    "until_day": pgettext_lazy("of a team", "Ended on"),
    "leader_name": pgettext_lazy("of a team", "Leader"),
    "leader_phone": pgettext_lazy("of a team", "Telephone of the leader"),
    "hours": pgettext_lazy("of a volunteer", "Hours"),
}
_NOT_TOLD = frozenset({"place_code", "lat", "lng", "facility_id", "unit_id", "team_id", "level", "kind", "state"})


@dataclass(frozen=True)
class Row:
    event: Event
    kind: str
    sort: str
    where: str
    tone: str
    people: str
    """What came is called, with its number; "" where it is not known."""


@dataclass(frozen=True)
class Entry:
    what: str
    by: str
    at: datetime
    reason: str
    changes: Sequence[Change]


def rows(events: Iterable[Event]) -> list[Row]:
    return [row(event) for event in events]


def row(event: Event) -> Row:
    kind = versions.work().activities.get(event.kind)
    return Row(
        event=event,
        kind=kind.name.here() if kind else event.kind,
        sort=sort_of(kind, event.sort),
        where=event.address or wording.area(event.area_path),
        tone=TONES[event.state],
        people=f"{event.attendance:,}" if event.attendance is not None else "",
    )


def sort_of(kind: EventKind | None, code: str) -> str:
    return next((option.name.here() for option in kind.options if option.code == code), "") if kind else ""


def entries(lines: Iterable[ActivityEvent]) -> list[Entry]:
    return [
        Entry(
            what=str(_ACTIONS.get(line.action, line.action)),
            by=f"{in_language(line.by_post_zh, line.by_post_en)} {line.by_name}".strip(),
            at=line.at,
            reason=line.reason,
            changes=[_change(line.action, name, *pair) for name, pair in line.changes.items() if name not in _NOT_TOLD],
        )
        for line in lines
    ]


def _change(action: str, name: str, before: object, now: object) -> Change:
    if action == "employers":
        return Change(name, _offer(before), _offer(now))
    if name.startswith("session "):
        return Change(_("Session of {day}").format(day=name.partition(" ")[2]), _plain(before), _plain(now))
    if name == "area_path":
        return Change(str(_NAMES[name]), wording.area(str(before)), wording.area(str(now)))
    return Change(str(_NAMES.get(name, name)), _plain(before), _plain(now))


def _offer(said: object) -> str:
    if not isinstance(said, list):
        return ""
    return _("{posts} posts, {agreements} agreements").format(posts=said[0], agreements=said[1])


def _plain(value: object) -> str:
    if value is None or value == "":
        return ""
    text = str(value)
    return text[:16].replace("T", " ") if "T" in text[10:11] else text


def hours(hundredths: int) -> str:
    return pgettext("of volunteers", "{n} hours").format(n=plain_number(hundredths))
