"""The rooms of a week, booking one for a matter, taking a booking back."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.bookings import booking
from rixin.bookings.booking import BookingRefused, may_free
from rixin.bookings.rooms import all_kinds, kinds_for, may_book, of_case, rooms
from rixin.cases import queries
from rixin.desk.room_pages import holding, week
from rixin.desk.room_pages.forms import BookingForm, FreeForm
from rixin.desk.views.common import case_staff, go_to, page_or_part, seen_case
from rixin.people.staff import StaffRequest


@case_staff
@never_cache
@require_GET
def week_of_rooms(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    first = week.monday_of(_day(request.GET.get("day", ""), today))
    context = {
        "section": "inbox",
        "lines": week.plan(rooms(all_kinds()), first, request.staff),
        "days": [first + timedelta(days=nth) for nth in range(week.DAYS)],
        "today": today,
        "before": first - timedelta(days=week.DAYS),
        "after": first + timedelta(days=week.DAYS),
        "kinds": all_kinds(),
    }
    return render(request, "rooms/week.html", context)


def _day(written: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return otherwise


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def book(request: StaffRequest, number: str) -> HttpResponse:
    """The form, with what is taken on the day beside it."""
    found, at = seen_case(request.staff, number), timezone.now()
    if not may_book(found, queries.actor_on(request.staff, found)):
        raise Http404(_("You cannot book a room in this matter now."))
    known = rooms(kinds_for(found))
    sending = request.method == "POST" and "book" in request.POST
    data = request.POST if request.method == "POST" else None
    form = BookingForm(known, at, data, people=found.form.get("people"))
    if sending and form.is_valid():
        key = f"room:{request.staff.account.pk}:{request.POST.get('once', '')}"
        try:
            booking.book(found, form.wanted, by=request.staff, sending=key, at=at)
        except BookingRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Booked."))
            return go_to(request, found.get_absolute_url())
    plan = week.plan(known, form.chosen_day, request.staff, days=1)
    context = {"section": "inbox", "case": found, "form": form, "lines": plan, "day": form.chosen_day}
    status = 422 if sending else 200
    return page_or_part(request, "rooms/book.html", "rooms/day.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def free(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    found, at = seen_case(request.staff, number), timezone.now()
    booked = get_object_or_404(of_case(found), pk=pk)
    if not may_free(booked, request.staff, at):
        raise Http404(_("This booking is not yours to take back."))
    form = FreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            booking.free(booked, why=form.cleaned_data["why"], by=request.staff, at=at)
        except BookingRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Taken back: the room is free again."))
            return go_to(request, found.get_absolute_url())
    context = {"section": "inbox", "case": found, "booked": booked, "room": holding.name_of(booked), "form": form}
    return render(request, "rooms/free.html", context, status=422 if form.errors else 200)
