"""From the rows of a file to matters, many at once: sorted, placed, opened or joined. Cut off, it goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db import IntegrityError
from django.utils.translation import gettext as _

from rixin.cases import actions, journal, queries
from rixin.cases.history import ActionRefused, History, NewCase, Reporter
from rixin.cases.models import Case, Receipt, number_of
from rixin.catalogue import versions
from rixin.catalogue.schema import Channel
from rixin.channels.areas import whole_area
from rixin.channels.imports.messages import Fault, Message
from rixin.channels.imports.wordings import Said, Wordings
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.places import gazetteer
from rixin.privacy.sealing import fingerprint
from rixin.triage import proposals
from rixin.triage.proposals import Proposal

Result = Literal["new", "joined", "already", "refused"]
Opened = Literal["now", "message"]
_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`opened`: whether matters are opened now or at the time of their message. `write`: False for a preview."""

    channel: Channel
    opened: Opened
    now: datetime
    write: bool = True


@dataclass(frozen=True)
class Refused:
    row: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a row. `case`: the matter's id; below zero the row of a preview, None where there is no matter."""

    row: int
    result: Result
    case: int | None = None
    number: str = ""
    title: str = ""
    kind: str = ""
    unit: str = ""
    place: str = ""
    urgent: bool = False
    by_words: bool = False
    """Sorted by the words, not left to the desk."""
    placed_by: Literal["position", "words", ""] = ""
    faults: tuple[Fault, ...] = ()
    alike: tuple[tuple[int, float], ...] = ()
    """Open matters that say nearly the same, with their likeness from 0 to 1."""


@dataclass(frozen=True)
class _Draft:
    message: Message
    submission_key: str
    new: NewCase
    proposal: Proposal
    repeats: "int | _Draft | None" = None
    """The matter that it says again word for word: one that is open, or an earlier row of the same batch."""

    @property
    def said(self) -> Said:
        new = self.new
        return Said(new.title, new.text, new.area_path, new.place_code, new.address, new.lat, new.lng)


