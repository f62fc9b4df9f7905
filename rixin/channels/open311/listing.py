"""Requests as everybody may read them. GET needs no key, so nothing of a person is in what it gives.

Only public matters with a position are there. The words of a report are given, redacted, where they came through this
interface; people who report by a printed code are promised that their words are shown to nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from rixin.cases.models import Case, Channel, id_in
from rixin.channels.nearby import public_kind, public_place, public_state
from rixin.channels.open311.errors import bad, unknown
from rixin.channels.open311.services import offered
from rixin.people import units
from rixin.privacy.masking import mask_address, masked

MOST = 1_000
SPAN = timedelta(days=90)
_COLUMNS = (
    *("id", "definition_id", "type", "text", "channel", "answer", "area_path", "place_code", "lat", "lng", "state"),
    *("phase", "unit_id", "owner_unit_id", "opened_at", "changed_at", "closed_at", "due_at", "public"),
)


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to. `ids` override all else."""

    ids: tuple[str, ...] | None
    codes: tuple[str, ...]
    phases: tuple[str, ...]
    first: datetime
    last: datetime
    page: int
    size: int


def read(given: Mapping[str, str], at: datetime) -> Asked:
    """Raises CallRefused with every parameter that cannot be read."""
    faults: list[str] = []
    last = _moment(given, "end_date", faults, at)
    first = _moment(given, "start_date", faults, last - SPAN)
    phases = _some(given, "status")
    if wrong := [said for said in phases if said not in ("open", "closed")]:
        faults.append(f"status must be open or closed, not {', '.join(wrong)[:40]}")
    page, size = _whole(given, "page", 1, faults), _whole(given, "page_size", MOST, faults)
    if first > last:
        faults.append("start_date is after end_date")
    if faults:
        raise bad(faults)
    codes = _some(given, "service_code")
    if codes and not set(codes) & set(offered()):
        raise unknown(f"service_code not found: {', '.join(codes)[:64]}")
    ids = _some(given, "service_request_id")
    return Asked(ids or None, codes, phases, max(first, last - SPAN), last, page, min(size, MOST))


def _some(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.get(name, "").split(",") if part.strip())


def _whole(given: Mapping[str, str], name: str, otherwise: int, faults: list[str]) -> int:
    said = given.get(name, "")
    if not said:
        return otherwise
    if said.isascii() and said.isdigit() and 0 < int(said[:9]) < 1_000_000:
        return int(said)
    faults.append(f"{name} must be a number from 1")
    return otherwise


def _moment(given: Mapping[str, str], name: str, faults: list[str], otherwise: datetime) -> datetime:
    """W3C: a day, or a day and a time; without a zone it is ours."""
    said = given.get(name, "").replace(" ", "+")
    if not said:
        return otherwise
    try:
        moment = parse_datetime(said)
        if moment is None and (day := parse_date(said)) is not None:
            moment = datetime.combine(day, datetime.min.time())
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone())
    except (ValueError, OverflowError):
        pass
    faults.append(f"{name} must be a date and time as in 2026-01-31T08:00:00+08:00")
    return otherwise


def public() -> QuerySet[Case]:
    """The matters that this interface may speak of."""
    known = Case.objects.filter(public=True, confidential=False, lat__isnull=False, lng__isnull=False)
    return known.filter(type__in=offered()).only(*_COLUMNS)


def requests(asked: Asked) -> list[dict[str, Any]]:
    """The newest first. One statement."""
    if asked.ids is not None:
        wanted = {pk for said in asked.ids[:MOST] if (pk := id_in(said)) is not None}
        return [told(case) for case in public().filter(pk__in=wanted).order_by("-opened_at", "-pk")]
    rows = public().filter(opened_at__gte=asked.first, opened_at__lte=asked.last)
    if asked.codes:
        rows = rows.filter(type__in=asked.codes)
    if asked.phases:
        rows = rows.filter(_phase(asked.phases))
    begin = (asked.page - 1) * asked.size
    return [told(case) for case in rows.order_by("-opened_at", "-pk")[begin : begin + asked.size]]


def _phase(phases: Iterable[str]) -> Q:
    closed, said = Q(phase="closed"), set(phases)
    return Q() if said == {"open", "closed"} else closed if said == {"closed"} else ~closed


def one(number: str) -> Case:
    """Raises CallRefused: what is not public is not found, so that its existence is not told."""
    pk = id_in(number)
    found = public().filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise unknown(f"service_request_id not found: {number[:40]}")
    return found


def told(case: Case) -> dict[str, Any]:
    """Every key is always there: clients count on it."""
    own = case.channel == Channel.OPEN311
    closed = case.phase == "closed"
    notes = [public_state(case), redacted(case.answer) if own and closed else ""]
    return {
        "service_request_id": case.number,
        "status": "closed" if closed else "open",
        "status_notes": " ".join(filter(None, notes)),
        "service_name": public_kind(case),
        "service_code": case.type,
        "description": redacted(case.text) if own else f"{public_kind(case)}：{public_place(case)}",
        "agency_responsible": units.by_id(case.unit_id or case.owner_unit_id).name,
        "service_notice": None,
        "requested_datetime": moment(case.opened_at),
        "updated_datetime": moment(case.closed_at if closed and case.closed_at else case.changed_at),
        "expected_datetime": moment(case.due_at) if case.due_at else None,
        "address": public_place(case),
        "address_id": case.place_code or None,
        "zipcode": None,
        "lat": case.lat,
        "long": case.lng,
        "media_url": None,
    }


def redacted(text: str) -> str:
    return mask_address(masked(text))


def moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")
