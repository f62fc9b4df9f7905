"""What was done with an entry, in words. Of what is sealed it says only that it changed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.people.models import in_language
from rixin.rolls.models import RollEvent


@dataclass(frozen=True)
class Line:
    at: datetime
    what: str
    who: str
    details: str


def lines(events: list[RollEvent]) -> list[Line]:
    return [Line(event.at, _what(event.action), _who(event), _details(event)) for event in events]


def _what(action: str) -> str:
    return {
        "join": pgettext("done with an entry", "Entered"),
        "ask": pgettext("done with an entry", "Asked to join"),
        "take_in": pgettext("done with an entry", "Taken in"),
        "decline": pgettext("done with an entry", "Not taken in"),
        "correct": pgettext("done with an entry", "Corrected"),
        "give": pgettext("done with an entry", "Given to somebody who serves"),
        "stays": pgettext("done with an entry", "Asked again: stays"),
        "leave": pgettext("done with an entry", "Left"),
        "slip": pgettext("done with an entry", "New slip"),
        "visit": pgettext("done with an entry", "Called at"),
        "empty": pgettext("done with an entry", "All that was held is deleted"),
    }.get(action, action)


def _who(event: RollEvent) -> str:
    if event.by_person:
        return _("by the person")
    post = in_language(event.by_post_zh, event.by_post_en)
    return " · ".join(part for part in (event.by_name, post) if part)


def _details(event: RollEvent) -> str:
    names = {
        "name": _("Name"),
        "phone": _("Telephone"),
        "address": _("Address"),
        "dwelling_id": _("Address"),
        "values": _("Answers"),
    }
    changed = list(dict.fromkeys(names[name] for name in event.changes if name in names))
    told = _("Changed: {fields}").format(fields=_(", ").join(changed)) if changed else ""
    return "; ".join(part for part in (told, event.reason) if part)
