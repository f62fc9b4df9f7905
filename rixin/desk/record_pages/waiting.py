"""What waits for the person: drafts to be confirmed, returns that are due."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.desk.record_pages import listing
from rixin.desk.views.common import case_staff
from rixin.metrics import wording
from rixin.people.staff import Staff, StaffRequest
from rixin.records import actions, queries
from rixin.records.actions import ChangedMeanwhile, EntryRefused
from rixin.records.due import Duty, Missing, duties
from rixin.records.models import Record

PAGE = 100
_FIRST = 7


@dataclass(frozen=True)
class Draft:
    record: Record
    name: str
    area: str
    unit: str
    says: list[tuple[str, str]]
    chosen: str
    """Its number with the version that is shown."""


@dataclass(frozen=True)
class DutyLine:
    name: str
    code: str
    area: str
    facility: str
    unit: str
    last: date | None
    shown: list[tuple[Missing, str, str]]
    """(what is missing, its period in words, as it is filled in)"""
    earlier: list[tuple[Missing, str, str]]
    late: int


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def to_confirm(request: StaffRequest) -> HttpResponse:
    """Drafts, the oldest first; several are confirmed at once, each as it was shown."""
    refused: list[tuple[Record, str]] = []
    if request.method == "POST":
        done, refused = _confirm(request.staff, request.POST.getlist("chosen"))
        if done:
            said = ngettext("%(n)d is confirmed and counts.", "%(n)d are confirmed and count.", done)
            messages.success(request, said % {"n": done})
        if not refused:
            return redirect("records:to_confirm")
    waiting = queries.to_confirm(request.staff)
    drafts = [_draft(record) for record in waiting.order_by("day", "pk")[:PAGE]]
    context = {
        "section": "records",
        "drafts": drafts,
        "count": waiting.count(),
        "refused": [(_draft(record), why) for record, why in refused],
    }
    return render(request, "records/to_confirm.html", context, status=409 if refused else 200)


@case_staff
@never_cache
@require_GET
def due(request: StaffRequest) -> HttpResponse:
    """Which returns are missing, by kind, area and period; each leads to its form."""
    today = timezone.localdate()
    lines = [_line(duty) for duty in duties(request.staff, today)]
    context: dict[str, Any] = {
        "section": "records",
        "owing": sorted((line for line in lines if line.shown), key=lambda line: -line.late),
        "settled": [line for line in lines if not line.shown],
        "today": today,
    }
    return render(request, "records/due.html", context)


def late_returns(staff: Staff) -> int:
    return sum(duty.late for duty in duties(staff, timezone.localdate()))


def _confirm(staff: Staff, chosen: list[str]) -> tuple[int, list[tuple[Record, str]]]:
    seen = dict(one.split(".", 1) for one in chosen if one.replace(".", "", 1).isdecimal() and "." in one)
    done, refused = 0, []
    for record in queries.to_confirm(staff).filter(pk__in=[int(pk) for pk in seen if len(pk) < 18]):
        try:
            actions.confirm(record, by=staff.actor, at=timezone.now(), seen=int(seen[str(record.pk)]))
            done += 1
        except (EntryRefused, ChangedMeanwhile) as why:
            refused.append((record, str(why.message)))
    return done, refused


def _draft(record: Record) -> Draft:
    row = listing.row_of(record)
    return Draft(record, row.name, row.area, row.unit, listing.values_of(record), f"{record.pk}.{record.version}")


def _line(duty: Duty) -> DutyLine:
    kind = duty.version.type
    gone = [(one, wording.period(one.period), str(one.period)) for one in duty.missing]
    return DutyLine(
        name=kind.name.here(),
        code=kind.code,
        area=duty.area_path,
        facility=str(duty.facility.pk) if duty.facility else "",
        unit=duty.owner,
        last=duty.last,
        shown=gone[-_FIRST:],
        earlier=gone[:-_FIRST],
        late=duty.late,
    )
