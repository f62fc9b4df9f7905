"""Events for residents: what is coming, signing up without an account, and the page of one's own code."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.activities import queries, queue, signing
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import Event, SignUp
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.channels import throttle
from rixin.channels.held_codes import with_code
from rixin.channels.joining_forms import SignUpForm, communities
from rixin.config.errors import error_page
from rixin.places import gazetteer
from rixin.privacy import limits
from rixin.privacy.limits import Blocked
from rixin.privacy.masking import mask_name, mask_phone
from rixin.tracking_codes import shown_code

MOST = 60


@dataclass(frozen=True)
class Shown:
    """An event as residents read it. `left`: places left, None where there is room for all or nobody signs up."""

    event: Event
    kind: EventKind | None
    where: str
    open: bool
    left: int | None
    waiting: int


def shown(event: Event, parties: list[queue.Party], kind: EventKind | None) -> Shown:
    area = gazetteer.current().area(event.area_path)
    places = [event.facility.name] if event.facility else []
    places.append(event.address or (area.name if area else ""))
    waits = sum(not party.seated for party in parties)
    is_open = signing.is_open(event, timezone.now())
    room = queue.left(event.capacity, parties) if event.sign_up_from else None
    return Shown(event, kind, " · ".join(filter(None, places)), is_open, 0 if waits else room, waits)


@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """`area` narrows it to a community, and to what is held for all."""
    offered = communities()
    chosen = next((area for area in offered if area.code == request.GET.get("area")), None)
    rows = queries.coming(timezone.localdate(), chosen.path if chosen else "").select_related("facility")
    found = list(rows.prefetch_related("sign_ups")[:MOST])
    kinds = versions.work().activities
    context = {
        "events": [shown(event, _parties(event), kinds.get(event.kind)) for event in found],
        "communities": offered,
        "chosen": chosen,
    }
    return render(request, "channels/events.html", context)


def _parties(event: Event) -> list[queue.Party]:
    """From what was fetched with the event."""
    rows = sorted(event.sign_ups.all(), key=lambda row: row.pk)
    return [queue.Party(row.pk, row.people, row.state == "in") for row in rows if row.state != "withdrawn"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """The event with its form; sent, it leads to the page of the code."""
    now = timezone.now()
    found = queries.public_event(pk, now)
    kind = versions.work().activities.get(found.kind) if found else None
    if found is None or kind is None:
        return error_page(request, 404, detail=_("This event is over, or was never there."))
    form = SignUpForm(kind, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, found, kind, form)
    verdict = throttle.signing_up(request, f"event {found.pk}", now)
    if isinstance(verdict, Blocked):
        return _too_many(request, found, kind, form, verdict)
    if not form.is_valid():
        return _page(request, found, kind, form, status=422)
    try:
        made = signing.sign_up(found, form.guest, once=form.key, at=now)
    except ActivityRefused as refused:
        form.refuse(refused)
        found.refresh_from_db()
        return _page(request, found, kind, form, status=409 if "" in refused.fields else 422)
    return _see(f"{reverse('channels:sign_up', args=[made.code])}?new=1")


def _see(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def _page(
    request: HttpRequest, found: Event, kind: EventKind, form: SignUpForm, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"one": shown(found, signing.parties(found), kind), "event": found, "form": form, **more}
    return render(request, "channels/event.html", context, status=status)


def _too_many(
    request: HttpRequest, found: Event, kind: EventKind, form: SignUpForm, verdict: Blocked
) -> HttpResponse:  # fmt: skip
    more = {"blocked_minutes": -(-verdict.retry_after // 60), "challenge": limits.challenge(timezone.now())}
    answer = _page(request, found, kind, form, status=429, **more)
    answer["Retry-After"] = str(verdict.retry_after)
    return answer


@require_GET
@with_code(queries.sign_up_of_code)
def sign_up(request: HttpRequest, row: SignUp) -> HttpResponse:
    return _code_page(request, row)


def _code_page(request: HttpRequest, row: SignUp, *, status: int = 200, refused: str = "") -> HttpResponse:
    event, parties = row.event, signing.parties(row.event)
    ahead = [party for party in parties if not party.seated and party.key < row.pk]
    context = {
        "row": row,
        "code": shown_code(str(row.code)),
        "one": shown(event, parties, versions.work().activities.get(event.kind)),
        "event": event,
        "ahead": len(ahead),
        "name": mask_name(row.name) if row.name else "",
        "phone": mask_phone(row.phone) if row.phone else "",
        "new": "new" in request.GET,
        "address": request.build_absolute_uri(reverse("channels:sign_up", args=[row.code])),
        "refused": refused,
    }
    return render(request, "channels/sign_up.html", context, status=status)


@require_POST
@with_code(queries.sign_up_of_code)
def withdraw(request: HttpRequest, row: SignUp) -> HttpResponse:
    try:
        signing.withdraw(row, at=timezone.now())
    except ActivityRefused as refused:
        return _code_page(request, row, status=409, refused=" ".join(map(str, refused.fields.values())))
    return redirect("channels:sign_up", row.code)
