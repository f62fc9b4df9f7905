"""A planned rebuild thought through: nothing is saved until somebody says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.catalogue.dates import day_text
from rixin.desk.building_pages import wording
from rixin.desk.building_pages.finding import DONE, seen_building, tried
from rixin.desk.building_pages.rebuild_form import RebuildForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.people.staff import Staff, StaffRequest
from rixin.registers import queries, rebuilding
from rixin.registers.models import Building
from rixin.registers.occupancy import Occupancy, taxes_paid
from rixin.registers.offering import free_rooms
from rixin.registers.rates import rates
from rixin.registers.rebuild import Foreseen, Mover, Paid, Plan, foresee, per_metre
from rixin.registers.taxes import building_taxes_of, last_full_year


@dataclass(frozen=True)
class Step:
    """Lettable area before, during or after. `filled`: per cent of the largest."""

    name: str
    area: int
    filled: int


@dataclass(frozen=True)
class Line:
    mover: Mover
    place: str
    open: bool
    """Whether the person may open the page of the enterprise."""
    late: bool
    """Whether its lease runs on after the rooms go."""


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def rebuild(request: StaffRequest, code: str) -> HttpResponse:
    found, at = seen_building(request.staff, code), timezone.now()
    today = timezone.localdate(at)
    may_save = queries.may_keep(request.staff, found.area_path)
    year, paid = _paid(found, today)
    form = RebuildForm(found, paid.per_metre, today, request.POST or None)
    context: dict[str, Any] = {"section": "economy", "building": found, "form": form, "may_save": may_save}
    status = 200
    if request.method == "POST":
        if "save" in request.POST and not may_save:
            raise Http404(_("You do not keep this building."))
        status = tried(form, lambda: context.update(_foreseen(request.staff, form, paid, year, today)))
        if status == DONE and "save" in request.POST:
            seen = whole_number(request.POST.get("seen", ""))
            status = tried(form, lambda: rebuilding.save(found, form.plan, by=request.staff.actor, at=at, seen=seen))
            if status == DONE:
                messages.success(request, _("Saved: the plan stands in the building's rooms from its days on."))
                return redirect(f"{found.get_absolute_url()}?day={form.plan.until_day}")
            found.refresh_from_db()
        status = 200 if status == DONE else status
    return render(request, "buildings/rebuild.html", context, status=status)


def _paid(building: Building, today: date) -> tuple[int, Paid]:
    """The last full year, and what the building's tenants paid in it together."""
    taxed = building_taxes_of([building])
    year = last_full_year(taxed, today)
    tax = next((one.amount for one in taxed if one.year == year), None)
    (then,) = rates(building, [date(year, 12, 31)])
    return year, Paid(building=tax, per_metre=None if tax is None else per_metre(tax, then.area - then.free))


def _foreseen(staff: Staff, form: RebuildForm, paid: Paid, year: int, today: date) -> dict[str, Any]:
    plan, there = form.plan, form.there
    assert there is not None  # noqa: S101 - a valid form has it
    buildings = {one.pk: one for one in queries.buildings_visible_to(staff)}
    if paid.building is not None and queries.sees_money(staff):
        tenants = taxes_paid(there.tenants, year)
        paid = Paid(building=paid.building, per_metre=paid.per_metre, tenants=tenants)
    found = foresee(plan, there, free_rooms(buildings.values(), today), paid)
    return {
        "found": found,
        "plan": plan,
        "steps": _steps(found),
        "lines": _lines(staff, found, plan, buildings),
        "money": {
            name: wording.money(getattr(found, name))
            for name in (
                "at_stake",
                "at_stake_unplaced",
                "yearly_before",
                "yearly_staying",
                "yearly_coming",
                "yearly_after",
            )
        },
        "share": wording.percent(plan.let_share),
        "assumptions": _assumptions(plan, found, paid, there, year),
    }


def _steps(found: Foreseen) -> list[Step]:
    most = max(found.before, found.during, found.after, 1)
    named = (
        (_("Before the rebuild"), found.before),
        (_("During the rebuild"), found.during),
        (_("After the rebuild"), found.after),
    )
    return [Step(name, area, round(100 * area / most)) for name, area in named]


def _lines(staff: Staff, found: Foreseen, plan: Plan, buildings: dict[int, Building]) -> list[Line]:
    tenants = {mover.tenant.enterprise for mover in found.movers}
    opened = set(queries.visible_to(staff).filter(pk__in=tenants).values_list("pk", flat=True))
    return [
        Line(
            mover=mover,
            place=f"{buildings[mover.place.building].name} {mover.place.number}" if mover.place else "",
            open=mover.tenant.enterprise in opened,
            late=mover.tenant.lease_end is not None and mover.tenant.lease_end >= plan.from_day,
        )
        for mover in found.movers
    ]


def _assumptions(plan: Plan, found: Foreseen, paid: Paid, there: Occupancy, year: int) -> list[str]:
    """Everything that the figures take for granted, in words."""
    said = [
        _("Rooms and tenants are those that are known today for {day}. A lease that runs out before is taken to be "
          "renewed.").format(day=day_text(there.day)),
        _("Who must move is placed into rooms that are free today in the buildings that you see, whole and of the same "
          "use, the largest first. Whether a room suits otherwise, and its rent, are not looked at."),
    ]  # fmt: skip
    if paid.tenants is not None:
        said.append(
            _("Tax at stake is what those who must move paid in {year}, for {days} of 365 days. All that such a tenant "
              "paid counts, also where it keeps other rooms.").format(year=year, days=found.days)
        )  # fmt: skip
    elif paid.per_metre is not None:
        said.append(
            _("Tax at stake is estimated by area: {tax} a year and let m², which is what this building brought in "
              "{year}, for {days} of 365 days.").format(tax=wording.money(paid.per_metre), year=year, days=found.days)
        )  # fmt: skip
    else:
        said.append(_("Nothing is known of what this building brought in {year}.").format(year=year))
    said += [
        _("Those who stay go on paying as in {year}.").format(year=year),
        _("From {day} on {share} of the new area are let, and bring {tax} a year and let m². How long it takes to let "
          "them is not looked at.").format(
            day=day_text(plan.until_day), share=wording.percent(plan.let_share), tax=wording.money(plan.tax_per_metre)
        ),
    ]  # fmt: skip
    return said
