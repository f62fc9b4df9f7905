"""The guard of every page that is found by a code: wrong codes are counted per address, and too many shut the door."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rixin.channels import throttle
from rixin.channels.forms import CodeForm
from rixin.channels.held_codes import too_many_guesses
from rixin.privacy.limits import Blocked


def guarded(view: Callable[..., HttpResponseBase | None]) -> Callable[..., HttpResponseBase]:
    """`view` takes the code and answers None where nothing has it."""

    @wraps(view)
    def found(request: HttpRequest, code: str, *args: object, **kwargs: object) -> HttpResponseBase:
        now = timezone.now()
        verdict = throttle.may_guess(request, now)
        if isinstance(verdict, Blocked):
            return too_many_guesses(request, verdict)
        answer = view(request, code, *args, **kwargs)
        if answer is not None:
            return answer
        throttle.guessed_wrong(request, now)
        form = CodeForm({"code": code})
        form.add_error("code", no_such_code())
        return track_page(request, form, 404)

    return never_cache(found)


def no_such_code() -> str:
    return _("There is no report with this code. Please compare it with your receipt: eight letters and digits.")


def track_page(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    return render(request, "channels/track.html", {"form": form}, status=status)
