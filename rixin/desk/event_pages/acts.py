"""What is done with an event: planned, corrected, cancelled, held, its sessions, its employers, its pictures."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rixin.activities import events, fairs, pictures, queries
from rixin.activities.facts import ActivityRefused
from rixin.activities.fairs import Offer
from rixin.activities.models import Employer, Event, Picture, Session
from rixin.cases import photos
from rixin.desk.event_pages import finding
from rixin.desk.event_pages.finding import CONFLICT, DONE, UNREADABLE, kept_event, kind_of, once_of, tried
from rixin.desk.event_pages.forms import CancelForm, EventForm, HoldForm
from rixin.desk.event_pages.views import event_page
from rixin.desk.views.common import case_staff, whole_number
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest
from rixin.privacy.photos import ImageRefused
from rixin.refusable import RefusableForm

NEW_LINES = 3
"""Empty lines under the employers of a fair."""
_MOST = 100_000


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    known = kind_of(kind)
    if known not in queries.kinds_kept_by(request.staff):
        raise Http404(_("You plan no events of this kind."))
    form = EventForm(known, request.staff, request.POST or None)
    made: list[Event] = []

    def act() -> None:
        days = form.cleaned_data.get("days") or ()
        by, at = request.staff.actor, timezone.now()
        made.append(events.plan(form.facts, days=days, by=by, at=at, origin=once_of(request)))

    title = pgettext("of an event", "Plan: {kind}").format(kind=known.name.here())
    return _answer(request, None, form, act, title, _("Plan it"), lambda: made[0], draft=f"event-{kind}")


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    found, at = kept_event(request.staff, pk), timezone.now()
    form = EventForm(kind_of(found.kind), request.staff, request.POST or None, event=found)

    def act() -> None:
        events.correct(found, form.facts, by=request.staff.actor, at=at, seen=_seen(request))

    return _answer(request, found, form, act, _("Correct the event"), _("Save"), lambda: found)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    found, at = kept_event(request.staff, pk), timezone.now()
    form = CancelForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        events.cancel(found, reason, by=request.staff.actor, at=at, seen=_seen(request))

    return _answer(request, found, form, act, _("Cancel the event"), _("Cancel the event"), lambda: found)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def hold(request: StaffRequest, pk: int) -> HttpResponse:
    found = kept_event(request.staff, pk)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HoldForm(found, kind_of(found.kind), data, files)

    def act() -> None:
        held(request, found, form)

    return _answer(request, found, form, act, _("Write down how it went"), _("Save"), lambda: found, files=True)


def held(request: StaffRequest, found: Event, form: HoldForm) -> None:
    """Attendance, words and pictures in one. Raises ActivityRefused, ChangedMeanwhile."""
    said, at, by = form.cleaned_data, timezone.now(), request.staff.actor
    try:
        kept = [photos.keep_sent(file) for file in said["photos"]]
    except ImageRefused as refused:
        raise ActivityRefused({"photos": refused.message}) from None
    events.hold(
        found, said.get("people"), by=by, at=at, seen=_seen(request), words=said["words"], reason=said.get("reason", "")
    )
    pictures.add(found, kept, by=by, at=at)


def _answer(
    request: StaffRequest,
    found: Event | None,
    form: RefusableForm,
    act: Callable[[], None],
    title: str,
    button: str,
    to: Callable[[], Event],
    **more: Any,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, _("Saved."))
            return redirect(to())
    if found is not None:
        found.refresh_from_db()
    context = {"section": "life", "tab": "events", "event": found, "form": form, "title": title, "button": button}
    return render(request, "events/act.html", {**context, **more}, status=status)


@case_staff
@require_POST
def attend(request: StaffRequest, pk: int, session: int) -> HttpResponse:
    found = kept_event(request.staff, pk)
    row = get_object_or_404(Session, event=found, pk=session)
    people = whole_number(request.POST.get("people", ""))
    if request.POST.get("people", "").strip() not in (str(people), f"{people:02d}") or people > _MOST:
        return event_page(request, found, status=UNREADABLE, refused=_("Please write how many came."))
    row.event = found
    by, at, seen = request.staff.actor, timezone.now(), _seen(request)
    return _tried(request, found, lambda: events.attend(row, people, by=by, at=at, seen=seen))


@case_staff
@require_POST
def employers(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole table of a fair: those that are there, and new lines."""
    found, offers, wrong = kept_event(request.staff, pk), [], ""
    there = [(f"{one.pk}", one.name) for one in found.employers.all()]
    lines = [*there, *((f"new{nth}", request.POST.get(f"name-new{nth}", "").strip()) for nth in range(NEW_LINES))]
    for key, name in lines:
        written = [request.POST.get(f"{what}-{key}", "").strip() or "0" for what in ("posts", "agreements")]
        posts, agreements = (whole_number(text) for text in written)
        if written != [str(posts), str(agreements)] or max(posts, agreements) > _MOST:
            wrong = _("Please write whole numbers for {name}.").format(name=name or "—")
        elif name or posts or agreements:
            offers.append(Offer(name=name[:120], posts=posts, agreements=agreements))
    if wrong:
        return event_page(request, found, status=UNREADABLE, refused=wrong, typed=request.POST)
    by, at, seen = request.staff.actor, timezone.now(), _seen(request)
    return _tried(request, found, lambda: fairs.put(found, offers, by=by, at=at, seen=seen))


@case_staff
@require_POST
def remove_employer(request: StaffRequest, pk: int, employer: int) -> HttpResponse:
    found = kept_event(request.staff, pk)
    row = get_object_or_404(Employer, event=found, pk=employer)
    row.event = found
    return _tried(
        request, found, lambda: fairs.remove(row, by=request.staff.actor, at=timezone.now(), seen=_seen(request))
    )


@case_staff
@require_POST
def remove_picture(request: StaffRequest, pk: int, picture: int) -> HttpResponse:
    found = kept_event(request.staff, pk)
    row = get_object_or_404(Picture, event=found, pk=picture)
    return _tried(request, found, lambda: pictures.remove(row, by=request.staff.actor, at=timezone.now()))


def _tried(request: StaffRequest, found: Event, act: Callable[[], object]) -> HttpResponse:
    """A refusal stands above the event as it is now, with what was typed."""
    try:
        act()
    except ActivityRefused as refused:
        said = " ".join(str(reason) for reason in refused.fields.values())
        status = CONFLICT if set(refused.fields) == {""} else UNREADABLE
        return event_page(request, _again(request, found), status=status, refused=said, typed=request.POST)
    except ChangedMeanwhile as changed:
        again = _again(request, found)
        return event_page(request, again, status=CONFLICT, refused=str(changed.message), typed=request.POST)
    messages.success(request, _("Saved."))
    return redirect(found)


def _again(request: StaffRequest, found: Event) -> Event:
    return finding.seen_event(request.staff, found.pk)


def _seen(request: StaffRequest) -> int:
    return whole_number(request.POST.get("seen", ""))
