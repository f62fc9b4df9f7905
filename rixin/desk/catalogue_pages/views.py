"""Any signed-in member of staff may read the definitions; they are changed as files and published by a command."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from rixin.catalogue import drawing, versions
from rixin.desk.catalogue_pages import reading
from rixin.people.access import staff_required
from rixin.people.staff import StaffRequest

SECTION = {"section": "catalogue"}


@staff_required()
def index(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    known = versions.current_types()
    found = [shown for shown in map(reading.shown_type, known) if reading.matches(shown, query)]
    context = {
        "typed": query,
        "groups": reading.grouped(found),
        "found": len(found),
        "total": len(known),
        "lifecycles": versions.lifecycles(),
    }
    return render(request, "catalogue/index.html", SECTION | context)


@staff_required()
def matter_type(request: StaffRequest, code: str) -> HttpResponse:
    rows = versions.history(code)
    if not rows:
        raise Http404
    shown = reading.shown_type(versions.version(rows[0].pk))
    context = {
        "shown": shown,
        "clocks": reading.clocks(shown.rules, versions.work_calendar()),
        "history": reading.told_history(rows),
    }
    return render(request, "catalogue/type.html", SECTION | context)


@staff_required()
def lifecycle(request: StaffRequest, code: str) -> HttpResponse:
    followers = [version for version in versions.current_types() if version.rules.lifecycle.code == code]
    if not followers:
        raise Http404
    rules = reading.without_own_limits(followers[0].rules)
    context = {
        "lifecycle": rules.lifecycle,
        "dot": drawing.dot(rules.lifecycle),
        "states": reading.states(rules.lifecycle),
        "actions": reading.actions(rules.lifecycle),
        "clocks": reading.clocks(rules, versions.work_calendar()),
        "followers": [reading.shown_type(version) for version in followers],
    }
    return render(request, "catalogue/lifecycle.html", SECTION | context)
