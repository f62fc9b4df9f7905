"""What was done with a building's dwellings and counts, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.desk.home_pages.plan import period_name, unit_name
from rixin.homes.layout import Planned
from rixin.homes.models import HomeEvent
from rixin.homes.queries import definition
from rixin.people.models import in_language


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    what: str
    details: str


def entry(event: HomeEvent) -> Entry:
    post = in_language(event.by_post_zh, event.by_post_en)
    who = " · ".join(part for part in (event.by_name, post) if part)
    return Entry(event.at, who, _what(event), "; ".join([*_details(event), *([event.reason] if event.reason else [])]))


def _what(event: HomeEvent) -> str:
    room = Planned(event.dwelling.unit, event.dwelling.number) if event.dwelling else None
    if event.action == "enter":
        n = event.changes["dwellings"][1]
        return ngettext("{n} dwelling entered", "{n} dwellings entered", n).format(n=n)
    if event.ret is not None:
        said = (
            _("Counts of {period}, {unit}") if event.action == "count" else _("Counts of {period}, {unit}: corrected")
        )
        return said.format(period=period_name(event.ret.period), unit=unit_name(event.ret.unit))
    return (_("{room} corrected") if event.action == "correct" else _("{room} ended")).format(room=room)


def _details(event: HomeEvent) -> list[str]:
    kept = definition()
    names = {field.code: field.name.here() for field in kept.fields} if kept else {}
    names |= {"number": _("Number"), "floor": _("Floor"), "until_day": _("from"), "from_day": _("There since")}
    return [
        f"{names.get(name, name)} {now}" if old in (None, "") else f"{names.get(name, name)} {old} → {now}"
        for name, (old, now) in event.changes.items()
        if name != "dwellings"
    ]
