"""Signing in and out, and the pages about the own account."""

from datetime import datetime
from typing import Any, cast

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.client_address import client_address
from rixin.people import accounts, cast_of_demo, lockout, second_factor, sessions
from rixin.people.access import signed_in
from rixin.people.forms import CodeForm, OwnLanguageForm, PasswordForm, SetUpCodeForm, SignInForm
from rixin.people.models import Account, AccountEvent
from rixin.people.roles import Role
from rixin.people.staff import Staff, StaffRequest

BACKEND = "rixin.people.backends.AccountBackend"
# Who gave the right password and still owes the code: account, since when, where to go afterwards.
OWES_CODE = "owes_code"
CODE_WITHIN = 5 * 60  # seconds
LANGUAGE_KEPT = 400 * 24 * 3600  # seconds
EVENTS_SHOWN = 10


def _ended(why: str) -> str:
    return {
        "idle": _("You were signed out, since nothing was done for two hours. Please sign in again."),
        "longest": _("You were signed out: a sign-in lasts twelve hours. Please sign in again."),
        "second_factor": _("Please sign in again with the code of your second factor."),
        "signed_out": _("You are signed out."),
    }.get(why, "")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "GET" and isinstance(request.user, Account):
        return HttpResponseRedirect(_safe(request, wanted) or home_of(request.user, timezone.now()))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        account = authenticate(request, username=username, password=form.cleaned_data["password"])
        if isinstance(account, Account):
            return _password_was_right(request, account, wanted, at=timezone.now())
        form.wrong(lockout.tries_left(username, client_address(request)))
    status = 422 if form.errors else 200
    context = {"form": form, "next": wanted, "ended": _ended(request.GET.get("ended", ""))}
    return render(request, "people/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for accounts with a second factor."""
    at = timezone.now()
    owing = request.session.get(OWES_CODE) or {}
    account = Account.objects.filter(pk=owing.get("account", 0), is_active=True).first()
    device = second_factor.device_of(account) if account else None
    if account is None or device is None or at.timestamp() - owing["since"] > CODE_WITHIN:
        request.session.pop(OWES_CODE, None)
        messages.info(
            request, _("Please enter user name and password first; the code must follow within five minutes.")
        )
        return redirect("people:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused = second_factor.sign_in_code(account, device, form.cleaned_data["code"], at=at)
        if refused is None:
            return _let_in(request, account, owing.get("next", ""), at=at, device=device)
        form.add_error("code", refused.message)
    return render(request, "people/sign_in_code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """The accounts of the demonstration; a tap signs in, through the same check of the password as everybody."""
    if not settings.DEMO:
        messages.info(request, _("The demonstration is not switched on here (DEMO=1)."))
        return redirect("people:sign_in")
    if request.method == "POST":
        chosen = get_object_or_404(Account, demo=True, username=request.POST.get("username", ""))
        account = authenticate(request, username=chosen.username, password=settings.DEMO_PASSWORD)
        if isinstance(account, Account):
            return _password_was_right(request, account, request.POST.get("next", ""), at=timezone.now())
        messages.error(request, _("The password of this demo account was changed. Run `rixin people load --demo`."))
    groups = cast_of_demo.by_role(timezone.localdate())
    return render(request, "people/demo.html", {"groups": groups, "password": settings.DEMO_PASSWORD})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(f"{reverse('people:sign_in')}?ended=signed_out")


@require_GET
@signed_in
def me(request: StaffRequest) -> HttpResponse:
    account = request.staff.account
    context = {
        "section": "me",
        "account": account,
        "posts": request.staff.posts,
        "language_form": OwnLanguageForm(initial={"language": account.language}),
        "has_second_factor": second_factor.has_device(account),
        "recovery_codes_left": second_factor.recovery_codes_left(account),
        "events": AccountEvent.objects.filter(account=account).select_related("by")[:EVENTS_SHOWN],
    }
    return render(request, "people/me.html", context)


@require_POST
@signed_in
def own_language(request: StaffRequest) -> HttpResponse:
    form = OwnLanguageForm(request.POST)
    response = redirect("people:me")
    if form.is_valid():
        account = request.staff.account
        account.language = form.cleaned_data["language"]
        account.save(update_fields=["language"])
        _speak(response, account.language)
    return response


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def password(request: StaffRequest) -> HttpResponse:
    account = request.staff.account
    form = PasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        first_time = account.must_change_password
        accounts.change_own_password(account, form.cleaned_data["new_password1"], at=timezone.now())
        # Other sessions of the account end with the old password; this one goes on.
        update_session_auth_hash(request, account)
        messages.success(request, _("Your password is changed. Sign-ins on other devices have ended."))
        return HttpResponseRedirect(home_of(account, timezone.now()) if first_time else reverse("people:me"))
    context = {"form": form, "first_time": account.must_change_password, "section": "me"}
    return render(request, "people/password.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def set_up_second_factor(request: StaffRequest) -> HttpResponse:
    account, at = request.staff.account, timezone.now()
    if account.must_change_password:
        return redirect("people:password")
    device = second_factor.device_being_set_up(account)
    form = SetUpCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refused = second_factor.enter_code(device, form.cleaned_data["code"], at=at)
        if refused is None:
            codes = second_factor.confirm(device, account=account, at=at)
            django_otp.login(request, device)
            return _recovery_codes(request, codes)
        form.add_error("code", refused.message)
    context = {
        "form": form,
        "qr_code": second_factor.qr_code(device),
        "key": second_factor.written_key(device),
        "replaces": second_factor.has_device(account),
        "section": "me",
    }
    return render(request, "people/second_factor.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@signed_in
def change_second_factor(request: StaffRequest) -> HttpResponse:
    """New recovery codes, or no second factor any more: only with the password, for an open screen is no proof."""
    account, at = request.staff.account, timezone.now()
    if not account.check_password(request.POST.get("password", "")):
        messages.error(request, _("The password was not right. Nothing was changed."))
        return redirect("people:me")
    if request.POST.get("what") == "codes" and second_factor.has_device(account):
        return _recovery_codes(request, second_factor.new_recovery_codes(account, at=at))
    if request.POST.get("what") == "remove":
        second_factor.remove(account, by=account, at=at)
        messages.success(request, _("The second factor is removed. You sign in with your password alone."))
    return redirect("people:me")


def home_of(account: Account, at: datetime) -> str:
    """Where somebody starts. An administrator without another post has no matters to look at."""
    if Staff.at(account, at).roles == {Role.ADMINISTRATOR}:
        return reverse("people:accounts")
    return reverse(settings.LOGIN_REDIRECT_URL)


def _password_was_right(request: HttpRequest, account: Account, wanted: str, *, at: datetime) -> HttpResponse:
    if account.one_time_until is not None and at >= account.one_time_until:
        form = SignInForm(initial={"username": account.username})
        refusal = _("This one-time password has run out. Ask the administrator of your unit for a new one.")
        return render(request, "people/sign_in.html", {"form": form, "refusal": refusal}, status=403)
    if second_factor.has_device(account):
        request.session[OWES_CODE] = {"account": account.pk, "since": at.timestamp(), "next": wanted}
        return redirect("people:sign_in_code")
    return _let_in(request, account, wanted, at=at)


def _let_in(request: HttpRequest, account: Account, wanted: str, *, at: datetime, device: Any = None) -> HttpResponse:
    request.session.pop(OWES_CODE, None)
    login(request, account, backend=BACKEND)
    sessions.begin(request.session, at)
    if device is not None:
        django_otp.login(request, device)
    if account.must_change_password:
        return redirect("people:password")
    response = HttpResponseRedirect(_safe(request, wanted) or home_of(account, at))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        _speak(response, account.language)
    return response


def _safe(request: HttpRequest, wanted: str) -> str:
    """The address if it is on this site, else ""."""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else ""


def _speak(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_KEPT,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def _recovery_codes(request: StaffRequest, codes: list[str]) -> HttpResponse:
    return render(cast(HttpRequest, request), "people/recovery_codes.html", {"codes": codes, "section": "me"})
