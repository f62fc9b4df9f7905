"""The staff page of areas and places, and the import with its preview."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.people.access import staff_required
from rixin.people.roles import Role
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer, waiting
from rixin.places.answers import LONGEST_QUESTION, sources
from rixin.places.atlas import Atlas
from rixin.places.chain import KnownArea, KnownPlace
from rixin.places.forms import ImportForm
from rixin.places.models import Kind, Level
from rixin.places.reading import import_file
from rixin.places.report import ImportReport
from rixin.sheet_writing import Cell, csv_lines
from rixin.sheets import FileFault

MOST_PLACES = 200
COLUMNS = (
    *("code", "kind", "name_zh", "name_en", "aliases"),
    *("parent", "house_number", "address", "area", "lat", "lng", "retired_on"),
)


@staff_required()
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """`area` chooses an area by its code, `q` asks where a written address lies."""
    atlas = gazetteer.current()
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    context: dict[str, Any] = {
        "section": "places",
        "tree": _tree(atlas),
        "asked": asked,
        "found": atlas.suggest(asked) if asked else [],
        "may_import": request.staff.may(Role.ADMINISTRATOR),
        "sources": sources(atlas),
        **_chosen(atlas, request.GET.get("area", "")),
    }
    return render(request, "places/index.html", context)


def _tree(atlas: Atlas) -> list[dict[str, Any]]:
    """Sub-districts with their communities and grids; micro-grids are shown with their grid."""
    roots = [area for area in atlas.areas.values() if area.level == Level.SUBDISTRICT and not area.retired]
    return [_branch(atlas, root) for root in sorted(roots, key=lambda area: area.code)]


def _branch(atlas: Atlas, area: KnownArea) -> dict[str, Any]:
    parts = [] if area.level == Level.GRID else [_branch(atlas, part) for part in atlas.children(area.code)]
    return {"area": area, "parts": parts}


def _chosen(atlas: Atlas, code: str) -> dict[str, Any]:
    if not code:
        return {}
    if not (area := atlas.area(code)) or not (chain := atlas.chain_of(area.code)):
        raise Http404(_("No area has the code %(code)s.") % {"code": code[:40]})
    places = atlas.places_within(area.path)
    return {
        "area": area,
        "open": {above.code for above in chain.areas},
        "above": chain.areas[:-1],
        "level": Level(area.level).label,
        "parts": atlas.children(area.code),
        "places": [(place, Kind(place.kind).label) for place in places[:MOST_PLACES]],
        "place_count": len(places),
        "center": f"{area.position.lat},{area.position.lng}" if area.position else "",
        "zoom": {Level.SUBDISTRICT: 13.2, Level.COMMUNITY: 14.3, Level.GRID: 15.8}.get(Level(area.level), 16.8),
    }


@staff_required(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def import_preview(request: StaffRequest) -> HttpResponse:
    """The form, and what an import of the chosen file would do. Writes nothing."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "places/import.html", {"form": form}, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    content, filename = given["file"].read(), given["file"].name
    try:
        report = _run(content, filename, given["what"], given["crs"], dry_run=True)
    except FileFault as fault:
        form.add_error("file", fault.message)
        return render(request, "places/import.html", {"form": form}, status=422)
    ticket = ""
    if report.may_be_written:
        ticket = waiting.keep(content, filename=filename, what=given["what"], crs=given["crs"])
    context = {"form": form, "report": report, "ticket": ticket, "filename": filename}
    return render(request, "places/import.html", context, status=422 if report.problems else 200)


@staff_required(Role.ADMINISTRATOR)
@require_POST
def import_confirmed(request: StaffRequest) -> HttpResponse:
    """Writes what was previewed; checked again, since areas may have changed meanwhile."""
    try:
        content, about = waiting.take(request.POST.get("ticket", ""))
    except waiting.NotWaiting:
        form = ImportForm()
        gone = _("This preview was imported already or is older than an hour. Choose the file again.")
        return render(request, "places/import.html", {"form": form, "gone": gone}, status=409)
    report = _run(content, about["filename"], about["what"], about["crs"], dry_run=False)
    if not report.written:
        context = {"form": ImportForm(), "report": report, "filename": about["filename"]}
        return render(request, "places/import.html", context, status=409)
    messages.success(request, report.summary())
    return redirect("places:index")


def _run(content: bytes, filename: str, what: Any, crs: Any, *, dry_run: bool) -> ImportReport:
    return import_file(what, content, filename, system=crs, today=timezone.localdate(), dry_run=dry_run)


@staff_required()
@require_GET
def table(request: StaffRequest) -> HttpResponseBase:
    """All places in the columns that the import takes."""
    atlas = gazetteer.current()
    places = (place for place in atlas.places.values() if place.kind not in (Kind.ROAD, Kind.RIVER))
    rows = _rows(place for place in places if not place.retired)
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="places.csv"'
    return response


def _rows(places: Iterator[KnownPlace]) -> Iterator[list[Cell]]:
    yield [*COLUMNS]
    for place in places:
        spot = (place.position.lat, place.position.lng) if place.position else ("", "")
        names = (place.code, place.kind, place.name_zh, place.name_en, ";".join(place.aliases))
        yield [*names, place.parent, place.house_number, place.address, place.area, *spot, ""]