class Intake:
    """Takes in the rows of one file, batch by batch. Whatever was written stays, and comes back as `already`."""

    def __init__(self, plan: Plan, wordings: Wordings) -> None:
        self._plan, self._wordings = plan, wordings
        self._calendar = versions.work_calendar()
        self._numbers: dict[int, str] = {}

    def take(self, batch: Sequence[Message | Refused]) -> list[Outcome]:
        """One outcome per row, in order. A row is written whole or not at all."""
        keys = {row.row: f"import:{row.key}:{self._wordings.nth(row.key)}" for row in batch if isinstance(row, Message)}
        for _nth in range(_TRIES - 1):
            try:
                return self._take(batch, keys)
            except IntegrityError:
                continue  # another import of the same rows was a moment faster: now they are there already
        return self._take(batch, keys)

    def _take(self, batch: Sequence[Message | Refused], keys: dict[int, str]) -> list[Outcome]:
        known = _receipts(keys.values())
        drafts: dict[int, _Draft] = {}
        first_of: dict[bytes, _Draft] = {}
        for row in batch:
            if isinstance(row, Message) and fingerprint(keys[row.row]) not in known:
                draft = self._draft(row, keys[row.row])
                mark = draft.said.mark
                drafts[row.row] = replace(draft, repeats=self._wordings.same(draft.said) or first_of.get(mark))
                if draft.new.public:
                    first_of.setdefault(mark, drafts[row.row])
        ids = self._open([draft for draft in drafts.values() if draft.repeats is None])
        outcomes = []
        for row in batch:
            if isinstance(row, Refused):
                outcomes.append(Outcome(row=row.row, result="refused", faults=row.faults))
            elif row.row in drafts:
                outcomes.append(self._outcome(drafts[row.row], ids))
            else:
                case = known[fingerprint(keys[row.row])]
                self._numbers[case.pk] = case.number
                outcomes.append(Outcome(row=row.row, result="already", case=case.pk, number=case.number))
        return outcomes

    def number(self, case: int) -> str:
        """What people call a matter that an outcome names: its number, or in a preview its row."""
        if case not in self._numbers:
            opened_at = Case.objects.values_list("opened_at", flat=True).get(pk=case)
            self._numbers[case] = number_of(opened_at, case)
        return self._numbers[case]

    def _draft(self, message: Message, key: str) -> _Draft:
        where = f"{message.address}。{message.text}" if message.address else message.text
        chosen = message.kind.rules.type.code if message.kind else None
        found = proposals.propose(where, message.position, title=message.title, chosen=chosen)
        area_path = found.chain.path if found.chain else whole_area()
        version = message.kind or found.version
        spot = found.position
        place = found.place
        new = NewCase(
            version=version,
            channel=self._plan.channel,
            text=message.text,
            title=message.title,
            reporter=Reporter(
                submission_key=key,
                name=message.name,
                phone=message.phone,
                outside_number=message.outside_number,
            ),
            area_path=area_path,
            owner_unit=found.unit.id if found.unit else queries.owner_unit(version.rules.type.unit, area_path),
            lat=spot.lat if spot else None,
            lng=spot.lng if spot else None,
            address=message.address or (place.name_zh if place else ""),
            place_code=place.code if place else "",
            urgent=found.urgency == "urgent",
            proposed=found.proposed,
        )
        return _Draft(message, key, new, found)

    def _open(self, drafts: Sequence[_Draft]) -> dict[int, int]:
        """Row → id of its new matter; below zero where nothing is written."""
        if not self._plan.write:
            self._numbers |= {-draft.message.row: _("row %(row)d") % {"row": draft.message.row} for draft in drafts}
            return {draft.message.row: -draft.message.row for draft in drafts}
        cases = journal.store([self._history(draft) for draft in drafts])
        self._numbers |= {case.pk: case.number for case in cases}
        return {draft.message.row: case.pk for draft, case in zip(drafts, cases, strict=True)}

    def _history(self, draft: _Draft) -> History:
        message, opening = draft.message, journal.opening(draft.new)
        if self._plan.opened == "message" and message.at:
            history = History.begin(draft.new, SYSTEM, message.at, self._calendar, opening=opening)
            # What would have been told at the time is recorded, and nobody is rung up for it today.
            history.alarms_until(self._plan.now)
            return history
        if message.at:
            opening["written_at"] = message.at.isoformat()
        return History.begin(draft.new, SYSTEM, self._plan.now, self._calendar, opening=opening)

    def _outcome(self, draft: _Draft, ids: dict[int, int]) -> Outcome:
        if draft.repeats is None:
            return self._opened(draft, ids[draft.message.row])
        case = draft.repeats if isinstance(draft.repeats, int) else ids[draft.repeats.message.row]
        if self._plan.write:
            try:
                self._join(draft, case)
            except ActionRefused:
                # Finished a moment ago: it becomes a matter of its own.
                return self._opened(draft, self._open([draft])[draft.message.row])
        return self._told(draft, "joined", case)

    def _join(self, draft: _Draft, case: int) -> None:
        at = draft.message.at if self._plan.opened == "message" else None
        actions.join(
            Case.objects.get(pk=case),
            reporter=draft.new.reporter,
            words=draft.message.text,
            channel=self._plan.channel,
            at=at or self._plan.now,
            by=SYSTEM,
        )

    def _opened(self, draft: _Draft, case: int) -> Outcome:
        alike = tuple((twin.key, twin.likeness) for twin in self._wordings.twins(draft.new.text))
        self._wordings.add(case, draft.said, joinable=draft.new.public)
        return replace(self._told(draft, "new", case), alike=alike)

    def _told(self, draft: _Draft, result: Result, case: int) -> Outcome:
        grounds = {reason.ground for reason in draft.proposal.why}
        return Outcome(
            row=draft.message.row,
            result=result,
            case=case,
            number=self.number(case),
            title=draft.new.title,
            kind=draft.new.version.rules.type.name.here(),
            unit=units.by_id(draft.new.owner_unit).name,
            place=gazetteer.current().label(draft.new.area_path),
            urgent=draft.new.urgency == "urgent",
            by_words="words" in grounds,
            placed_by="position" if "pin" in grounds else "words" if "address" in grounds else "",
            alike=(),
        )


def _receipts(keys: Iterable[str]) -> dict[str, Case]:
    """Cases by the marks of the submissions that arrived before. One query."""
    marks = [fingerprint(key) for key in keys]
    found = Receipt.objects.select_related("case").filter(submission_mark__in=marks)
    return {receipt.submission_mark: receipt.case for receipt in found}
