"""Who has which room: let, left, moved, renewed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.building_pages import wording
from rixin.desk.building_pages.finding import DONE, kept_building, kept_buildings, room_of, tenancy_of, tried
from rixin.desk.building_pages.forms import DayForm, LetForm, MoveForm, RegisterForm, RenewForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.people.staff import StaffRequest
from rixin.registers import letting, queries
from rixin.registers.amounts import square_metres
from rixin.registers.models import Building, Enterprise, Room, Tenancy
from rixin.registers.offering import FreeRoom, free_rooms


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def let(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    found, at = kept_building(request.staff, code), timezone.now()
    room, today = room_of(found, pk), timezone.localdate(at)
    first = wording.read_day(request.GET.get("day", ""), today)
    form = LetForm(queries.visible_to(request.staff), request.POST or None, from_day=first)

    def act() -> None:
        tenant: Enterprise = form.cleaned_data["enterprise"]
        letting.let(room, tenant, form.lease, by=request.staff.actor, at=at, seen=tenant.version, today=today)

    context = {
        "room": room,
        "free": _free(room, first),
        "title": _("Let room {number}").format(number=room.number),
        "button": _("Let it"),
    }
    return _answer(request, found, form, act, context, _("Let."))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    found, at = kept_building(request.staff, code), timezone.now()
    tenancy, today = tenancy_of(found, pk), timezone.localdate(at)
    form = DayForm(request.POST or None, day=today)

    def act() -> None:
        letting.leave(
            tenancy, form.said_day, by=request.staff.actor, at=at, seen=_seen(request), today=today,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    context = {
        "tenancy": tenancy,
        "title": _("{name} leaves room {number}").format(name=tenancy.enterprise.name, number=tenancy.room.number),
        "told": _("The lease may run longer: what counts is that the tenant has left."),
        "button": _("It has left"),
    }
    return _answer(request, found, form, act, context, _("Noted: the room is free from that day on."))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """To a room of any building that the person keeps."""
    found, at = kept_building(request.staff, code), timezone.now()
    tenancy, today = tenancy_of(found, pk), timezone.localdate(at)
    buildings = {one.pk: one for one in kept_buildings(request.staff)}
    free = _own_first([one for one in free_rooms(buildings.values(), today) if one.room != tenancy.room_id], found)
    form = MoveForm(
        free, buildings, request.POST or None, from_day=today, area=f"{tenancy.area / 100:g}",
        rent=f"{tenancy.rent / 100:g}" if tenancy.rent is not None else "",
    )  # fmt: skip

    def act() -> None:
        to = Room.objects.get(pk=form.cleaned_data["room"])
        letting.move(tenancy, to, form.lease, by=request.staff.actor, at=at, seen=_seen(request), today=today)

    context = {
        "tenancy": tenancy,
        "title": _("Move {name} to another room").format(name=tenancy.enterprise.name),
        "told": _("It leaves the room that it has and has the other one from the same day on: both or neither."),
        "button": _("Move it"),
    }
    return _answer(request, found, form, act, context, _("Moved."))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def renew(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    found, at = kept_building(request.staff, code), timezone.now()
    tenancy = tenancy_of(found, pk)
    form = RenewForm(request.POST or None)

    def act() -> None:
        letting.renew(
            tenancy, form.known_day("lease_end"), rent=form.cleaned_data["rent"], by=request.staff.actor, at=at,
            seen=_seen(request),
        )  # fmt: skip

    context = {
        "tenancy": tenancy,
        "title": _("Renew the lease of {name}").format(name=tenancy.enterprise.name),
        "button": _("Renew"),
    }
    return _answer(request, found, form, act, context, _("Renewed."))


def _answer(
    request: StaffRequest,
    building: Building,
    form: RegisterForm,
    act: Callable[[], None],
    context: dict[str, Any],
    done: str,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, done)
            return redirect(building)
    tenancy: Tenancy | None = context.get("tenancy")
    if tenancy is not None:
        # What is shown again is as it is now: the next try begins from there.
        tenancy.enterprise.refresh_from_db()
        context |= {
            "seen": tenancy.enterprise.version,
            "tenancy_area": square_metres(tenancy.area),
            "tenancy_rent": wording.rent(tenancy.rent) if tenancy.rent is not None else "",
        }
    context |= {"section": "economy", "building": building, "form": form}
    return render(request, "buildings/act.html", context, status=status)


def _seen(request: StaffRequest) -> int:
    return whole_number(request.POST.get("seen", ""))


def _free(room: Room, day: date) -> str:
    offered = next((one for one in free_rooms([room.building], day) if one.room == room.pk), None)
    return square_metres(offered.free if offered else 0)


def _own_first(free: list[FreeRoom], building: Building) -> list[FreeRoom]:
    return sorted(free, key=lambda one: one.building != building.pk)
