"""What the holder of a tracking code sees and may do: the steps, adding, replying, rating, reopening, the own data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote

from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.cases import actions, photos, public, queries
from rixin.cases.actions import ChangedMeanwhile
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case, Receipt
from rixin.catalogue.paths import BACK
from rixin.catalogue.schema import Action
from rixin.channels import nearby
from rixin.channels.asking import AskedForm
from rixin.channels.forms import CodeForm, PhoneForm
from rixin.channels.rating import RatingForm, rating_actions
from rixin.channels.views.tracking import guarded, no_such_code, track_page
from rixin.choosing import raising
from rixin.documents import pdf
from rixin.documents.paper import paper_of
from rixin.documents.queries import of_receipt
from rixin.privacy.masking import mask_phone
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import CODE_LENGTH, shown_code, written_code

P = ParamSpec("P")
_TRIES = 3


@dataclass(frozen=True)
class Held:
    """A receipt with the matter that answers it now."""

    receipt: Receipt
    case: Case

    @property
    def code(self) -> str:
        return str(self.receipt.code)

    @property
    def written(self) -> str:
        """As it is shown: K7M2-9QXD."""
        return shown_code(self.code)

    @property
    def moved(self) -> bool:
        """Whether the report was merged into another matter."""
        return self.case.pk != self.receipt.case_id


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def with_receipt(view: Callable[Concatenate[HttpRequest, Held, P], HttpResponseBase]) -> View[Concatenate[str, P]]:
    """Finds the receipt of the code in the address. The code of a proposal leads to its own page."""

    @guarded
    @wraps(view)
    def found(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase | None:
        held = _held(code)
        if held is not None:
            return view(request, held, *args, **kwargs)
        if (proposal := raising.of_code(code)) is not None:
            return redirect("channels:own_proposal", proposal.code)
        return None

    return found


def _held(code: str) -> Held | None:
    receipt = queries.receipt_of_code(code)
    if receipt is None:
        return None
    case = queries.by_receipt(receipt)
    prefetch_related_objects([case], "clocks")
    return Held(receipt, case)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return track_page(request, CodeForm(), 200)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return track_page(request, form, 422)
    if len(code := written_code(form.cleaned_data["code"])) != CODE_LENGTH:
        form.add_error("code", no_such_code())
        return track_page(request, form, 422)
    return redirect("channels:receipt", code)


@require_GET
@with_receipt
def receipt(request: HttpRequest, held: Held) -> HttpResponse:
    return _page(request, held)


@require_POST
@with_receipt
def take(request: HttpRequest, held: Held, action: str) -> HttpResponse:
    """Any action that the lifecycle gives to this resident now."""
    step = queries.setting_of(held.case).rules.lifecycle.actions.get(action)
    if step is None:
        raise Http404
    form = _form_of(action, step, held.case, request)
    if not form.is_valid():
        return _page(request, held, {action: form}, status=422)
    return _acted(request, held, action, form, step.to is None)


def _acted(request: HttpRequest, held: Held, action: str, form: Any, whenever: bool) -> HttpResponse:
    """`whenever`: what somebody adds is good whatever happened meanwhile, so it is simply added after that."""
    first = public.is_first(held.receipt, held.case)
    if not first and action not in public.actions_of(held.receipt, held.case, timezone.now()):
        return _refused(request, held, action, form, _("This is not possible (any more): the matter has moved on."))
    seen = _seen(request, held.case)
    for _nth in range(_TRIES):
        try:
            actions.act(
                held.case,
                action,
                by=public.actor_of(held.receipt, held.case),
                given=form.given,
                seen=seen,
                at=timezone.now(),
                photos=getattr(form, "photos", {}),
            )
            return redirect(f"{reverse('channels:receipt', args=[held.code])}?done={action}")
        except ActionRefused as refused:
            return _refused(request, held, action, form, str(refused))
        except ChangedMeanwhile as changed:
            if not whenever or any(event.action == action and event.by_kind == "resident" for event in changed.since):
                break
            seen = changed.case.version
    words = _("The matter moved on while you were writing. Please look at the steps; then send it again.")
    return _refused(request, held, action, form, words)


def _refused(request: HttpRequest, held: Held, action: str, form: Any, why: str) -> HttpResponse:
    form.add_error(None, why)
    now = _held(held.code) or held
    return _page(request, now, {action: form}, status=409)


@require_POST
@with_receipt
def rate(request: HttpRequest, held: Held) -> HttpResponse:
    """The rating of whoever reported first is an action of the matter; that of others stands on the own receipt."""
    own_only = not public.is_first(held.receipt, held.case)
    form = _rating_form(held, request.POST, own_only=own_only)
    if not form.is_valid():
        return _page(request, held, {"rate": form}, status=422)
    if not own_only:
        return _acted(request, held, form.action, form, whenever=False)
    try:
        actions.rate_too(
            held.receipt,
            rating=str(form.given["rating"]),
            reason=str(form.given.get("rating_reason", "")),
            at=timezone.now(),
            by=public.actor_of(held.receipt, held.case),
        )
    except ActionRefused as refused:
        return _refused(request, held, "rate", form, str(refused))
    return redirect(f"{reverse('channels:receipt', args=[held.code])}?done=rate")


@require_POST
@with_receipt
def phone(request: HttpRequest, held: Held) -> HttpResponse:
    """Changes the own number, or deletes it where the field was emptied."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, held, {"phone": form}, status=422)
    number = form.cleaned_data["phone"]
    mark = fingerprint(number) if number else ""
    Receipt.objects.filter(pk=held.receipt.pk).update(phone=number or None, phone_mark=mark)
    return redirect(f"{reverse('channels:receipt', args=[held.code])}?done=phone#your-data")


