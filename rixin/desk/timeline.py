"""What happened to a case, in the words of its definition: who, for which unit, when, what was filled in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.cases.history import (
    ALSO_RATED,
    BREACH_EXPLAINED,
    DOCUMENT_ISSUED,
    DOCUMENT_SERVED,
    DOCUMENT_VOIDED,
    JOINED,
    ROOM_BOOKED,
    ROOM_FREED,
)
from rixin.cases.lifecycle import ALARMED, OPENED
from rixin.cases.models import CaseEvent, Channel
from rixin.catalogue.dates import due_text, moment_text
from rixin.catalogue.schema import AskedField, ResolvedType, Text
from rixin.desk.answers import Kept, Shown, shown, unit_name
from rixin.desk.wording import Tone
from rixin.documents.models import Document
from rixin.people.models import in_language
from rixin.privacy.masking import mask_name

_MESSAGE = AskedField(name="message", label=Text(zh="内容", en="Words"), kind="long_text", public=True)
_PICTURES = AskedField(name="photos", label=Text(zh="照片", en="Photos"), kind="photos", public=True)

_DOCUMENTS = {
    DOCUMENT_ISSUED: gettext_lazy("Issued: %(title)s"),
    DOCUMENT_SERVED: gettext_lazy("Served: %(title)s"),
    DOCUMENT_VOIDED: gettext_lazy("Voided: %(title)s"),
}
_ON_DOCUMENTS = [
    AskedField(name="number", label=Text(zh="文号", en="Number"), kind="text"),
    AskedField(name="on", label=Text(zh="送达日期", en="Served on"), kind="date"),
    AskedField(name="how", label=Text(zh="送达方式", en="How"), kind="text"),
    AskedField(name="reason", label=Text(zh="作废原因", en="Reason"), kind="text"),
]


_ROOMS = {ROOM_BOOKED: gettext_lazy("Room booked"), ROOM_FREED: gettext_lazy("Booking of a room taken back")}
_ON_ROOMS = [
    AskedField(name="room", label=Text(zh="地点", en="Room"), kind="text"),
    AskedField(name="when", label=Text(zh="时间", en="When"), kind="text"),
    AskedField(name="people", label=Text(zh="人数", en="People"), kind="number"),
    AskedField(name="reason", label=Text(zh="取消原因", en="Reason"), kind="text"),
]
_WHY_LATE = AskedField(name="reason", label=Text(zh="逾期原因", en="Why"), kind="long_text")


@dataclass(frozen=True)
class Entry:
    seq: int
    what: str
    who: str
    unit: str
    at: datetime
    when: str
    tone: Tone
    internal: bool
    """Nothing in it is for the resident to read."""
    shown: list[Shown] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What followed: the new state, who holds it, a date that moved."""


def entries(events: Iterable[CaseEvent], rules: ResolvedType, kept: Kept) -> list[Entry]:
    """Oldest first, as the events come. `rules`: those of the case now; it keeps its version."""
    return [_entry(event, rules, kept) for event in events]


def _entry(event: CaseEvent, rules: ResolvedType, kept: Kept) -> Entry:
    action = rules.lifecycle.actions.get(event.action)
    if action is not None:
        asks, what, tone = action.asks, action.name.here(), _tone(action.tone)
    else:
        asks, what, tone = _built_in(event, rules)
    parts = shown(asks, _given(event), rules.lifecycle, kept)
    tells = action is not None and action.tells_resident
    return Entry(
        seq=event.seq,
        what=what,
        who=_who(event),
        unit=unit_name(event.by_unit_id) if event.by_unit_id is not None else "",
        at=event.at,
        when=moment_text(event.at),
        tone=tone,
        internal=event.by_kind == "staff" and not tells and not any(part.public for part in parts),
        shown=parts,
        notes=list(_notes(event, rules)),
    )


