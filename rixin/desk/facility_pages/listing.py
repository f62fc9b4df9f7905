"""The list of facilities as of a day: on a page, as a table and on the map."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import Count
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk import choices
from rixin.desk.facility_pages import wording
from rixin.desk.facility_pages.finding import EVERY, FOLDERS, Wanted, found, states_of
from rixin.desk.views.common import case_staff, page_number, spreadsheet
from rixin.facilities import queries, sheet
from rixin.facilities.models import Facility
from rixin.facilities.wording import community
from rixin.people.staff import StaffRequest
from rixin.sheet_writing import xlsx

PAGE_SIZE = 50
_MOST_PINS = 1_000


@dataclass(frozen=True)
class Row:
    facility: Facility
    kind: str
    level: str
    place: str
    state: str
    tone: str
    stars: str
    area: int | None


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    today, page = timezone.localdate(), page_number(request)
    wanted = Wanted.read(request.GET, today)
    seen = list(found(request.staff, wanted)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
    context = {
        "section": "life",
        "wanted": wanted,
        "today": today,
        "folders": _folders(request, wanted, today),
        "kinds": wording.kinds_by_group(),
        "groups": {code: group.name.here() for code, group in queries.groups().items()},
        "areas": choices.areas(request.staff),
        "rows": [row(facility) for facility in seen[:PAGE_SIZE]],
        "keeps": bool(queries.kept_kinds(request.staff)),
        "same": wanted.query(today),
        "before": wanted.query(today, page=str(page - 1)) if page > 1 else "",
        "after": wanted.query(today, page=str(page + 1)) if len(seen) > PAGE_SIZE else "",
        "within": choices.own_areas(request.staff),
    }
    return render(request, "facilities/index.html", context)


def _folders(request: StaffRequest, wanted: Wanted, today: date) -> list[dict[str, Any]]:
    """All and each state, with how many there are and the address that shows them. One statement."""
    rows: Any = found(request.staff, wanted, any_state=True)
    counted = rows.order_by().values("state_then").annotate(n=Count("pk"))
    counts = {row["state_then"]: row["n"] for row in counted}
    return [
        {
            "name": str(name),
            "url": wanted.query(today, state=code),
            "current": code == wanted.state,
            "count": sum(count for state, count in counts.items() if code == EVERY or state in states_of(code)),
        }
        for code, name in FOLDERS.items()
    ]


def row(facility: Facility) -> Row:
    then = vars(facility)
    return Row(
        facility=facility,
        kind=wording.kind(facility.kind),
        level=wording.level(facility.kind, facility.level) if facility.level else "",
        place=community(facility.area_path),
        state=wording.state(then["state_then"]),
        tone=wording.TONES[then["state_then"]],
        stars=wording.stars(then["stars_then"]),
        area=then["area_then"],
    )


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest) -> HttpResponse:
    """The list as it is narrowed, with the headings by which a table is read in again."""
    wanted, out = Wanted.read(request.GET, timezone.localdate()), BytesIO()
    with xlsx(out) as into:
        into.row(sheet.headings())
        for facility in found(request.staff, wanted):
            into.row(sheet.line(facility, wanted.day))
    return spreadsheet(out.getvalue(), f"facilities-{wanted.day:%Y%m%d}.xlsx")


@case_staff
@require_GET
def pins(request: StaffRequest) -> JsonResponse:
    wanted = Wanted.read(request.GET, timezone.localdate())
    placed = found(request.staff, wanted).filter(lat__isnull=False)[:_MOST_PINS]
    features = [wording.pin(one, vars(one)["state_then"], one.get_absolute_url()) for one in placed]
    answer = JsonResponse({"type": "FeatureCollection", "features": features})
    answer["Cache-Control"] = "private, no-store"
    return answer
