"""Pages for what went wrong: what happened, and what to do next, in the reader's language.

A view answers with `error_page(request, 429, ...)`; what Django itself refuses comes here through `rixin.config.urls`.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.config.language import Answer

Words = str | Promise
_DISCARDED = 1024 * 1024


@dataclass(frozen=True)
class Explained:
    title: Words
    detail: Words
    next_step: Words


EXPLAINED = {
    400: Explained(
        _("This request could not be read"),
        _("The address or the form was incomplete or damaged on its way."),
        _("Go back, check what you entered and send it again."),
    ),
    403: Explained(
        _("This is not open to you"),
        _("Your post does not include what this page does, or you are not signed in any more."),
        _("Sign in again, or ask the administrator of your unit."),
    ),
    404: Explained(
        _("Nothing is found here"),
        _("The address may be mistyped, the matter may have been moved, or it is outside your area of duty."),
        _("Check the address or the number, or start from the first page."),
    ),
    405: Explained(
        _("This address does not take that"),
        _("A page was opened that only receives forms, or a form was sent to a page that only shows."),
        _("Go back and use the buttons of the page."),
    ),
    413: Explained(
        _("That was too much at once"),
        _("The photos together are larger than this page takes. Nothing was sent."),
        _("Go back: what you typed is still there. Take fewer or smaller photos and send it again."),
    ),
    429: Explained(
        _("Too many requests in a short time"),
        _("To keep the service open to everyone, sending is limited. What you have sent so far has been kept."),
        _("Please wait a few minutes and try again."),
    ),
    500: Explained(
        _("Something went wrong on our side"),
        _("The fault has been noted. What was saved before stays saved."),
        _("Go back and try again in a minute. If it happens again, tell the administrator what you did and when."),
    ),
}


def error_page(
    request: HttpRequest,
    status: int,
    *,
    detail: Words | None = None,
    next_step: Words | None = None,
    retry_after: int | None = None,
) -> HttpResponse:
    """The page for `status`. `retry_after` is in seconds, for 429."""
    known = EXPLAINED.get(status, EXPLAINED[400 if status < 500 else 500])
    context = {
        "status": status,
        "title": known.title,
        "detail": detail or known.detail,
        "next_step": next_step or known.next_step,
    }
    answer = render(request, "error.html", context, status=status)
    if retry_after is not None:
        answer["Retry-After"] = str(retry_after)
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403, detail=str(exception) or None)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    # The page asks for nobody's name: what failed may be the very database or session that would tell it.
    request.__dict__.pop("_cached_user", None)
    request.user = AnonymousUser()
    return error_page(request, 500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF refusal: usually a form left open over a sign-out, or cookies switched off."""
    return error_page(
        request,
        403,
        detail=_("This form was open for too long, you signed in or out meanwhile, or the browser keeps no cookies."),
        next_step=_(
            "Go back, reload the page and send it again. What you typed is still in the form after going back."
        ),
    )


def bounded_bodies(answer: Answer) -> Answer:
    """Refuses a body larger than UPLOAD_MAX_MB before any of it is kept.

    What comes is read to its end and thrown away, up to ten times the limit: a browser that is still sending would
    otherwise show a broken connection in place of the page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        limit = settings.UPLOAD_MAX_MB * 1024 * 1024
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
        if announced <= limit:
            return answer(request)
        for _chunk in range(min(announced, 10 * limit) // _DISCARDED + 1):
            if not request.read(_DISCARDED):
                break
        refused = error_page(request, 413)
        refused["Connection"] = "close"
        return refused

    return middleware


def explained_refusals(answer: Answer) -> Answer:
    """Gives a page to a refusal that Django leaves blank (a view that takes no GET, a bare 400, 403 or 429)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        blank = response.status_code in EXPLAINED and not response.streaming and not response.content
        if not blank or "text/html" not in request.headers.get("Accept", "text/html"):
            return response
        page: Any = error_page(request, response.status_code)
        for name, value in response.items():
            if name not in {"Content-Length", "Content-Type"}:
                page[name] = value
        page.cookies.update(response.cookies)
        return page

    return middleware
