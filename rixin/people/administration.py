"""The administrator's pages: accounts, their posts, units. Auditors may look; only administrators change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rixin.people import accounts, lockout, second_factor
from rixin.people.access import staff_required
from rixin.people.accounts import AccountRefused
from rixin.people.forms import AccountsAskedForm, NewAccountForm, PostForm
from rixin.people.listing import Asked, accounts_found, units_with_strength
from rixin.people.models import Account, AccountEvent, Post
from rixin.people.roles import Role
from rixin.people.staff import StaffRequest
from rixin.people.units import all_open

ROWS = 50
EVENTS_SHOWN = 50
Change = Callable[[StaffRequest, Account], HttpResponse | None]


@require_safe
@staff_required(Role.ADMINISTRATOR, Role.AUDITOR)
def account_list(request: StaffRequest) -> HttpResponse:
    form = AccountsAskedForm(request.GET)
    form.is_valid()
    asked = Asked(**{name: value for name, value in form.cleaned_data.items() if value})
    page = Paginator(accounts_found(asked, timezone.localdate()), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "locked": lockout.locked_usernames(), "section": "accounts"}
    return render(request, "people/accounts.html", {**context, "may_change": _may_change(request)})


@never_cache
@require_http_methods(["GET", "POST"])
@staff_required(Role.ADMINISTRATOR)
def new_account(request: StaffRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None, initial={"language": "zh-hans"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        password = accounts.one_time_password()
        try:
            account = accounts.open_account(
                given["username"],
                given["name"],
                password=password,
                by=request.staff.account,
                at=timezone.now(),
                language=given["language"],
            )
        except AccountRefused as refused:
            form.add_error("username", refused.message)
        else:
            return _shown_once(request, account, password, opened=True)
    context = {"form": form, "section": "accounts"}
    return render(request, "people/new_account.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@staff_required(Role.ADMINISTRATOR, Role.AUDITOR)
def account(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account, pk=pk)
    return _account_page(request, found, PostForm.from_day(timezone.localdate()))


@require_POST
@staff_required(Role.ADMINISTRATOR)
def add_post(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account, pk=pk)
    form = PostForm(request.POST)
    if form.is_valid():
        try:
            accounts.add_post(found, form.given, by=request.staff.account, at=timezone.now())
        except AccountRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The post is added."))
            return redirect("people:account", pk=pk)
    return _account_page(request, found, form, status=422)


@require_POST
@staff_required(Role.ADMINISTRATOR)
def end_post(request: StaffRequest, pk: int, post_pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("account", "unit"), pk=post_pk, account=pk)

    def end(request: StaffRequest, account: Account) -> None:
        accounts.end_post(post, by=request.staff.account, at=timezone.now())
        messages.success(request, _("The post has ended."))

    return _changed(request, post.account, end)


@never_cache
@require_POST
@staff_required(Role.ADMINISTRATOR)
def change_account(request: StaffRequest, pk: int, change: str) -> HttpResponse:
    """One of CHANGES; `rixin.people.urls` lets nothing else through."""
    return _changed(request, get_object_or_404(Account, pk=pk), CHANGES[change])


@require_safe
@staff_required(Role.ADMINISTRATOR, Role.AUDITOR)
def unit_list(request: StaffRequest) -> HttpResponse:
    units = units_with_strength(timezone.localdate())
    return render(request, "people/units.html", {"units": units, "section": "units"})


def _one_time_password(request: StaffRequest, account: Account) -> HttpResponse:
    password = accounts.give_one_time_password(account, by=request.staff.account, at=timezone.now())
    return _shown_once(request, account, password)


def _unlock(request: StaffRequest, account: Account) -> None:
    accounts.unlock(account, by=request.staff.account, at=timezone.now())
    messages.success(request, _("%(name)s can sign in again at once.") % {"name": account.name})


def _deactivate(request: StaffRequest, account: Account) -> None:
    accounts.deactivate(account, by=request.staff.account, at=timezone.now())
    messages.success(request, _("The account is closed. Open sign-ins end with their next page."))


def _reactivate(request: StaffRequest, account: Account) -> None:
    accounts.reactivate(account, by=request.staff.account, at=timezone.now())
    messages.success(request, _("The account is open again."))


def _remove_second_factor(request: StaffRequest, account: Account) -> None:
    accounts.remove_second_factor(account, by=request.staff.account, at=timezone.now())
    messages.success(request, _("The second factor is removed; the person signs in with the password alone."))


CHANGES: dict[str, Change] = {
    "password": _one_time_password,
    "unlock": _unlock,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "remove-second-factor": _remove_second_factor,
}


def _changed(request: StaffRequest, account: Account, change: Change) -> HttpResponse:
    try:
        answer = change(request, account)
    except AccountRefused as refused:
        messages.error(request, refused.message)
        return _account_page(request, account, PostForm.from_day(timezone.localdate()), status=409)
    return answer or redirect("people:account", pk=account.pk)


def _account_page(request: StaffRequest, account: Account, form: PostForm, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    posts = list(account.posts.select_related("unit").order_by("-since", "-pk"))
    context: dict[str, Any] = {
        "account": account,
        "current": [post for post in posts if post.until is None or post.until > today],
        "past": [post for post in posts if post.until is not None and post.until <= today],
        "form": form,
        "areas": sorted({(unit.area_path, unit.name) for unit in all_open() if unit.kind == "community"}),
        "locked": account.username in lockout.locked_usernames(),
        "has_second_factor": second_factor.has_device(account),
        "events": AccountEvent.objects.filter(account=account).select_related("by")[:EVENTS_SHOWN],
        "may_change": _may_change(request),
        "own": account.pk == request.staff.account.pk,
        "section": "accounts",
    }
    return render(request, "people/account.html", context, status=status)


def _shown_once(request: StaffRequest, account: Account, password: str, *, opened: bool = False) -> HttpResponse:
    """Answers the form itself instead of leading on, so that the password is on this page only and kept nowhere."""
    context = {"account": account, "password": password, "opened": opened, "section": "accounts"}
    return render(request, "people/one_time_password.html", context)


def _may_change(request: StaffRequest) -> bool:
    return Role.ADMINISTRATOR in request.staff.roles
