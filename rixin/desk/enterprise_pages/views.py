"""The page of one enterprise, what is done with its entry, whom to call there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.client_address import client_address
from rixin.desk.enterprise_pages import history
from rixin.desk.enterprise_pages.act_forms import ActForm
from rixin.desk.enterprise_pages.acts import BY_CODE, Act
from rixin.desk.enterprise_pages.finding import gone_on, kept_enterprise, seen_enterprise
from rixin.desk.enterprise_pages.page import enterprise_page
from rixin.desk.views.common import case_staff, page_or_part
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest
from rixin.privacy import opening
from rixin.privacy.opening import PURPOSES, PurposeMissing, What
from rixin.registers import queries
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise

OPENED_AS = "E{pk}"
"""How the log of opened personal data names an enterprise."""


@case_staff
@never_cache
@require_GET
def enterprise(request: StaffRequest, pk: int) -> HttpResponse:
    """A double that was merged leads to the entry that goes on for it."""
    if (other := gone_on(request.staff, pk)) is not None:
        return redirect(other)
    page = enterprise_page(seen_enterprise(request.staff, pk), request.staff, timezone.now())
    context = {"section": "economy", "page": page, "enterprise": page.enterprise, "purposes": _purposes()}
    return render(request, "enterprises/enterprise.html", context)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, pk: int, action: str) -> HttpResponse:
    found, at = kept_enterprise(request.staff, pk), timezone.now()
    chosen = BY_CODE.get(action)
    if chosen is None or not chosen.possible(found, request.staff, list(found.traits.all())):
        raise Http404(_("This cannot be done with this enterprise."))
    form = chosen.form(found, request.staff, at, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _act_page(request, found, chosen, form)
    if not form.is_valid():
        return _act_page(request, found, chosen, form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        form.do(request.staff.actor, at)
    except RegisterRefused as refused:
        form.refuse(refused)
        return _act_page(request, found, chosen, form, status=422)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return _changed(request, found, chosen, form, seen)
    messages.success(request, str(chosen.done))
    return redirect("desk:enterprises") if found.withdrawn else redirect(found)


def _changed(request: StaffRequest, found: Enterprise, chosen: Act, form: ActForm, seen: int) -> HttpResponse:
    """What somebody else did, and what was typed, ready to be sent again on the entry as it is now."""
    found.refresh_from_db()
    again = request.POST.copy()
    again["seen"] = str(found.version)
    form.data = again
    events = found.events.order_by("pk")[seen:]
    since = history.entries(events, money=queries.sees_money(request.staff))
    return _act_page(request, found, chosen, form, since=since, status=409)


def _act_page(
    request: StaffRequest,
    found: Enterprise,
    chosen: Act,
    form: ActForm,
    *,
    since: list[history.Entry] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"section": "economy", "enterprise": found, "act": chosen, "form": form, "since": since or []}
    return render(request, "enterprises/act.html", context, status=status)


@case_staff
@never_cache
@require_POST
def open_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Shows whom to call there, after the purpose was written down."""
    found = seen_enterprise(request.staff, pk)
    if not queries.may_open_contact(request.staff, found):
        raise Http404(_("There is no enterprise of this number among those whose contact you may see."))
    purpose, words = request.POST.get("purpose", ""), request.POST.get("words", "")
    context: dict[str, Any] = {"section": "economy", "enterprise": found, "purpose": purpose, "words": words}
    try:
        opening.log(
            request.staff.account,
            What.CONTACT,
            OPENED_AS.format(pk=found.pk),
            purpose,
            timezone.now(),
            words=words,
            address=client_address(request),
        )
    except PurposeMissing as missing:
        context |= {"error": missing.message, "purposes": _purposes()}
        return page_or_part(
            request, "enterprises/contact_page.html", "enterprises/contact_form.html", context, status=422
        )
    context["opened"] = True
    return page_or_part(request, "enterprises/contact_page.html", "enterprises/contact.html", context)


def _purposes() -> list[tuple[str, str]]:
    return [(purpose.value, str(purpose.label)) for purpose in PURPOSES]
