"""What is dated of a facility, written down: its state, stars and floor area, and what was entered by mistake."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.building_pages.finding import DONE, tried
from rixin.desk.building_pages.forms import RegisterForm
from rixin.desk.facility_pages.finding import kept_facility
from rixin.desk.facility_pages.forms import AreaForm, BackForm, StarsForm, StateForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.facilities import actions, queries
from rixin.facilities.actions import Deed
from rixin.facilities.models import Facility, State
from rixin.facilities.tables import TABLES
from rixin.people.staff import StaffRequest


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def change_state(request: StaffRequest, pk: int) -> HttpResponse:
    found = kept_facility(request.staff, pk)
    form = StateForm(request.POST or None, day=timezone.localdate())

    def act(deed: Deed) -> None:
        said = form.cleaned_data
        actions.change_state(found, State(said["state"]), form.known_day("day"), deed, note=said["note"])

    told = _("Closed for good, it has neither stars nor floor area from that day on.")
    return _answer(request, found, form, act, title=_("Change its state"), told=told)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def give_stars(request: StaffRequest, pk: int) -> HttpResponse:
    found = kept_facility(request.staff, pk)
    most = queries.kinds()[found.kind].stars
    if most is None:
        raise Http404(_("Facilities of this kind are not rated."))
    form = StarsForm(most, request.POST or None, day=timezone.localdate())

    def act(deed: Deed) -> None:
        said = form.cleaned_data
        actions.give_stars(found, said["stars"], form.known_day("day"), deed, note=said["note"])

    return _answer(request, found, form, act, title=_("Note an award of stars"))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def measure(request: StaffRequest, pk: int) -> HttpResponse:
    found = kept_facility(request.staff, pk)
    if not queries.kinds()[found.kind].floor_area:
        raise Http404(_("Of facilities of this kind no floor area is kept."))
    form = AreaForm(request.POST or None, day=timezone.localdate())

    def act(deed: Deed) -> None:
        said = form.cleaned_data
        actions.measure(found, said["area"], form.known_day("day"), deed, note=said["note"])

    return _answer(request, found, form, act, title=_("Note its floor area"))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, pk: int, table: str, span: int) -> HttpResponse:
    found = kept_facility(request.staff, pk)
    known = TABLES.get(table)
    if known is None or not any(one.key == span for one in known.spans_of(found)):
        raise Http404(_("There is no such entry; somebody may have taken it back already."))
    form = BackForm(request.POST or None)

    def act(deed: Deed) -> None:
        actions.take_back(found, known, span, deed, reason=form.cleaned_data["reason"])

    told = _("It is as if it had never been entered: what held before goes on. The history keeps both.")
    return _answer(request, found, form, act, title=_("Take back an entry"), told=told)


def _answer(
    request: StaffRequest, found: Facility, form: RegisterForm, act: Callable[[Deed], object], **context: Any
) -> HttpResponse:
    status, at = 200, timezone.now()
    seen = whole_number(request.POST.get("seen", ""))
    deed = Deed(by=request.staff.actor, at=at, seen=seen, today=timezone.localdate(at))
    if request.method == "POST":
        status = tried(form, lambda: act(deed))
        if status == DONE:
            messages.success(request, _("Noted."))
            return redirect(found)
        # What is shown again is as it is now: the next try begins from there.
        found.refresh_from_db()
    return render_act(request, found, form, status, **context)


def render_act(request: StaffRequest, found: Facility, form: RegisterForm, status: int, **context: Any) -> HttpResponse:
    context |= {"section": "life", "facility": found, "form": form}
    return render(request, "facilities/act.html", context, status=status)
