"""Pages behind a code that somebody keeps: found, or counted as a wrong guess."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rixin.channels import throttle
from rixin.config.errors import error_page
from rixin.privacy.limits import Blocked

P = ParamSpec("P")
Row = TypeVar("Row")
Page = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def with_code(
    find: Callable[[str], Row | None],
) -> Callable[[Callable[Concatenate[HttpRequest, Row, P], HttpResponseBase]], Page[P]]:
    """Gives the view what `find` has for the code in the address. Too many wrong codes shut the door."""

    def guard(view: Callable[Concatenate[HttpRequest, Row, P], HttpResponseBase]) -> Page[P]:
        @wraps(view)
        def found(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            now = timezone.now()
            if isinstance(verdict := throttle.may_guess(request, now), Blocked):
                return too_many_guesses(request, verdict)
            if (row := find(code)) is None:
                throttle.guessed_wrong(request, now)
                unknown = _("Nothing is kept under this code. Please compare it once more.")
                return error_page(request, 404, detail=unknown)
            return view(request, row, *args, **kwargs)

        return never_cache(found)

    return guard


def too_many_guesses(request: HttpRequest, verdict: Blocked) -> HttpResponse:
    return error_page(
        request,
        429,
        detail=_("Too many codes that do not exist were tried from here. Yours is not lost."),
        retry_after=verdict.retry_after,
    )
