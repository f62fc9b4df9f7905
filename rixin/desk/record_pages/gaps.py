"""Daily returns of the last weeks at a glance: which are there, which are missing or late, and where it was closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue.periods import Period
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries
from rixin.records.chasing import chase_after
from rixin.records.due import Duty, due_on, duties
from rixin.records.models import Record, Status

DAYS = 31
Cell_ = Literal["there", "draft", "missing", "late", "closed", "none"]


@dataclass(frozen=True)
class Cell:
    """One day of one line. `address`: of the record or of its form; "" where there is nothing to open."""

    day: date
    state: Cell_
    says: str
    address: str


@dataclass(frozen=True)
class Gaps:
    name: str
    owner: str
    code: str
    cells: list[Cell]

    @property
    def late(self) -> int:
        return sum(cell.state == "late" for cell in self.cells)

    @property
    def missing(self) -> int:
        return sum(cell.state in ("late", "missing") for cell in self.cells)


@case_staff
@never_cache
@require_GET
def gaps(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    owed = [duty for duty in duties(request.staff, today) if duty.version.type.period == "day"]
    days = [today - timedelta(days=nth) for nth in range(DAYS, 0, -1)]
    lines = _lines(request.staff, owed, days, today)
    context = {
        "section": "records",
        "days": days,
        "lines": lines,
        "late": sum(line.late for line in lines),
        "rules": [
            (duty.version.type.name.here(), chase_after(duty.version.type))
            for duty in {duty.version.type.code: duty for duty in owed}.values()
        ],
    }
    return render(request, "records/gaps.html", context)


def _lines(staff: Staff, owed: list[Duty], days: list[date], today: date) -> list[Gaps]:
    """Two statements: what is there, and which of it the person may open."""
    if not owed:
        return []
    kinds = {duty.version.type.code for duty in owed}
    found = Record.objects.filter(type__in=kinds, day__range=(days[0], days[-1])).exclude(status=Status.WITHDRAWN)
    there = {(row.type, _owed_by(row), row.day): row for row in found}
    seen = set(queries.visible_to(staff).filter(pk__in=[row.pk for row in there.values()]).values_list("pk", flat=True))
    lines = [
        Gaps(
            duty.version.type.name.here(),
            duty.owner,
            duty.version.type.code,
            [_cell(duty, day, there.get((duty.version.type.code, duty.owed_by, day)), seen, today) for day in days],
        )
        for duty in owed
    ]
    return [line for line in lines if any(cell.state != "none" for cell in line.cells)]


def _owed_by(row: Record) -> str:
    return f"facility {row.facility_id}" if row.facility_id else row.area_path


def _cell(duty: Duty, day: date, record: Record | None, seen: set[int], today: date) -> Cell:
    if record is not None:
        address = record.get_absolute_url() if record.pk in seen else ""
        if record.status == Status.DRAFT:
            return Cell(day, "draft", _("{day}: waits for confirmation").format(day=day), address)
        return Cell(day, "there", _("{day}: there").format(day=day), address)
    period = Period.of("day", day)
    if duty.open_days is not None and not duty.open_days.holds(day, day):
        return Cell(day, "closed", _("{day}: closed").format(day=day), "")
    owed = any(one.period == period for one in duty.missing)
    if not (owed if duty.since is None else duty.asks_for(period)):
        return Cell(day, "none", _("{day}: not asked for").format(day=day), "")
    kind = duty.version.type
    about = {"day": day.isoformat(), "area": duty.area_path, "facility": duty.facility.pk if duty.facility else ""}
    address = f"{reverse('records:new', args=[kind.code])}?{urlencode(about)}"
    late = (today - due_on(kind, period)).days
    if late > 0:
        return Cell(day, "late", _("{day}: late by {n} days").format(day=day, n=late), address)
    return Cell(day, "missing", _("{day}: not there yet").format(day=day), address)
