"""A case being made: its events in order and what they add up to. Pure; the journal stores it.

One case from a resident's phone and nine thousand of a demo year are made the same way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from rixin.cases import lifecycle
from rixin.cases.facts import CaseFacts, Event, Given, Refusal, project
from rixin.cases.files import KeptFile
from rixin.cases.lifecycle import Resorted, Setting
from rixin.cases.photos import KeptPhoto
from rixin.catalogue.schema import Channel
from rixin.catalogue.versions import Version
from rixin.catalogue.worktime import WorkCalendar
from rixin.people.actors import SYSTEM, Actor
from rixin.tracking_codes import tracking_code

JOINED = "join"
"""Event by which a neighbour joins an open matter instead of repeating it."""
ALSO_RATED = "rate_too"
"""Event by which somebody who joined rates, after or beside the first who reported."""
DOCUMENT_ISSUED, DOCUMENT_SERVED, DOCUMENT_VOIDED = "document", "document_served", "document_voided"
"""Events by which a document of the matter goes out, reaches whom it addresses, and is taken out of force."""
ROOM_BOOKED, ROOM_FREED = "room_booked", "room_freed"
"""Events by which a room is booked for the matter, and by which the booking is taken back."""
BREACH_EXPLAINED = "breach_explained"
"""Event by which the holder of a matter says why one of its dates was missed."""


class ActionRefused(Exception):
    """The lifecycle does not let this happen. `refusal` says why, for the person who asked."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.code)

    def __str__(self) -> str:
        return str(self.refusal)


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who reported, as little as is known. `submission_key`: the sender's own key, the same on every retry."""

    submission_key: str
    code: str = field(default_factory=tracking_code)
    name: str = ""
    phone: str = ""
    outside_number: str = ""


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What a case begins with. `owner_unit` is a unit's id; `area_path` the finest area known."""

    version: Version
    channel: Channel
    text: str
    title: str
    reporter: Reporter
    area_path: str
    owner_unit: int
    form: Given = field(default_factory=dict)
    lat: float | None = None
    lng: float | None = None
    address: str = ""
    place_code: str = ""
    urgent: bool = False
    may_be_public: bool = True
    photos: tuple[KeptPhoto, ...] = ()
    enterprise: int | None = None
    """Id of the enterprise that was chosen for the field that names one; None: as the name says."""
    proposed: str = ""
    """Code of the type that sorting proposed by itself; "" where it proposed none or was not asked."""

    @property
    def urgency(self) -> str:
        return "urgent" if self.urgent else self.version.rules.type.urgency

    @property
    def confidential(self) -> bool:
        return self.version.rules.type.confidential

    @property
    def public(self) -> bool:
        return self.may_be_public and self.version.rules.type.public and not self.confidential


@dataclass
class Joined:
    """A neighbour who joined a matter, with the rating that he or she gave afterwards."""

    reporter: Reporter
    words: str
    channel: Channel
    at: datetime
    rating: str = ""
    rating_reason: str = ""
    rated_at: datetime | None = None


@dataclass
class History:
    new: NewCase
    setting: Setting
    events: list[Event]
    case: CaseFacts
    photos: list[tuple[str, bool, datetime, KeptPhoto]]
    """Stage, whether public, when, and the photo."""
    joined: list[Joined] = field(default_factory=list)

    @classmethod
    def begin(cls, new: NewCase, by: Actor, at: datetime, calendar: WorkCalendar, *, opening: Given) -> "History":
        """`opening` is what the first event keeps of the report: digests, never the words of the resident."""
        setting = Setting(new.version.rules, calendar)
        event = lifecycle.begin(
            setting, by, opening, at, owner_unit=new.owner_unit, unit=None, form=new.form, proposed=new.proposed
        )
        photos = [("report", True, at, photo) for photo in new.photos]
        return cls(new, setting, [event], lifecycle.opened(event), photos)

    def take(
        self,
        action: str,
        by: Actor,
        given: Given,
        at: datetime,
        photos: Mapping[str, Sequence[KeptPhoto]] | None = None,
        resorted: Resorted | None = None,
    ) -> Event:
        """Raises ActionRefused. `photos` by name of the field in which they were added.

        `resorted`: what an action that sorts the matter anew makes of it; from then on its rules hold.
        """
        whole = with_digests(given, photos)
        setting = replace(self.setting, resorted=resorted)
        outcome = lifecycle.decide(setting, self.case, action, by, whole, at)
        if isinstance(outcome, Refusal):
            raise ActionRefused(outcome)
        if resorted is not None and "row" in outcome.changes:
            self.setting = replace(self.setting, rules=resorted.rules)
        public = public_fields(self.setting, action)
        for name, kept in (photos or {}).items():
            self.photos += [(name, name in public, at, photo) for photo in kept]
        self._append(outcome)
        return outcome

    def join(
        self,
        reporter: Reporter,
        *,
        words: str,
        channel: Channel,
        by: Actor,
        at: datetime,
        photos: Sequence[KeptPhoto] = (),
    ) -> Joined:
        """A neighbour joins the matter while it is open."""
        joined = Joined(reporter, words, channel, at)
        self.joined.append(joined)
        self.photos += [("photos", True, at, photo) for photo in photos]
        given: Given = {"message": words} if words else {}
        self._append(Event(JOINED, at, lifecycle.doer(by), with_digests(given, {"photos": photos}), {}))
        return joined

    def rate_too(self, joined: Joined, *, rating: str, reason: str, by: Actor, at: datetime) -> None:
        """Somebody who joined rates, once the matter is finished."""
        joined.rating, joined.rating_reason, joined.rated_at = rating, reason, at
        given: Given = {"rating": rating, **({"rating_reason": reason} if reason else {})}
        self._append(Event(ALSO_RATED, at, lifecycle.doer(by), given, {}))

    def alarms_until(self, moment: datetime) -> None:
        """Records the warnings and breaches that the sweep would have recorded up to `moment`, in order."""
        while due := [clock for clock in self.case.running() if clock.alarm_at and clock.alarm_at <= moment]:
            first = min(due, key=lambda clock: clock.alarm_at or moment)
            event = lifecycle.alarm(self.setting, self.case, first.code, SYSTEM, first.alarm_at or moment)
            if event is None:
                return
            self._append(event)

    def _append(self, event: Event) -> None:
        self.events.append(event)
        self.case = project(self.case, event)


def with_digests(given: Given, kept: Mapping[str, Sequence[KeptPhoto | KeptFile]] | None) -> Given:
    """What was filled in, with photos and files by their digests."""
    added: dict[str, Any] = {
        name: [one.digest for one in all_kept] for name, all_kept in (kept or {}).items() if all_kept
    }
    return given | added


def public_fields(setting: Setting, action: str) -> frozenset[str]:
    """Names of the fields of an action that the resident may read."""
    step = setting.rules.lifecycle.actions[action]
    return frozenset(asked.name for asked in step.asks if asked.public)
