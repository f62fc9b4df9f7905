"""Hours of volunteers at the desk: all of them, writing some down, taking one back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.activities import queries, volunteers
from rixin.activities.models import Event, Volunteer
from rixin.activities.summing import by_year
from rixin.desk.event_pages import wording
from rixin.desk.event_pages.finding import DONE, tried
from rixin.desk.team_pages.forms import HoursForm, ReasonForm
from rixin.desk.team_pages.volunteering import answer, masked, only_who_keeps, section
from rixin.desk.views.common import case_staff, same_query, whole_number
from rixin.metrics import wording as places
from rixin.people.staff import StaffRequest

ON_A_PAGE = 50


@case_staff
@never_cache
@require_GET
def hours(request: StaffRequest) -> HttpResponse:
    rows = queries.hours_visible_to(request.staff)
    page = Paginator(rows.select_related("event"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **section("hours"),
        "years": by_year(rows),
        "page": page,
        "rows": [(one, places.area(one.area_path)) for one in page.object_list],
        "keeps": queries.keeps_volunteers(request.staff),
        "narrowed": same_query(request),
    }
    return render(request, "teams/hours.html", context)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new_hours(request: StaffRequest) -> HttpResponse:
    """Of a group; with ?volunteer= of that one; with ?event= at that event."""
    only_who_keeps(request.staff)
    one = _asked(request, "volunteer", queries.volunteers_visible_to(request.staff))
    event = _asked(request, "event", queries.visible_to(request.staff))
    who = one if isinstance(one, Volunteer) else None
    at_event = event if isinstance(event, Event) else None
    form = HoursForm(request.staff, request.POST or None, volunteer=who, event=at_event)

    def act() -> None:
        volunteers.write(form.written, by=request.staff.actor, at=timezone.now())

    def to() -> str:
        found = who or at_event
        return found.get_absolute_url() if found else ""

    return answer(request, form, act, _("Write down hours"), to, "hours", volunteer=masked(who) if who else None)


def _asked(request: StaffRequest, name: str, rows: "models.QuerySet[Any]") -> models.Model | None:
    """Raises Http404 for one that is not among the person's."""
    pk = whole_number(request.GET.get(name, ""))
    found = rows.filter(pk=pk).first() if pk else None
    if pk and found is None:
        raise Http404(_("This is not among those that you keep."))
    return found


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def one_hours(request: StaffRequest, pk: int) -> HttpResponse:
    """One entry; who keeps it may take it back."""
    row = queries.hours_visible_to(request.staff).select_related("event").filter(pk=pk).first()
    if row is None:
        raise Http404(_("There are no such hours among those that you may see."))
    keeps = queries.may_keep_volunteers(request.staff, row.area_path)
    form, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        if not keeps:
            raise Http404
        at, seen = timezone.now(), whole_number(request.POST.get("seen", ""))
        by = request.staff.actor
        status = tried(form, lambda: volunteers.take_back(row, form.cleaned_data["reason"], by=by, at=at, seen=seen))
        if status == DONE:
            messages.success(request, _("Taken back."))
            return redirect("desk:hours_list")
    row.refresh_from_db()
    context = {
        **section("hours"),
        "hours": row,
        "area": places.area(row.area_path),
        "form": form,
        "keeps": keeps,
        "history": wording.entries(row.events.order_by("-pk")),
    }
    return render(request, "teams/one_hours.html", context, status=status)
