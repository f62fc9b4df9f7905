"""Rows to values and values to rows. Together with `actions` the only code that writes a case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from rixin.cases import search
from rixin.cases.chain import event_hash, report_digest
from rixin.cases.clocks import ClockState
from rixin.cases.facts import CaseFacts, Doer, Event
from rixin.cases.files import KeptFile
from rixin.cases.history import History, Joined, NewCase, Reporter
from rixin.cases.models import Case, CaseClock, CaseEvent, CaseFile, Involvement, Photo, Receipt, id_in
from rixin.cases.photos import KeptPhoto
from rixin.catalogue.schema import ResolvedType
from rixin.chain import FIRST
from rixin.privacy.sealing import fingerprint
from rixin.registers.linking import enterprises_of, name_in
from rixin.tracking_codes import written_code

FACTS = ("accepted", "answered", "handled", "resolved", "verified", "closed", "rated", "supervised")
_CLOCK_COLUMNS = ["status", "started_at", "due_at", "stopped_at", "missed", "alarm_at", "provisional_year", "data"]
_BATCH = 500


def store(histories: Sequence[History]) -> list[Case]:
    """Writes new cases with all that happened to them so far: one statement per table and batch."""
    return [case for case, _receipt in store_with_receipts(histories)]


@transaction.atomic(savepoint=False)
def store_with_receipts(histories: Sequence[History]) -> list[tuple[Case, Receipt]]:
    cases = Case.objects.bulk_create(_case_rows(histories), batch_size=_BATCH)
    made = list(zip(cases, histories, strict=True))
    CaseEvent.objects.bulk_create(
        [row for case, history in made for row in event_rows(case.pk, history.events)], batch_size=_BATCH
    )
    CaseClock.objects.bulk_create(
        [clock_row(case.pk, clock) for case, history in made for clock in history.case.clocks.values()],
        batch_size=_BATCH,
    )
    receipts = [_first_receipt(case, history) for case, history in made]
    Receipt.objects.bulk_create(receipts, batch_size=_BATCH)
    joined = [_joined_receipt(case, one) for case, history in made for one in history.joined]
    if joined:
        Receipt.objects.bulk_create(joined, batch_size=_BATCH)
    involved = [row for case, history in made for row in involvement_rows(case.pk, history.case, is_open(case))]
    if involved:
        Involvement.objects.bulk_create(involved, batch_size=_BATCH)
    photos = [photo for case, history in made for photo in _photo_rows(case.pk, history)]
    if photos:
        Photo.objects.bulk_create(photos, batch_size=_BATCH)
    search.add(cases)
    return list(zip(cases, receipts, strict=True))


def opening(new: NewCase) -> dict[str, Any]:
    """What the first event keeps of the report."""
    kept: dict[str, Any] = {"digest": report_digest(new.title, new.text, new.form), "channel": new.channel}
    if new.photos:
        kept["photos"] = [photo.digest for photo in new.photos]
    return kept


def facts_of(case: Case, clocks: Iterable[CaseClock]) -> CaseFacts:
    """The case as the engine sees it. No query."""
    ledger = case.ledger
    return CaseFacts(
        state=case.state,
        before=case.before,
        owner_unit=case.owner_unit_id,
        unit=case.unit_id,
        handler=case.handler_id,
        helpers=tuple(ledger.get("helpers", ())),
        former=tuple(ledger.get("former", ())),
        facts={name: at for name in FACTS if (at := getattr(case, f"{name}_at")) is not None},
        kept=ledger.get("kept", {}),
        hands={action: tuple(accounts) for action, accounts in ledger.get("hands", {}).items()},
        times=ledger.get("times", {}),
        pending=ledger.get("pending", {}),
        granted=tuple(ledger.get("granted", ())),
        clocks={row.code: ClockState.from_data(row.data) for row in clocks},
        merged_into=ledger.get("merged_into"),
        changed_at=case.changed_at,
        opened_at=case.opened_at,
    )


def columns(facts: CaseFacts, rules: ResolvedType) -> dict[str, Any]:
    """The columns of a case that follow from its facts."""
    state = rules.lifecycle.states[facts.state]
    soonest = min(facts.running(), key=lambda clock: clock.due_at, default=None)
    rated = "rated" in facts.facts
    return {
        "state": facts.state,
        "before": facts.before,
        "phase": state.phase,
        "outcome": state.outcome or "",
        "owner": state.owner,
        "owner_unit_id": facts.owner_unit,
        "unit_id": facts.unit,
        "handler_id": facts.handler,
        "waiting": next(iter(facts.pending), ""),
        "changed_at": facts.changed_at,
        **{f"{name}_at": facts.facts.get(name) for name in FACTS},
        "due_at": soonest.due_at if soonest else None,
        "due_clock": soonest.code if soonest else "",
        "complained_of_id": facts.kept.get("complained_of"),
        "leader_id": facts.kept.get("leader", {}).get("id"),
        "amount": _fen(facts.kept.get("amount")),
        "people": _whole(facts.kept.get("people")),
        "answer": facts.kept.get("answer", ""),
        # A rating counts until the matter is opened again; the timeline keeps it for good.
        "rating": facts.kept.get("rating", "") if rated else "",
        "rating_reason": facts.kept.get("rating_reason", "") if rated else "",
        "excluded": "exclusion" in facts.granted,
        "ledger": {
            "helpers": list(facts.helpers),
            "former": list(facts.former),
            "hands": {action: list(accounts) for action, accounts in facts.hands.items()},
            "times": facts.times,
            "pending": facts.pending,
            "granted": list(facts.granted),
            "kept": facts.kept,
            "merged_into": facts.merged_into,
        },
    }


def _fen(yuan: float | None) -> int | None:
    """Yuan as they are filled in, in the smallest coin: sums of it are exact."""
    return round(Decimal(str(yuan)) * 100) if yuan is not None else None


def _whole(number: float | None) -> int | None:
    return int(number) if number is not None else None


def event_rows(case_id: int, events: Sequence[Event], *, after: int = 0, previous: str = FIRST) -> list[CaseEvent]:
    """`events` as rows that follow on event number `after`, whose hash is `previous`."""
    rows = []
    for seq, event in enumerate(events, start=after + 1):
        digest = event_hash(previous, case_id, seq, event)
        rows.append(
            CaseEvent(
                case_id=case_id,
                seq=seq,
                action=event.action,
                at=event.at,
                by_kind=event.by.kind,
                by_name=event.by.name,
                by_account_id=event.by.account,
                by_unit_id=event.by.unit,
                by_post_zh=event.by.post_zh,
                by_post_en=event.by.post_en,
                given=event.given,
                changes=event.changes,
                previous=previous,
                hash=digest,
            )
        )
        previous = digest
    return rows


def event_of(row: CaseEvent) -> Event:
    by = Doer(row.by_kind, row.by_name, row.by_account_id, row.by_unit_id, row.by_post_zh, row.by_post_en)
    return Event(row.action, row.at, by, row.given, row.changes)


def clock_row(case_id: int, clock: ClockState) -> CaseClock:
    return CaseClock(
        case_id=case_id,
        code=clock.code,
        status=clock.status,
        started_at=clock.started_at,
        due_at=clock.due_at,
        stopped_at=clock.stopped_at,
        missed=clock.missed,
        alarm_at=clock.alarm_at,
        provisional_year=clock.provisional_year,
        data=clock.as_data(),
    )


def store_clocks(case_id: int, clocks: Iterable[ClockState]) -> None:
    rows = [clock_row(case_id, clock) for clock in clocks]
    if rows:
        CaseClock.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["case", "code"], update_fields=_CLOCK_COLUMNS
        )


def is_open(case: Case) -> bool:
    return case.phase != "closed"


def involvement_rows(case_id: int, facts: CaseFacts, still_open: bool) -> list[Involvement]:
    parts = dict.fromkeys(facts.former, Involvement.Part.FORMER) | dict.fromkeys(facts.helpers, Involvement.Part.HELPER)
    if facts.unit is not None:
        parts[facts.unit] = Involvement.Part.HOLDER
    return [Involvement(case_id=case_id, unit_id=unit, part=part, open=still_open) for unit, part in parts.items()]


def store_involvement(case_id: int, facts: CaseFacts, still_open: bool) -> None:
    """A unit that was once involved stays so: rows are added or change, none goes."""
    rows = involvement_rows(case_id, facts, still_open)
    if rows:
        Involvement.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["case", "unit"], update_fields=["part", "open"]
        )


def store_attached(
    case_id: int,
    photos: Mapping[str, Sequence[KeptPhoto]],
    files: Mapping[str, Sequence[KeptFile]],
    public: Collection[str],
    at: datetime,
) -> None:
    """What came with an event, by name of the field in which it was added."""
    pictures = [_photo_row(case_id, one, name, name in public, at) for name, kept in photos.items() for one in kept]
    if pictures:
        Photo.objects.bulk_create(pictures)
    papers = [
        CaseFile(case_id=case_id, digest=one.digest, name=one.name, size=one.size, stage=name, at=at)
        for name, kept_files in files.items()
        for one in kept_files
    ]
    if papers:
        CaseFile.objects.bulk_create(papers)


def receipt_marks(code: str, phone: str, submission_key: str) -> dict[str, str]:
    return {
        "code_mark": fingerprint(written_code(code)),
        "phone_mark": fingerprint(phone) if phone else "",
        "submission_mark": fingerprint(submission_key),
    }


def _case_row(history: History) -> Case:
    new = history.new
    row: dict[str, Any] = {
        "definition_id": new.version.id,
        "type": new.version.rules.type.code,
        "group": new.version.rules.matter_class.code,
        "confidential": new.confidential,
        "public": new.public,
        "address": new.address,
        "lat": new.lat,
        "lng": new.lng,
        "area_path": new.area_path,
        "place_code": new.place_code,
    }
    for event in history.events:
        row |= event.changes.get("row", {})
    return Case(
        channel=new.channel,
        title=new.title,
        text=new.text,
        form=new.form,
        opened_at=history.events[0].at,
        version=len(history.events),
        merged_into_id=id_in(history.case.merged_into) if history.case.merged_into else None,
        **row,
        **columns(history.case, history.setting.rules),
        urgency=history.case.kept.get("urgency", new.urgency),
    )


def _case_rows(histories: Sequence[History]) -> list[Case]:
    news = [history.new for history in histories]
    named = [name_in(new.version.rules.type.form, new.form) for new in news]
    rows = [_case_row(history) for history in histories]
    for row, enterprise in zip(rows, enterprises_of(named, [new.enterprise for new in news]), strict=True):
        row.enterprise_id = enterprise
    return rows


def _first_receipt(case: Case, history: History) -> Receipt:
    return _receipt(case, history.new.reporter, at=case.opened_at, channel=case.channel)


def _joined_receipt(case: Case, joined: Joined) -> Receipt:
    receipt = _receipt(case, joined.reporter, at=joined.at, channel=joined.channel)
    receipt.joined, receipt.words = True, joined.words
    receipt.rating, receipt.rating_reason, receipt.rated_at = joined.rating, joined.rating_reason, joined.rated_at
    return receipt


def _receipt(case: Case, reporter: Reporter, *, at: datetime, channel: str) -> Receipt:
    return Receipt(
        case_id=case.pk,
        channel=channel,
        at=at,
        code=reporter.code,
        name=reporter.name or None,
        phone=reporter.phone or None,
        outside_number=reporter.outside_number,
        **receipt_marks(reporter.code, reporter.phone, reporter.submission_key),
    )


def _photo_rows(case_id: int, history: History) -> list[Photo]:
    return [_photo_row(case_id, photo, stage, public, at) for stage, public, at, photo in history.photos]


def _photo_row(case_id: int, kept: KeptPhoto, stage: str, public: bool, at: datetime) -> Photo:
    return Photo(
        case_id=case_id,
        digest=kept.digest,
        width=kept.width,
        height=kept.height,
        size=kept.size,
        stage=stage,
        public=public,
        at=at,
    )
