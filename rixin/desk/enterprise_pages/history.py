"""What happened to an entry of the register, in words: who wrote what when, what it said before and says now."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.catalogue import versions
from rixin.desk.changes import Change
from rixin.desk.enterprise_pages.rows import trait_value
from rixin.metrics import wording
from rixin.people.models import in_language
from rixin.registers import industries
from rixin.registers.amounts import yuan
from rixin.registers.journal import SEALED
from rixin.registers.models import How, Measured, RegisterEvent, Standing

_NOT_TOLD = ("place_code",)
"""The address says it already."""
MONEY = ("return",)
"""Actions that say what the enterprise paid or made."""


@dataclass(frozen=True)
class Entry:
    what: str
    by: str
    at: datetime
    reason: str
    changes: list[Change]
    batch: int | None
    """Id of the import that brought it."""


def entries(events: Iterable[RegisterEvent], *, money: bool) -> list[Entry]:
    """In the order given. Without `money` nothing is told of amounts."""
    return [_entry(event, money=money) for event in events]


def _entry(event: RegisterEvent, *, money: bool) -> Entry:
    told = money or event.action not in MONEY
    post = in_language(event.by_post_zh, event.by_post_en)
    return Entry(
        what=_actions().get(event.action, event.action),
        by=f"{post} {event.by_name}".strip(),
        at=event.at,
        reason=event.reason if told else "",
        changes=list(_changes(event.changes)) if told else [],
        batch=event.batch_id,
    )


def _changes(changes: dict[str, list[Any]]) -> Iterator[Change]:
    for name, (before, now) in changes.items():
        if name in _NOT_TOLD:
            continue
        if name in SEALED:
            yield Change(_field(name), "", "")
        else:
            yield Change(_field(name), _said(name, before), _said(name, now))


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name.partition(" ")[0] in Measured.values:
        return yuan(int(value))
    if name in versions.work().traits:
        return trait_value(name, str(value))
    return _IN_WORDS.get(name, str)(value)


def _division(code: Any) -> str:
    known = next((one for one in industries.sections() for part in one.divisions if part.code == code), None)
    industry = industries.industry(known.code, str(code)) if known else None
    return f"{code} {industry.name}" if industry else str(code)


def _section(code: Any) -> str:
    industry = industries.industry(str(code), "")
    return f"{code} {industry.name}" if industry else str(code)


_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "standing": lambda value: str(Standing(value).label) if value in Standing.values else str(value),
    "how": lambda value: str(How(value).label) if value in How.values else str(value),
    "area_path": lambda value: wording.area(str(value)),
    "capital": lambda value: yuan(int(value) * 100),
    "section": _section,
    "division": _division,
}


def _field(name: str) -> str:
    measured, _blank, period = name.partition(" ")
    if measured in Measured.values:
        return f"{Measured(measured).label} {period}"
    if name in versions.work().traits:
        return versions.work().traits[name].name.here()
    return _fields().get(name, name)


def _fields() -> dict[str, str]:
    return {
        "name": pgettext("of an enterprise", "Name"),
        "code": _("Unified social credit code"),
        "section": pgettext("industry", "Section"),
        "division": pgettext("industry", "Division"),
        "area_path": _("Area"),
        "address": _("Address"),
        "founded_on": _("Founded on"),
        "capital": _("Registered capital"),
        "business": _("What it does"),
        "contact_name": _("Name of the contact"),
        "contact_phone": _("Telephone of the contact"),
        "contact_post": _("Post of the contact"),
        "standing": _("Standing"),
        "how": pgettext("of a standing", "How it came about"),
        "where": _("Where from or where to"),
        "since": pgettext("standing of an enterprise", "Since"),
        "from_day": pgettext("first day on which it holds", "From"),
        "until_day": pgettext("first day on which it no longer holds", "Until"),
        "lease_end": _("End of the lease"),
        "note": _("Note"),
        "room": pgettext("register of buildings", "Room"),
        "merged": _("Numbers of the two entries"),
        "officer": pgettext("of an enterprise", "Its officer"),
        "record": pgettext("linked to an enterprise", "Record"),
        "matter": pgettext("linked to an enterprise", "Matter"),
    }


def _actions() -> dict[str, str]:
    return {
        "enter": pgettext("event of an enterprise", "Entered"),
        "correct": pgettext("event of an enterprise", "Corrected"),
        "rename": pgettext("event of an enterprise", "Renamed"),
        "withdraw": pgettext("event of an enterprise", "Taken out of the register"),
        "merge": pgettext("event of an enterprise", "Two entries made one"),
        "stand": pgettext("event of an enterprise", "Standing changed"),
        "trait": pgettext("event of an enterprise", "Trait given"),
        "trait_end": pgettext("event of an enterprise", "Trait ended"),
        "trait_back": pgettext("event of an enterprise", "Trait taken back"),
        "return": pgettext("event of an enterprise", "Returns entered"),
        "let": pgettext("event of an enterprise", "Took a room"),
        "leave": pgettext("event of an enterprise", "Left a room"),
        "renew": pgettext("event of an enterprise", "Lease renewed"),
        "assign": pgettext("event of an enterprise", "Given to an officer"),
        "unassign": pgettext("event of an enterprise", "Taken from its officer"),
        "stay": pgettext("event of an enterprise", "Decided to stay"),
        "linked": pgettext("event of an enterprise", "Linked by hand"),
    }
