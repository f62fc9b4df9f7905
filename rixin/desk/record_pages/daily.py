"""The page on which a day's returns are entered quickly: one line each, one save for all."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.catalogue.periods import Period
from rixin.desk.views.common import case_staff
from rixin.metrics import wording
from rixin.people.staff import Staff, StaffRequest
from rixin.records import daily
from rixin.records.daily import Line, Outcome
from rixin.records.entry import shown
from rixin.records.models import Record
from rixin.records.tables import headed
from rixin.sheets import Unreadable
from rixin.written_days import read_day

BACK = timedelta(days=400)


@dataclass(frozen=True)
class Input:
    name: str
    label: str
    typed: str
    before: str
    """Of the day before; "" where nothing is known."""
    fault: str
    odd: str
    """What is strange about it, as a question."""


@dataclass(frozen=True)
class Row:
    """A line as it is shown; `values` of one that is there already."""

    key: str
    owner: str
    inputs: list[Input]
    record: Record | None
    values: list[tuple[str, str]]
    """(heading, number)"""
    closed: bool
    fault: str
    zero: bool
    fresh: bool
    """Whether it was saved just now."""

    @property
    def sure(self) -> bool:
        """Whether it is asked back."""
        return any(one.odd for one in self.inputs)


@dataclass
class Table:
    """The lines of one kind of return."""

    name: str
    meaning: str
    code: str
    heads: list[str]
    rows: list[Row] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(row.record is None and not row.closed for row in self.rows)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    day, wrong = _day((request.POST if request.method == "POST" else request.GET).get("day", ""), today)
    lines = daily.lines(request.staff, day, today)
    if request.method != "POST" or wrong:
        return _page(request, day, lines, {}, wrong=wrong, status=422 if request.method == "POST" else 200)
    outcomes = _save(request.staff, lines, day, request.POST)
    saved = sum(outcome.saved is not None for outcome in outcomes.values())
    if any(outcome.is_open for outcome in outcomes.values()):
        fresh = daily.lines(request.staff, day, today)
        return _page(request, day, fresh, outcomes, data=request.POST, status=422)
    if saved:
        messages.success(request, ngettext("%(n)d return saved.", "%(n)d returns saved.", saved) % {"n": saved})
    else:
        messages.info(request, _("Nothing was typed, so nothing was saved. Nought is written as 0."))
    return redirect(f"{reverse('records:daily')}?day={day.isoformat()}")


def _day(given: str, today: date) -> tuple[date, str]:
    """The day asked for, by itself yesterday; and what is wrong with what was given."""
    last_due = today - timedelta(days=1)
    if not given:
        return last_due, ""
    try:
        day = read_day(given)
    except Unreadable as fault:
        return last_due, fault.message
    if day > today:
        return last_due, _("This day has not come yet.")
    if day < today - BACK:
        return last_due, _("This day is too long ago: use the form of a single return.")
    return day, ""


def _save(staff: Staff, lines: list[Line], day: date, data: QueryDict) -> dict[str, Outcome]:
    """What became of each line of which something was typed, by its key. What is there already stays."""
    at, once = timezone.now(), data.get("once", "")
    found = {}
    for line in lines:
        if line.record is not None or line.closed:
            continue
        typed = {one.name: data.get(f"{line.key}-{one.name}", "") for one in daily.numbers_of(line.kind)}
        sure, zero = f"sure-{line.key}" in data, f"zero-{line.key}" in data
        outcome = daily.save(line, typed, staff=staff, day=day, at=at, once=once, sure=sure, zero=zero)
        if outcome is not None:
            found[line.key] = outcome
    return found


def _page(
    request: StaffRequest,
    day: date,
    lines: list[Line],
    outcomes: dict[str, Outcome],
    *,
    data: QueryDict | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    tables: dict[str, Table] = {}
    for line in lines:
        kind = line.kind
        heads = [headed(one) for one in daily.numbers_of(kind)]
        table = tables.setdefault(kind.code, Table(kind.name.here(), kind.meaning.here(), kind.code, heads))
        table.rows.append(_row(line, outcomes.get(line.key), data))
    open_ = [outcome for outcome in outcomes.values() if outcome.is_open]
    context: dict[str, Any] = {
        "section": "records",
        "day": day,
        "day_name": wording.period(Period.of("day", day)),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < timezone.localdate() else None,
        "tables": list(tables.values()),
        "left": sum(table.left for table in tables.values()),
        "wrong": wrong,
        "saved": len(outcomes) - len(open_),
        "open": len(open_),
    }
    return render(request, "records/daily.html", context, status=status)


def _row(line: Line, outcome: Outcome | None, data: QueryDict | None) -> Row:
    asked = daily.numbers_of(line.kind)
    values = line.record.values if line.record else {}
    return Row(
        key=line.key,
        owner=line.duty.owner,
        inputs=[_input(line, one.name, outcome, data) for one in asked],
        record=line.record,
        values=[(headed(one), shown(one, values.get(one.name)) or wording.NONE) for one in asked],
        closed=line.closed,
        fault=outcome.faults.get("", "") if outcome else "",
        zero=data is not None and f"zero-{line.key}" in data,
        fresh=outcome is not None and outcome.saved is not None,
    )


def _input(line: Line, name: str, outcome: Outcome | None, data: QueryDict | None) -> Input:
    asked = next(one for one in daily.numbers_of(line.kind) if one.name == name)
    before = shown(asked, line.before.values.get(name)) if line.before else ""
    odd = ""
    if outcome and name in outcome.odd:
        usual = shown(asked, round(line.usual[name]))
        odd = _("Usually about {usual}. Is it right?").format(usual=usual)
    return Input(
        name=f"{line.key}-{name}",
        label=headed(asked),
        typed=data.get(f"{line.key}-{name}", "") if data is not None else "",
        before=before,
        fault=outcome.faults.get(name, "") if outcome else "",
        odd=odd,
    )
