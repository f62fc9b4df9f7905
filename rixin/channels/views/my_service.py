"""What is held of a person on the roll of a service: seen, corrected and left with the code of the slip."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue.roll_schema import Roll
from rixin.channels import throttle
from rixin.channels.forms import CodeForm
from rixin.config.errors import error_page
from rixin.history import ChangedMeanwhile
from rixin.people import units
from rixin.people.actors import resident
from rixin.places import gazetteer
from rixin.privacy.limits import Blocked
from rixin.refused import FieldsRefused
from rixin.rolls import actions, opening, queries
from rixin.rolls.drafts import said_of
from rixin.rolls.forms import Areas, EntryForm, shown_address, shown_values
from rixin.rolls.models import Entry, RollEvent, Status
from rixin.tracking_codes import CODE_LENGTH, shown_code, written_code

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MOST_LINES = 50


def with_entry(view: Callable[Concatenate[HttpRequest, Entry, str, P], HttpResponseBase]) -> View[Concatenate[str, P]]:
    """Finds the entry of the code in the address. Wrong codes are counted per address, as those of receipts are."""

    @wraps(view)
    def found(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = timezone.now()
        verdict = throttle.may_guess(request, now)
        if isinstance(verdict, Blocked):
            told = _("Too many codes that do not exist were tried from here. Yours is not lost.")
            return error_page(request, 429, detail=told, retry_after=verdict.retry_after)
        entry = queries.by_code(code)
        if entry is None:
            throttle.guessed_wrong(request, now)
            form = CodeForm({"code": code})
            form.add_error("code", _no_such_code())
            return _door_page(request, form, 404)
        return view(request, entry, written_code(code), *args, **kwargs)

    return never_cache(found)


def _no_such_code() -> str:
    return _("There is no entry with this code. Compare it with your slip, or ask the counter for a new one.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _door_page(request, CodeForm(), 200)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _door_page(request, form, 422)
    if len(code := written_code(form.cleaned_data["code"])) != CODE_LENGTH:
        form.add_error("code", _no_such_code())
        return _door_page(request, form, 422)
    return redirect("channels:my_service", code)


def _door_page(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    rolls = [roll for roll in queries.rolls().values() if roll.asking]
    return render(request, "channels/my_service_door.html", {"form": form, "rolls": rolls}, status=status)


@require_GET
@with_entry
def entry(request: HttpRequest, held: Entry, code: str) -> HttpResponse:
    return _page(request, held, code)


@require_POST
@with_entry
def correct(request: HttpRequest, held: Entry, code: str) -> HttpResponse:
    roll = queries.roll_of(held)
    if roll is None or held.status not in (Status.ON, Status.ASKED):
        return _page(request, held, code, status=409)
    form = _form(held, roll, request.POST)
    if not form.is_valid():
        return _page(request, held, code, form=form, status=422)
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else held.version
    try:
        actions.correct(held, form.said, by=resident(), at=timezone.now(), seen=version, by_person=True)
    except FieldsRefused as refused:
        form.refuse(refused)
        return _page(request, held, code, form=form, status=422)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        held.refresh_from_db()
        return _page(request, held, code, form=form, status=409)
    return _done(code, "correct")


@require_POST
@with_entry
def stay(request: HttpRequest, held: Entry, code: str) -> HttpResponse:
    """The person wants to stay on: the day of deletion moves on."""
    try:
        actions.stays(held, by=resident(), at=timezone.now(), seen=held.version, by_person=True)
    except (FieldsRefused, ChangedMeanwhile):
        return _page(request, held, code, status=409)
    return _done(code, "stay")


@require_POST
@with_entry
def leave(request: HttpRequest, held: Entry, code: str) -> HttpResponse:
    """At once, without a reason."""
    try:
        actions.leave(held, by=resident(), at=timezone.now(), seen=held.version, by_person=True)
    except (FieldsRefused, ChangedMeanwhile):
        return _page(request, held, code, status=409)
    return _done(code, "leave")


def _done(code: str, what: str) -> HttpResponse:
    return redirect(f"{reverse('channels:my_service', args=[code])}?done={what}")


@require_GET
@with_entry
def own_data(request: HttpRequest, held: Entry, code: str) -> HttpResponse:
    """All that is held, to take away."""
    data = {**_held(held), "visits": _visits(held), "opened": _opened(held), "history": _history(held)}
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="rixin-{shown_code(code)}.json"'
    return answer


def _held(held: Entry) -> dict[str, Any]:
    roll = queries.roll_of(held)
    return {
        "roll": roll.name.here() if roll else held.roll,
        "status": held.get_status_display(),
        "name": held.name,
        "phone": held.phone,
        "address": shown_address(said_of(held)),
        "answers": dict(shown_values(held, roll)) if roll else {},
        "consent": f"{held.get_consent_how_display()}, {held.consent_on}",
        "joined_on": held.joined_on,
        "left_on": held.left_on,
        "delete_on": held.delete_on,
    }


def _visits(held: Entry) -> list[dict[str, Any]]:
    roll = queries.roll_of(held)
    outcomes = {one.code: one.name.here() for one in roll.visits.outcomes} if roll and roll.visits else {}
    return [
        {
            "day": visit.day,
            "by": visit.by.name,
            "outcome": outcomes.get(visit.outcome, visit.outcome),
            "words": visit.words,
        }
        for visit in held.visits.select_related("by")
    ]


def _opened(held: Entry) -> list[dict[str, Any]]:
    return [
        {"at": one.at, "who": one.who, "post": one.post, "purpose": one.purpose, "words": one.words}
        for one in opening.opened(held)
    ]


def _history(held: Entry) -> list[dict[str, Any]]:
    return [
        {
            "at": event.at,
            "what": _what(event),
            "who": _("you") if event.by_person else event.by_name,
            "why": event.reason,
        }
        for event in held.events.order_by("-pk")[:MOST_LINES]
    ]


def _what(event: RollEvent) -> str:
    return {
        "join": _("You were entered"),
        "ask": _("You asked to join"),
        "take_in": _("You were taken in"),
        "decline": _("You were not taken in"),
        "correct": _("What is held was corrected"),
        "give": _("Another person serves you"),
        "stays": _("You said to stay"),
        "leave": _("You left"),
        "slip": _("A new slip was made"),
        "visit": _("Somebody called"),
        "empty": _("All that was held is deleted"),
    }.get(event.action, event.action)


def _form(held: Entry, roll: Roll, data: Any = None) -> EntryForm:
    return EntryForm(roll, communities(), timezone.localdate(), data, known=said_of(held), prefilled=True)


def communities() -> Areas:
    """The communities of the sub-district."""
    atlas = gazetteer.current()
    found = [area for area in atlas.areas.values() if area.level == "community" and not area.retired]
    return [(area.path, area.name) for area in sorted(found, key=lambda one: one.path)]


def _page(
    request: HttpRequest, held: Entry, code: str, *, form: EntryForm | None = None, status: int = 200
) -> HttpResponse:
    roll = queries.roll_of(held)
    still = roll is not None and held.status in (Status.ON, Status.ASKED)
    context = {
        "entry": held,
        "roll": roll,
        "code": code,
        "written": shown_code(code),
        "unit": units.by_code(roll.unit).name if roll else "",
        "address": shown_address(said_of(held)),
        "values": shown_values(held, roll) if roll else [],
        "visits": _visits(held),
        "opened": _opened(held),
        "history": _history(held),
        "form": form or (_form(held, roll) if roll and still else None),
        "correcting": form is not None,
        "still": still,
        "server": held.server.name if held.server else "",
        "done": request.GET.get("done", ""),
        "refused": status == 409,
    }
    return render(request, "channels/my_service.html", context, status=status)
