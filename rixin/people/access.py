"""The door of every staff page: who is signed in, which posts he or she holds today, and whether these open the page.

Signed out leads to the sign-in page and back; a page for other roles answers 403 and says for whom it is. What lies
outside a person's scope is a 404 and is decided with the rows, not here.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.people import sessions
from rixin.people.models import Account
from rixin.people.roles import Role
from rixin.people.second_factor import has_device
from rixin.people.staff import Staff, StaffRequest

P = ParamSpec("P")
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ASKED_BY_PAGE = "X-Asked-By-Page"
"""Header of what a page asks by itself from time to time: no sign that the person is still there."""
NOT_SHOWN = {"csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2", "code"}


def staff_required(*roles: str) -> Callable[[StaffView[P]], View[P]]:
    """Let in who holds one of `roles` today (any current post, where no role is named); sets `request.staff`.

    An account whose password must be changed is sent to do that first. A page that only the administrator's role
    opens asks for the second factor too, if the account has one or REQUIRE_TOTP_FOR_ADMIN is set.
    """

    def guard(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if (answer := turned_away(request, roles, at=timezone.now())) is not None:
                return answer
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.staff_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard


def signed_in(view: StaffView[P]) -> View[P]:
    """For pages about the own account: let in whoever is signed in, with or without a post."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if (answer := _not_signed_in(request, timezone.now())) is not None:
            return answer
        return view(cast(StaffRequest, request), *args, **kwargs)

    guarded.staff_roles = frozenset()  # type: ignore[attr-defined]
    return guarded


def turned_away(request: HttpRequest, roles: tuple[str, ...], *, at: datetime) -> HttpResponse | None:
    """The answer to somebody who may not enter; None, and `request.staff` set, for somebody who may."""
    if (answer := _not_signed_in(request, at)) is not None:
        return answer
    staff: Staff = cast(StaffRequest, request).staff
    if staff.account.must_change_password:
        return redirect("people:password")
    if not staff.posts:
        return refused(request, _("Your account has no post at present. Please ask the administrator."))
    if not staff.may(*roles):
        names = _(", ").join(str(Role(role).label) for role in roles)
        return refused(request, _("This page is for: %(roles)s.") % {"roles": names})
    if roles and staff.roles & set(roles) == {Role.ADMINISTRATOR}:
        return _second_factor_missing(request, staff)
    return None


def refused(request: HttpRequest, message: str, *, status: int = 403) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"code": "not_allowed", "message": message}, status=status)
    return render(request, "people/refused.html", {"message": message}, status=status)


def _not_signed_in(request: HttpRequest, at: datetime) -> HttpResponse | None:
    if not isinstance(request.user, Account):
        return _to_sign_in(request)
    if (why := sessions.ending(request.session, at)) is not None:
        logout(request)
        return _to_sign_in(request, why)
    if ASKED_BY_PAGE not in request.headers:
        sessions.note_seen(request.session, at)
    cast(StaffRequest, request).staff = Staff.at(request.user, at)
    return None


def _to_sign_in(request: HttpRequest, why: str = "") -> HttpResponse:
    """Lead to the sign-in page and back. What was being sent is shown again, so that nothing typed is lost."""
    came_from = request.get_full_path() if request.method == "GET" else _page_before(request)
    address = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': came_from, **({'ended': why} if why else {})})}"
    if _wants_json(request):
        message = _("You are signed out. Sign in and send it again.")
        return JsonResponse({"code": "signed_out", "message": message, "sign_in": address}, status=401)
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if typed := _typed(request):
        return render(request, "people/signed_out.html", {"typed": typed, "sign_in": address}, status=401)
    return HttpResponseRedirect(address)


def _page_before(request: HttpRequest) -> str:
    """The path of the page from which the form was sent, on this site; the start page where that is not known."""
    referer = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    return referer.removeprefix(here) if referer.startswith(f"{here}/") else reverse(settings.LOGIN_REDIRECT_URL)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SHOWN
        for value in values
        if isinstance(value, str) and value.strip()
    ]


def _second_factor_missing(request: HttpRequest, staff: Staff) -> HttpResponse | None:
    user: Any = request.user
    if user.is_verified():
        return None
    if has_device(staff.account):
        # The sign-in asks for the code already; a session from before the device was set up signs in anew.
        logout(request)
        return _to_sign_in(request, "second_factor")
    if settings.REQUIRE_TOTP_FOR_ADMIN:
        messages.info(request, _("Administrators sign in with a second factor here. Please set it up first."))
        return redirect("people:second_factor")
    return None


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return "application/json" in accepts and "text/html" not in accepts
