"""Who signed up for an event: masked, opened for a purpose, marked, written down at the desk, and a sheet to print."""

from dataclasses import dataclass

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rixin.activities import queue, signing
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import Event, SignUp
from rixin.client_address import client_address
from rixin.desk.event_pages import wording
from rixin.desk.event_pages.finding import CONFLICT, DONE, kept_event, kind_of, once_of, tried
from rixin.desk.event_pages.forms import GuestForm
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.privacy import opening
from rixin.privacy.masking import mask_name, mask_phone
from rixin.privacy.opening import PURPOSES, PurposeMissing, What
from rixin.texts import cleaned

OPENED_AS = "HD{event}-{pk}"
"""How the log of opened personal data names a sign-up."""
_TONES = {"in": "done", "waiting": "warn", "withdrawn": ""}


@dataclass(frozen=True)
class Line:
    nth: int
    row: SignUp
    name: str
    phone: str
    age: str
    tone: str


@case_staff
@never_cache
@require_GET
def roll(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _event(request, pk))


def _event(request: StaffRequest, pk: int) -> Event:
    found = kept_event(request.staff, pk)
    if kind_of(found.kind).sign_up is None:
        raise Http404(_("Nobody signs up for events of this kind."))
    return found


def _page(
    request: StaffRequest, event: Event, form: GuestForm | None = None, *, status: int = 200, **more: object
) -> HttpResponse:
    kind, parties = kind_of(event.kind), signing.parties(event)
    context = {
        "section": "life",
        "tab": "events",
        "event": event,
        "row": wording.row(event),
        "lines": _lines(event),
        "seated": queue.taken(parties),
        "left": queue.left(event.capacity, parties),
        "waiting": sum(party.people for party in parties if not party.seated),
        "form": form or GuestForm(kind),
        "due": event.day <= timezone.localdate(),
        "purposes": [(purpose.value, str(purpose.label)) for purpose in PURPOSES],
        **more,
    }
    return render(request, "events/roll.html", context, status=status)


def _lines(event: Event) -> list[Line]:
    return [
        Line(
            nth,
            row,
            mask_name(row.name) if row.name else "—",
            mask_phone(row.phone) if row.phone else "—",
            str(SignUp.AgeBand(row.age_band).label) if row.age_band else "",
            _TONES[row.state],
        )
        for nth, row in enumerate(event.sign_ups.order_by("pk"), start=1)
    ]


@case_staff
@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    form, made = GuestForm(kind_of(event.kind), request.POST), list[SignUp]()

    def act() -> None:
        once = once_of(request) or f"desk {event.pk} {timezone.now().timestamp()}"
        made.append(signing.sign_up(event, form.guest, once=once, at=timezone.now(), by=request.staff.actor))

    status = tried(form, act)
    if status != DONE:
        return _page(request, event, form, status=status)
    messages.success(request, _("Signed up: {state}.").format(state=made[0].get_state_display()))
    return redirect("desk:event_roll", pk)


@case_staff
@require_POST
def mark(request: StaffRequest, pk: int) -> HttpResponse:
    """Who came: the checked ones of all that stood on the page."""
    event = _event(request, pk)
    shown = [int(key) for key in request.POST.getlist("shown") if key.isascii() and key.isdigit() and len(key) < 12]
    came = set(request.POST.getlist("came"))
    try:
        signing.mark(event, {key: str(key) in came for key in shown}, by=request.staff.actor, at=timezone.now())
    except ActivityRefused as refused:
        return _page(request, event, status=CONFLICT, refused=" ".join(map(str, refused.fields.values())))
    messages.success(request, _("Saved."))
    return redirect("desk:event_roll", pk)


@case_staff
@require_POST
def sign_off(request: StaffRequest, pk: int, sign_up: int) -> HttpResponse:
    event = _event(request, pk)
    row = get_object_or_404(SignUp, event=event, pk=sign_up)
    try:
        signing.withdraw(row, at=timezone.now(), by=request.staff.actor)
    except ActivityRefused as refused:
        return _page(request, event, status=CONFLICT, refused=" ".join(map(str, refused.fields.values())))
    messages.success(request, _("Withdrawn. The place goes to who has waited longest."))
    return redirect("desk:event_roll", pk)


@case_staff
@never_cache
@require_POST
def open_guest(request: StaffRequest, pk: int, sign_up: int) -> HttpResponse:
    """Shows name and telephone, after the purpose was written down."""
    event = _event(request, pk)
    row = get_object_or_404(SignUp, event=event, pk=sign_up)
    purpose, words = request.POST.get("purpose", ""), cleaned(request.POST.get("words", ""))
    number = OPENED_AS.format(event=event.pk, pk=row.pk)
    try:
        opening.log(
            request.staff.account,
            What.CONTACT,
            number,
            purpose,
            timezone.now(),
            words=words,
            address=client_address(request),
        )
    except PurposeMissing as missing:
        return _page(request, event, status=422, refused=missing.message)
    return _page(request, event, opened=row)


@case_staff
@never_cache
@require_GET
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """To hang up and to lay out: what, when, where, a code to scan, and lines to sign."""
    event = _event(request, pk)
    address = request.build_absolute_uri(reverse("channels:event", args=[event.pk]))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(border=2, light="#fff", scale=4)
    context = {"event": event, "row": wording.row(event), "picture": picture, "address": address, "lines": range(20)}
    return render(request, "events/sheet.html", context)
