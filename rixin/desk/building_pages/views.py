"""Office buildings on a day: the list, the same as a table and on the map, and one building floor by floor."""

from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk import choices
from rixin.desk.building_pages import history, listing, plan, taxes, wording
from rixin.desk.building_pages.finding import seen_building
from rixin.desk.views.common import case_staff, page_number, same_query, spreadsheet
from rixin.people.staff import Staff, StaffRequest
from rixin.places import gazetteer
from rixin.registers import queries, rates, survey
from rixin.registers.models import Building
from rixin.registers.occupancy import Occupancy, occupancy
from rixin.registers.taxes import building_taxes_of, last_full_year
from rixin.sheet_writing import xlsx

QUARTERS = 12
EVENTS = 15


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    day = _day(request)
    sort = request.GET.get("sort", "")
    found = survey.survey(list(queries.buildings_visible_to(request.staff)), day)
    lines = found.lines
    context = {
        "section": "economy",
        "day": day,
        "today": timezone.localdate(),
        "sort": sort if sort in listing.SORTS else "",
        "sorts": [(code, name) for code, (name, _by) in listing.SORTS.items()],
        "rows": [listing.row(line) for line in listing.sorted_lines(lines, sort)],
        "totals": listing.totals(lines),
        "year": day.year,
        "full_year": found.full_year,
        "soon": survey.SOON,
        "on_map": any(line.building.lat is not None for line in lines),
        "within": choices.own_areas(request.staff),
        "may_keep": queries.keeps(request.staff),
        "same": same_query(request),
    }
    return render(request, "buildings/index.html", context)


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest) -> HttpResponse:
    day, out = _day(request), BytesIO()
    found = survey.survey(list(queries.buildings_visible_to(request.staff)), day)
    with xlsx(out) as sheet:
        sheet.row(listing.table_heading(found.full_year, day))
        for line in listing.sorted_lines(found.lines, request.GET.get("sort", "")):
            sheet.row(listing.table_line(line))
        sheet.row(listing.table_total(found.lines, day))
    return spreadsheet(out.getvalue(), f"buildings-{day}.xlsx")


@case_staff
@require_GET
def pins(request: StaffRequest) -> JsonResponse:
    placed = list(queries.buildings_visible_to(request.staff).filter(lat__isnull=False))
    features = [listing.pin(line) for line in survey.survey(placed, _day(request)).lines]
    answer = JsonResponse({"type": "FeatureCollection", "features": features})
    answer["Cache-Control"] = "private, no-store"
    return answer


@case_staff
@never_cache
@require_GET
def building(request: StaffRequest, code: str) -> HttpResponse:
    found, day = seen_building(request.staff, code), _day(request)
    taxed = building_taxes_of([found])
    year = last_full_year(taxed, day)
    colourings = _colourings(request.staff, year)
    by = request.GET.get("by", "") if request.GET.get("by", "") in colourings else "vacancy"
    now = occupancy(found, day, tax_year=year)
    context = {
        "section": "economy",
        "building": found,
        "place": gazetteer.current().label(found.area_path),
        "day": day,
        "today": timezone.localdate(),
        "by": by,
        "colourings": colourings.items(),
        "coloured": colourings[by],
        "as_table": request.GET.get("view") == "table",
        "plan": plan.plan(now, by, _opened(request.staff, now)),
        "may_keep": queries.may_keep(request.staff, found.area_path),
        **_sums(now),
        "taxes": taxes.years(taxed),
        "course": history.course(rates.rates(found, rates.quarter_ends(day, QUARTERS))),
        **_events(request, found),
    }
    return render(request, "buildings/building.html", context)


def _sums(now: Occupancy) -> dict[str, Any]:
    return {
        "now": now,
        "vacancy": wording.percent(now.vacancy),
        "local": wording.percent(now.local_rate),
        "ending": survey.ending(now),
        "soon": survey.SOON,
    }


def _events(request: StaffRequest, found: Building) -> dict[str, Any]:
    page = page_number(request)
    shown = list(history.events(found)[(page - 1) * EVENTS : page * EVENTS + 1])
    return {
        "events": [history.told(event, found) for event in shown[:EVENTS]],
        "earlier": same_query(request, page=str(page + 1)) if len(shown) > EVENTS else "",
        "page": page,
    }


def _colourings(staff: Staff, year: int) -> dict[str, str]:
    """By what the person may have the plan coloured: single payments are not for everybody."""
    names = {code: str(name) for code, name in plan.COLOURINGS.items()}
    return {**names, "tax": _("Tax of {year}").format(year=year)} if queries.sees_money(staff) else names


def _opened(staff: Staff, now: Occupancy) -> set[int]:
    return set(queries.visible_to(staff).filter(pk__in=now.tenants).values_list("pk", flat=True))


def _day(request: StaffRequest) -> date:
    return wording.read_day(request.GET.get("day", ""), timezone.localdate())
