"""The calls of GeoReport v2. Each answers in the format that its address names; every refusal is told in it too."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rixin.cases import photos, queries
from rixin.cases.photos import KeptPhoto
from rixin.channels import throttle
from rixin.channels.open311 import keys, listing, sending, services, updates
from rixin.channels.open311.errors import CallRefused, bad, unknown
from rixin.channels.open311.formats import TYPES, Format, written
from rixin.privacy import limits
from rixin.privacy.limits import Blocked, Rate
from rixin.privacy.photos import ImageRefused

Answer = tuple[str, Any]
"""(name of the root in XML, what is said)"""
View = Callable[..., HttpResponse]


def call(*methods: str) -> Callable[[Callable[..., Answer]], View]:
    """A call: refusals become answers; whoever asks from a page of another site may read the answer."""

    def wrap(view: Callable[..., Answer]) -> View:
        @csrf_exempt
        @never_cache
        @require_http_methods([*methods, "OPTIONS"])
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, format: str, **named: Any) -> HttpResponse:
            try:
                _right_jurisdiction(request)
                root, said = ("", []) if request.method == "OPTIONS" else view(request, *args, **named)
            except CallRefused as refused:
                return _refusal(refused, cast(Format, format))
            return _answer(root, said, cast(Format, format), charset=root != "discovery")

        return cast(View, answered)

    return wrap


def _answer(root: str, said: Any, format: Format, *, status: int = 200, charset: bool = True) -> HttpResponse:
    """A discovery is of the bare type, as validators compare it; all else names its charset, as the text asks."""
    kind = f"{TYPES[format]}; charset=utf-8" if charset else TYPES[format]
    answer = HttpResponse(written(root, said, format) if root else b"", content_type=kind, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    return answer


def _refusal(refused: CallRefused, format: Format) -> HttpResponse:
    said = [{"code": code, "description": description} for code, description in refused.faults]
    answer = _answer("errors", said, format, status=refused.status)
    if refused.retry_after:
        answer["Retry-After"] = str(refused.retry_after)
    return answer


def _right_jurisdiction(request: HttpRequest) -> None:
    """One endpoint, one jurisdiction: it need not be named, but a wrong one is not ours."""
    named = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id")
    if named and named != settings.OPEN311_JURISDICTION:
        raise unknown(f"jurisdiction_id not found: {named[:64]}")


@call("GET")
def discovery(request: HttpRequest) -> Answer:
    return "discovery", services.discovery(f"{settings.PUBLIC_URL}/open311")


@call("GET")
def service_list(request: HttpRequest, **_test: bool) -> Answer:
    return "services", services.service_list()


@call("GET")
def service_definition(request: HttpRequest, code: str, **_test: bool) -> Answer:
    return "service_definition", services.definition(code)


@call("GET", "POST")
def requests(request: HttpRequest, test: bool = False) -> Answer:
    if request.method == "POST":
        return "service_requests", [_send(request, test)]
    return "service_requests", listing.requests(listing.read(request.GET.dict(), timezone.now()))


def _send(request: HttpRequest, test: bool) -> dict[str, Any]:
    at, key = timezone.now(), keys.holder_of(request.POST.get("api_key", ""))
    _not_too_many(f"open311 {key.pk}", at)
    sent = sending.read(request.POST, tuple(_photos(request)))
    if test:
        notice = "Test endpoint: the request is right, and nothing was opened."
        return {"service_request_id": sending.test_id(sent, key, at), "service_notice": notice, "account_id": None}
    case = sending.open_sent(sent, key, at)
    return {"service_request_id": case.number, "service_notice": None, "account_id": None}


def _not_too_many(key: str, at: datetime) -> None:
    verdict = limits.hit(key, Rate(settings.OPEN311_REQUESTS_PER_HOUR, throttle.HOUR), at)
    if isinstance(verdict, Blocked):
        wait = verdict.retry_after
        raise CallRefused(429, ("429", f"too many requests; try again in {wait} seconds"), retry_after=wait)


def _photos(request: HttpRequest) -> Iterator[KeptPhoto]:
    """Files sent with the request, under whatever name: clients say media, photo1 or file_0."""
    files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    if len(files) > sending.MOST_MEDIA:
        raise bad([f"at most {sending.MOST_MEDIA} pictures are taken"])
    for file in files:
        try:
            yield photos.keep_sent(file)
        except ImageRefused as refused:
            raise bad([f"{file.name}: {refused.message}"]) from refused


@call("GET")
def request_of(request: HttpRequest, number: str, **_test: bool) -> Answer:
    return "service_requests", [listing.told(listing.one(number))]


@call("GET")
def token(request: HttpRequest, token: str, **_test: bool) -> Answer:
    """The number of the request that a tracking code stands for. Wrong guesses are counted."""
    at = timezone.now()
    verdict = throttle.may_guess(request, at)
    if isinstance(verdict, Blocked):
        raise CallRefused(429, ("429", "too many wrong tokens"), retry_after=verdict.retry_after)
    receipt = queries.receipt_of_code(token)
    if receipt is None:
        throttle.guessed_wrong(request, at)
        raise unknown("token not found")
    return "service_requests", [{"service_request_id": receipt.case.number, "token": token}]


@call("GET", "POST")
def service_request_updates(request: HttpRequest, **_test: bool) -> Answer:
    at = timezone.now()
    if request.method == "POST":
        key = keys.holder_of(request.POST.get("api_key", ""))
        _not_too_many(f"open311 {key.pk}", at)
        return "service_request_updates", [updates.add(request.POST, at)]
    keys.holder_of(request.GET.get("api_key", ""))
    return "service_request_updates", updates.updates(request.GET.dict(), at)
