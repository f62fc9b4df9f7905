"""Somebody joins a roll at the desk, and the slip with the code that is theirs."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rixin.catalogue.roll_schema import Roll
from rixin.chain import digest
from rixin.desk.roll_pages.finding import kept_entry, kept_roll
from rixin.desk.roll_pages.forms import JoinForm
from rixin.desk.views.common import case_staff
from rixin.people import units
from rixin.people.staff import StaffRequest
from rixin.refused import FieldsRefused
from rixin.rolls import actions, queries
from rixin.rolls.models import Entry
from rixin.tracking_codes import shown_code


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: StaffRequest, code: str) -> HttpResponse:
    """The answer to a joining is the slip itself: its code is told this once and kept nowhere."""
    roll = kept_roll(request.staff, code)
    form = JoinForm(roll, request.staff, timezone.localdate(), request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, roll, form)
    if not form.is_valid():
        return _page(request, roll, form, status=422)
    once = request.POST.get("once", "")
    try:
        new = form.joining(digest(["join", request.staff.account.pk, once]) if once else "")
        if new.said.area_path and not queries.keeps(request.staff, roll, new.said.area_path):
            raise FieldsRefused({"address": _("This lies outside your area: its own community enters it.")})
        made = actions.join(roll, new, by=request.staff.actor, at=timezone.now())
    except FieldsRefused as refused:
        form.refuse(refused)
        return _page(request, roll, form, status=422)
    if not made.code:
        messages.info(request, _("This was entered already. Make a new slip if the first one is lost."))
        return redirect(made.entry)
    return _slip(request, made.entry, roll, made.code)


def _page(request: StaffRequest, roll: Roll, form: JoinForm, *, status: int = 200) -> HttpResponse:
    return render(request, "rolls/join.html", {"section": "life", "roll": roll, "form": form}, status=status)


@case_staff
@never_cache
@require_POST
def slip(request: StaffRequest, pk: int) -> HttpResponse:
    """A new one; the code before opens nothing any more."""
    entry, roll = kept_entry(request.staff, pk)
    try:
        code = actions.new_slip(entry, by=request.staff.actor, at=timezone.now())
    except FieldsRefused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.fields.values()))
        return redirect(entry)
    return _slip(request, entry, roll, code)


def _slip(request: StaffRequest, entry: Entry, roll: Roll, code: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("channels:my_service", args=[code]))
    context = {
        "section": "life",
        "entry": entry,
        "roll": roll,
        "code": shown_code(code),
        "address": request.build_absolute_uri(reverse("channels:my_service_door")),
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=2, light="#fff", scale=4),
        "unit": units.by_code(roll.unit).name,
    }
    return render(request, "rolls/slip.html", context)
