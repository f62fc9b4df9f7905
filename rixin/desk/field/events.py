"""How an event went, written down on the spot: who came, and pictures. Sent once, also when the network comes back."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.activities import queries
from rixin.activities.models import Event
from rixin.desk.event_pages import wording
from rixin.desk.event_pages.acts import held
from rixin.desk.event_pages.finding import DONE, kept_event, kind_of, tried
from rixin.desk.event_pages.forms import HoldForm
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest

_BACK = timedelta(days=30)
_MOST = 50


def due_for(staff: Staff) -> "QuerySet[Event]":
    """Of the last weeks, planned and not yet written down; the newest first."""
    today = timezone.localdate()
    kinds = [kind.code for kind in queries.kinds_kept_by(staff) if not kind.sessions]
    rows = queries.visible_to(staff).filter(state=Event.State.PLANNED, kind__in=kinds, day__lte=today)
    return rows.filter(day__gte=today - _BACK)


@case_staff
@never_cache
@require_GET
def due(request: StaffRequest) -> HttpResponse:
    kept = [one for one in due_for(request.staff)[:_MOST] if queries.may_keep_event(request.staff, one)]
    return render(request, "field/events.html", {"section": "work", "rows": wording.rows(kept)})


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def write_down(request: StaffRequest, pk: int) -> HttpResponse:
    found = kept_event(request.staff, pk)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = HoldForm(found, kind_of(found.kind), data, files), 200
    if data is not None:
        status = tried(form, lambda: held(request, found, form))
        if status == DONE:
            messages.success(request, _("Written down: {title}.").format(title=found.title))
            return redirect("desk:field_events")
    found.refresh_from_db()
    context = {"section": "work", "event": found, "row": wording.row(found), "form": form}
    return render(request, "field/event.html", context, status=status)
