"""Projects together: the list, the same along time, on the map and as a table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.desk import choices
from rixin.desk.project_pages import rows
from rixin.desk.project_pages.filters import LATE, ProjectFilter, read_filter
from rixin.desk.project_pages.finding import seen_project
from rixin.desk.project_pages.gantt import gantt
from rixin.desk.sheet_answers import xlsx_answer
from rixin.desk.views.common import case_staff, page_number, same_query
from rixin.people import units
from rixin.people.staff import Staff, StaffRequest
from rixin.programmes import queries
from rixin.programmes.models import Payment, Project, Status
from rixin.registers.amounts import yuan
from rixin.sheet_writing import Cell

PAGE = 40
MOST_DRAWN = 80
"""Projects of one chart or map."""
MOST_IN_A_TABLE = 5_000
_STATES = {
    "": pgettext_lazy("projects", "All"),
    Status.OPEN.value: Status.OPEN.label,
    LATE: gettext_lazy("Late"),
    Status.DONE.value: Status.DONE.label,
    Status.STOPPED.value: Status.STOPPED.label,
}


def frame(view: str) -> dict[str, Any]:
    """What every page of projects shows around its own part."""
    return {"section": "life", "tab": "projects", "view": view}


def _asked(request: StaffRequest) -> tuple[ProjectFilter, QuerySet[Project]]:
    asked = read_filter(request.GET)
    return asked, asked.apply(queries.visible_to(request.staff), timezone.localdate())


def _around(staff: Staff, asked: ProjectFilter, found: QuerySet[Project], view: str) -> dict[str, Any]:
    """Filters and sums above every view of projects."""
    known = queries.visible_to(staff).order_by()
    kinds = {code: one.kind.name.here() for code, one in versions.programmes().items()}
    of_units = known.values_list("unit", flat=True).distinct()
    used = sorted((units.by_id(pk) for pk in of_units), key=lambda unit: unit.code)
    return {
        **frame(view),
        "filter": asked,
        "late_query": asked.query(state=LATE),
        "kinds": kinds,
        "years": {str(year): str(year) for year in sorted(set(known.values_list("year", flat=True)), reverse=True)},
        "units": {unit.code: unit.name for unit in used},
        "areas": choices.areas(staff),
        "states": _STATES,
        "sums": _sums(found),
        "may_open": bool(queries.kinds_to_open(staff)),
    }


def _sums(found: QuerySet[Project]) -> dict[str, Any]:
    counted = found.order_by().aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(status=Status.DONE)), budget=Sum("budget")
    )
    late = queries.waiting_since(timezone.localdate()).filter(project__in=found.order_by().values("pk"))
    payments = Payment.objects.filter(project__in=found.order_by().values("pk"), taken_back=False)
    return {
        "all": counted["all"],
        "done": counted["done"],
        "late": late.order_by().values("project").distinct().count(),
        "budget": yuan(counted["budget"] or 0),
        "paid": yuan(payments.aggregate(sum=Sum("amount"))["sum"] or 0),
    }


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    (asked, found), page = _asked(request), page_number(request)
    shown = rows.lines(found[(page - 1) * PAGE : page * PAGE + 1], timezone.localdate())
    context = {
        **_around(request.staff, asked, found, "list"),
        "lines": shown[:PAGE],
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
    }
    return render(request, "projects/index.html", context)


@case_staff
@never_cache
@require_GET
def along_time(request: StaffRequest) -> HttpResponse:
    asked, found = _asked(request)
    today = timezone.localdate()
    lines = rows.lines(found.order_by("opened_on", "pk")[: MOST_DRAWN + 1], today)
    context = {
        **_around(request.staff, asked, found, "gantt"),
        "gantt": gantt(lines[:MOST_DRAWN], today),
        "most": MOST_DRAWN if len(lines) > MOST_DRAWN else 0,
        "today": today,
    }
    return render(request, "projects/gantt.html", context)


@case_staff
@never_cache
@require_GET
def on_map(request: StaffRequest) -> HttpResponse:
    asked, found = _asked(request)
    lines = rows.lines(found[: MOST_DRAWN + 1], timezone.localdate())
    context = {
        **_around(request.staff, asked, found, "map"),
        "lines": lines[:MOST_DRAWN],
        "most": MOST_DRAWN if len(lines) > MOST_DRAWN else 0,
        "within": choices.own_areas(request.staff),
    }
    return render(request, "projects/map.html", context)


@case_staff
@require_GET
def pins(request: StaffRequest) -> JsonResponse:
    _filter, found = _asked(request)
    return _features(rows.lines(found[:MOST_DRAWN], timezone.localdate()))


@case_staff
@require_GET
def pin(request: StaffRequest, pk: int) -> JsonResponse:
    """Of one project."""
    found = seen_project(request.staff, pk)
    return _features([rows.line(found, timezone.localdate(), 0)])


def _features(lines: Iterable[rows.Line]) -> JsonResponse:
    features = [rows.pin(line) for line in lines if line.project.lat is not None]
    answer = JsonResponse({"type": "FeatureCollection", "features": features})
    answer["Cache-Control"] = "private, no-store"
    return answer


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest) -> FileResponse:
    _filter, found = _asked(request)
    today = timezone.localdate()

    def written() -> Iterator[list[Cell]]:
        yield rows.heading()
        for one in rows.lines(found[:MOST_IN_A_TABLE], today):
            yield rows.row(one)

    return xlsx_answer(written(), f"projects-{today}")