def _given(event: CaseEvent) -> dict[str, Any]:
    """What of an event is for people to read."""
    if event.action in (OPENED, ALARMED):
        return {"photos": event.given.get("photos", [])}
    if event.action == BREACH_EXPLAINED:
        return {"reason": event.given.get("reason", "")}
    if event.action in _ROOMS:
        return {asked.name: event.given.get(asked.name) for asked in _ON_ROOMS}
    if event.action in _DOCUMENTS:
        said = {asked.name: event.given.get(asked.name) for asked in _ON_DOCUMENTS}
        return {**said, "how": Document.Service(said["how"]).label if said["how"] else ""}
    return event.given


def _tone(tone: str) -> Tone:
    return "warn" if tone == "warn" else "open" if tone == "main" else ""


def _built_in(event: CaseEvent, rules: ResolvedType) -> tuple[list[AskedField], str, Tone]:
    """Events that no definition names."""
    if event.action == OPENED:
        channel = event.given.get("channel", "")
        name = str(Channel(channel).label) if channel in Channel.values else channel
        return [_PICTURES], _("Reported (%(channel)s)") % {"channel": name}, "open"
    if event.action == JOINED:
        return [_MESSAGE, _PICTURES], _("A neighbour reported the same"), ""
    if event.action == ALSO_RATED:
        return _rating_fields(rules), _("Rated by somebody who joined"), ""
    if event.action == ALARMED:
        clock = rules.lifecycle.clocks.get(event.given.get("clock", ""))
        name = clock.name.here() if clock else event.given.get("clock", "")
        if event.given.get("alarm") == "breach":
            return [], _("“%(clock)s” passed its date") % {"clock": name}, "late"
        return [], _("“%(clock)s” is nearly due") % {"clock": name}, "warn"
    if event.action in _DOCUMENTS:
        return _ON_DOCUMENTS, _DOCUMENTS[event.action] % {"title": event.given["title"]}, ""
    if event.action in _ROOMS:
        return _ON_ROOMS, str(_ROOMS[event.action]), ""
    if event.action == BREACH_EXPLAINED:
        clock = rules.lifecycle.clocks.get(event.given.get("clock", ""))
        name = clock.name.here() if clock else event.given.get("clock", "")
        return [_WHY_LATE], _("Explained why “%(clock)s” was missed") % {"clock": name}, ""
    return [], event.action, ""


def _rating_fields(rules: ResolvedType) -> list[AskedField]:
    kept = [action for action in rules.lifecycle.actions.values() if "rating" in action.keeps]
    asks = {asked.name: asked for action in kept for asked in action.asks}
    options = [option for action in kept for asked in action.asks if asked.name == "rating" for option in asked.options]
    if "rating" in asks:
        asks["rating"] = asks["rating"].model_copy(update={"options": options})
    return list(asks.values())


def _who(event: CaseEvent) -> str:
    post = in_language(event.by_post_zh, event.by_post_en)
    if event.by_kind == "staff":
        return _("%(name)s (%(post)s)") % {"name": event.by_name, "post": post} if post else event.by_name
    if event.by_kind == "resident":
        return f"{post} {mask_name(event.by_name)}".strip() if event.by_name else post or _("Resident")
    return post or _("System")


def _notes(event: CaseEvent, rules: ResolvedType) -> Iterable[str]:
    changes = event.changes
    if event.action == OPENED and (written_at := event.given.get("written_at")):
        yield _("The message is of %(moment)s.") % {"moment": moment_text(datetime.fromisoformat(written_at))}
    if (state := changes.get("state")) and (known := rules.lifecycle.states.get(state)) and event.action != OPENED:
        yield _("Now: %(state)s") % {"state": known.name.here()}
    if changes.get("unit") is not None:
        yield _("Held by: %(unit)s") % {"unit": unit_name(changes["unit"])}
    elif "unit" in changes and event.action != OPENED:
        yield _("No unit holds it now.")
    for code, clock in changes.get("clocks", {}).items():
        known_clock = rules.lifecycle.clocks.get(code)
        started_now = clock.get("status") == "running" and datetime.fromisoformat(clock["started_at"]) == event.at
        if known_clock is not None and started_now:
            due = due_text(clock["due_at"])
            yield _("%(clock)s: due by %(due)s") % {"clock": known_clock.name.here(), "due": due}
    if event.action == ALARMED and event.given.get("due_at"):
        yield _("The date was %(due)s.") % {"due": due_text(event.given["due_at"])}
