"""Buildings and their rooms, written down by who keeps them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.building_pages.finding import DONE, kept_building, room_of, tried
from rixin.desk.building_pages.forms import BuildingForm, DayForm, LinesForm, RoomForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.people.staff import StaffRequest
from rixin.registers import buildings, letting, queries


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    if not queries.keeps(request.staff):
        raise Http404(_("You keep no buildings."))
    form, status = BuildingForm(request.staff, request.POST or None), 200
    if request.method == "POST":
        by, at = request.staff.actor, timezone.now()
        status = tried(form, lambda: buildings.enter(form.cleaned_data["code"], form.facts, by=by, at=at))
        if status == DONE:
            messages.success(request, _("Entered. Now add its rooms."))
            return redirect("desk:add_rooms", form.cleaned_data["code"])
    context = {"section": "economy", "form": form, "title": _("New office building")}
    return render(request, "buildings/edit.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, code: str) -> HttpResponse:
    found, status = kept_building(request.staff, code), 200
    form = BuildingForm(request.staff, request.POST or None, found)
    if request.method == "POST":
        by, at, seen = request.staff.actor, timezone.now(), whole_number(request.POST.get("seen", ""))
        status = tried(form, lambda: buildings.correct(found, form.facts, by=by, at=at, seen=seen))
        if status == DONE:
            messages.success(request, _("Saved."))
            return redirect(found)
        found.refresh_from_db()
    context = {"section": "economy", "form": form, "building": found, "title": _("Correct the entry")}
    return render(request, "buildings/edit.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def rooms(request: StaffRequest, code: str) -> HttpResponse:
    """One room, or many as lines: two forms on a page, told apart by their button."""
    found, at, status = kept_building(request.staff, code), timezone.now(), 200
    sent = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"from_day": timezone.localdate(at)}
    many = LinesForm(sent if sent and "many" in sent else None, initial=initial, auto_id="lines_%s")
    one = RoomForm(sent if sent and "many" not in sent else None, initial=initial)
    if sent is not None:
        form = many if "many" in sent else one
        seen = whole_number(sent.get("seen", ""))
        status = tried(form, lambda: letting.add_rooms(found, form.rooms, by=request.staff.actor, at=at, seen=seen))
        if status == DONE:
            n = len(form.rooms)
            messages.success(request, ngettext("{n} room was added.", "{n} rooms were added.", n).format(n=n))
            return redirect(found)
        found.refresh_from_db()
    context = {"section": "economy", "building": found, "many": many, "one": one}
    return render(request, "buildings/rooms.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def close_room(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    found, at, status = kept_building(request.staff, code), timezone.now(), 200
    room = room_of(found, pk)
    form = DayForm(request.POST or None, day=timezone.localdate(at))
    if request.method == "POST":
        seen = whole_number(request.POST.get("seen", ""))
        status = tried(
            form,
            lambda: letting.close_room(
                room, form.said_day, by=request.staff.actor, at=at, seen=seen, reason=form.cleaned_data["reason"]
            ),
        )
        if status == DONE:
            messages.success(request, _("Room {number} is closed.").format(number=room.number))
            return redirect(found)
        found.refresh_from_db()
    context = {
        "section": "economy",
        "building": found,
        "room": room,
        "form": form,
        "seen": found.version,
        "title": _("Close room {number}").format(number=room.number),
        "told": _("From that day on it counts as lettable area no more. What was before stays as it was."),
        "button": _("Close the room"),
    }
    return render(request, "buildings/act.html", context, status=status)
