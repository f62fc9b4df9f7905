"""One entry of a roll for its keepers: masked, opened for a purpose, corrected, given, ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue.roll_schema import Roll
from rixin.client_address import client_address
from rixin.desk.roll_pages import history, listing
from rixin.desk.roll_pages.finding import kept_entry
from rixin.desk.roll_pages.forms import ACT_NAMES, POSSIBLE, ActForm, areas
from rixin.desk.views.common import case_staff, whole_number
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest
from rixin.privacy.opening import PURPOSES, PurposeMissing
from rixin.refused import FieldsRefused
from rixin.rolls import actions, opening
from rixin.rolls.drafts import said_of
from rixin.rolls.forms import EntryForm, shown_address, shown_values
from rixin.rolls.models import Entry

MOST_LINES = 30


@case_staff
@never_cache
@require_GET
def entry(request: StaffRequest, pk: int) -> HttpResponse:
    found, roll = kept_entry(request.staff, pk)
    return _page(request, found, roll)


def _page(request: StaffRequest, found: Entry, roll: Roll, *, status: int = 200, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    outcomes = {one.code: one.name.here() for one in roll.visits.outcomes} if roll.visits else {}
    initial = {"seen": found.version, "server": str(found.server_id or "")}
    possible = POSSIBLE.get(found.status, ()) if not found.emptied else ()
    offers = [(code, ACT_NAMES[code], ActForm(code, roll, request.staff, today, initial=initial)) for code in possible]
    visits = found.visits.select_related("by")[:MOST_LINES]
    context = {
        "section": "life",
        "roll": roll,
        "entry": found,
        "line": listing.line(found, today),
        "offers": offers,
        "visits": [(visit, outcomes.get(visit.outcome, visit.outcome)) for visit in visits],
        "history": history.lines(list(found.events.order_by("-pk")[:MOST_LINES])),
        "opened_by": opening.opened(found)[:MOST_LINES],
        "purposes": [(one.value, one.label) for one in PURPOSES],
        **more,
    }
    return render(request, "rolls/entry.html", context, status=status)


@case_staff
@never_cache
@require_POST
def open_entry(request: StaffRequest, pk: int) -> HttpResponse:
    """Shows all that is held, after the purpose was written down."""
    found, roll = kept_entry(request.staff, pk)
    purpose, words = request.POST.get("purpose", ""), request.POST.get("words", "")
    try:
        opening.open_for(found, request.staff, purpose, timezone.now(), words=words, address=client_address(request))
    except PurposeMissing as missing:
        return _page(request, found, roll, status=422, missing=missing.message, purpose=purpose, said=words)
    held = {"name": found.name, "phone": found.phone, "address": shown_address(said_of(found))}
    return _page(request, found, roll, held=held, values=shown_values(found, roll))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """What is left empty stays, so that nothing has to be opened to mend a number."""
    found, roll = kept_entry(request.staff, pk)
    if found.status not in POSSIBLE or found.emptied:
        raise Http404(_("Nothing can be corrected here any more."))
    data = request.POST if request.method == "POST" else None
    form = EntryForm(roll, areas(request.staff, roll), timezone.localdate(), data, known=said_of(found))
    context = {"section": "life", "roll": roll, "entry": found, "line": listing.line(found, timezone.localdate())}
    if data is None:
        return render(request, "rolls/correct.html", {**context, "form": form})
    if not form.is_valid():
        return render(request, "rolls/correct.html", {**context, "form": form}, status=422)
    seen = whole_number(request.POST.get("seen", ""))
    try:
        actions.correct(found, form.said, by=request.staff.actor, at=timezone.now(), seen=seen)
    except FieldsRefused as refused:
        form.refuse(refused)
        return render(request, "rolls/correct.html", {**context, "form": form}, status=422)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return render(request, "rolls/correct.html", {**context, "form": form}, status=409)
    messages.success(request, _("Corrected. The person reads that it was."))
    return redirect(found)


@case_staff
@never_cache
@require_POST
def act(request: StaffRequest, pk: int, action: str) -> HttpResponse:
    found, roll = kept_entry(request.staff, pk)
    if action not in ACT_NAMES:
        raise Http404(_("There is no such act."))
    form = ActForm(action, roll, request.staff, timezone.localdate(), request.POST)
    if not form.is_valid():
        return _refused(request, found, roll, action, form, 422)
    try:
        _do(action, found, form, request)
    except FieldsRefused as refused:
        form.refuse(refused)
        return _refused(request, found, roll, action, form, 409)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return _refused(request, found, roll, action, form, 409)
    messages.success(request, _("Done: {act}.").format(act=ACT_NAMES[action]))
    return redirect("desk:roll", roll.code)


def _refused(request: StaffRequest, found: Entry, roll: Roll, action: str, form: ActForm, status: int) -> HttpResponse:
    found.refresh_from_db()
    form.data = {**request.POST.dict(), "seen": str(found.version)}
    return _page(request, found, roll, status=status, refused_act=action, refused_form=form, act_name=ACT_NAMES[action])


def _do(action: str, found: Entry, form: ActForm, request: StaffRequest) -> None:
    """Raises FieldsRefused, ChangedMeanwhile."""
    by, at, seen = request.staff.actor, timezone.now(), form.cleaned_data["seen"]
    if action == "take_in":
        actions.take_in(found, server=form.server, by=by, at=at, seen=seen)
    elif action == "decline":
        actions.decline(found, form.cleaned_data["reason"], by=by, at=at, seen=seen)
    elif action == "give":
        actions.give(found, form.server, by=by, at=at, seen=seen)
    elif action == "stays":
        actions.stays(found, by=by, at=at, seen=seen)
    else:
        actions.leave(found, by=by, at=at, seen=seen, reason=form.cleaned_data["reason"])