@require_GET
@with_receipt
def own_data(request: HttpRequest, held: Held) -> HttpResponse:
    """Everything kept about the holder of this code, to take away."""
    steps = public.public_steps(held.case, held.receipt)
    first = not held.receipt.joined
    data = {
        "code": held.written,
        "reported_at": held.receipt.at.isoformat(),
        "number": held.case.number,
        "text": held.receipt.case.text if first else held.receipt.words,
        "answers": held.receipt.case.form if first else {},
        "place": held.receipt.case.address if first else nearby.public_place(held.case),
        "position": [held.receipt.case.lat, held.receipt.case.lng] if first else None,
        "name": held.receipt.name,
        "phone": held.receipt.phone,
        "rating": (held.case.rating if public.is_first(held.receipt, held.case) else held.receipt.rating) or None,
        "documents": [
            {"title": one.title, "number": one.number, "day": one.day.isoformat(), "text": one.text}
            for one in of_receipt(held.receipt, held.case)
        ],
        "steps": [
            {"at": step.at.isoformat(), "title": step.title, "text": step.text, "photos": list(step.photos)}
            for step in steps
        ],
    }
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="rixin-{held.written}.json"'
    return answer


@require_GET
@with_receipt
def photo(request: HttpRequest, held: Held, digest: str, thumb: bool = False) -> HttpResponseBase:
    """A photo of one of the steps that this person may read; any other is simply not found."""
    seen = {one for step in public.public_steps(held.case, held.receipt) for one in step.photos}
    path = photos.path_of(digest, thumb=thumb) if digest in seen else None
    if path is None or not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_GET
@with_receipt
def document(request: HttpRequest, held: Held, pk: int) -> HttpResponse:
    """A document that went out to the holder of this code."""
    found = get_object_or_404(of_receipt(held.receipt, held.case), pk=pk)
    answer = HttpResponse(pdf.write(paper_of(found)), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(f'{found.title}.pdf')}"
    return answer


def _seen(request: HttpRequest, case: Case) -> int:
    version = request.POST.get("seen", "")
    return int(version) if version.isdecimal() and len(version) < 10 else case.version


def _form_of(action: str, step: Action, case: Case, request: HttpRequest | None = None) -> AskedForm:
    lifecycle = queries.setting_of(case).rules.lifecycle
    data, files = (request.POST, request.FILES) if request else (None, None)
    return AskedForm(step.asks, lifecycle, data, files, auto_id=f"{action}-%s")


def _rating_form(held: Held, data: Any = None, *, own_only: bool) -> RatingForm:
    lifecycle = queries.setting_of(held.case).rules.lifecycle
    return RatingForm(lifecycle.actions, lifecycle, data, own_only=own_only, auto_id="rate-%s")


@dataclass(frozen=True)
class Offer:
    """An action with its form, as a card of the page. `opened`: its form is shown at once.

    `question`: what the office asked, where this is the answer to it.
    """

    code: str
    step: Action
    form: AskedForm
    opened: bool
    question: str = ""

    @property
    def name(self) -> str:
        return (self.step.plain or self.step.name).here()


def _page(request: HttpRequest, held: Held, filled: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """`filled`: forms that were refused, by action, with what was typed."""
    filled = filled or {}
    now = timezone.now()
    receipt, case = held.receipt, held.case
    first = public.is_first(receipt, case)
    allowed = public.actions_of(receipt, case, now)
    ratings = rating_actions(allowed)
    rating = _rating_of(held, filled, bool(ratings) or public.may_rate_too(receipt, case), first)
    steps = public.public_steps(case, receipt)
    offers = [
        Offer(
            code,
            step,
            filled.get(code) or _form_of(code, step, case),
            opened=code in filled or step.tone == "main",
            question=public.last_asked(steps) if step.to == BACK else "",
        )
        for code, step in allowed.items()
        if code not in ratings
    ]
    # What was refused because the matter moved on stays on the page with what was typed.
    shown = [rating, *(offer.form for offer in offers)]
    kept = [form for code, form in filled.items() if code != "phone" and not any(form is one for one in shown)]
    context = {
        "held": held,
        "case": case,
        "first": first,
        "kind": nearby.public_kind(case),
        "place": receipt.case.address if not receipt.joined else nearby.public_place(case),
        "state": nearby.public_state(case),
        "steps": list(reversed(steps)),
        "documents": of_receipt(receipt, case),
        "promise": public.promise(case),
        "offers": offers,
        "rating": rating,
        "kept": kept,
        "own_rating": _rating_words(held, case.rating if first else receipt.rating),
        "phone_form": filled.get("phone") or PhoneForm(),
        "phone": mask_phone(receipt.phone) if receipt.phone else "",
        "new": "new" in request.GET,
        "done": request.GET.get("done", ""),
        "address": request.build_absolute_uri(reverse("channels:receipt", args=[held.code])),
    }
    return render(request, "channels/receipt.html", context, status=status)


def _rating_of(held: Held, filled: dict[str, Any], possible: bool, first: bool) -> RatingForm | None:
    refused = next((form for form in filled.values() if isinstance(form, RatingForm)), None)
    if refused is not None and possible:
        return refused
    return _rating_form(held, own_only=not first) if possible else None


def _rating_words(held: Held, rating: str) -> str:
    """The rating given, in words; "" for none."""
    steps = rating_actions(queries.setting_of(held.case).rules.lifecycle.actions).values()
    options = {option.code: option for step in steps for asked in step.asks for option in asked.options}
    return options[rating].name.here() if rating in options else rating
