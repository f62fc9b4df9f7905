"""The only code that changes accounts and posts. Each change leaves an AccountEvent."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.people import lockout, second_factor
from rixin.people.models import Account, AccountEvent, Post, Unit
from rixin.people.roles import Role

What = AccountEvent.What
ONE_TIME_LASTS = timedelta(days=7)
# No letters or digits that are mistaken for each other when read from paper or over the telephone.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountRefused(Exception):
    """The change is not allowed; `message` says why in the reader's words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, kw_only=True)
class PostGiven:
    """A post to be given. Paths, codes and days as in `Post`."""

    unit: Unit
    role: Role
    area_path: str
    matters: Sequence[str] = ()
    title_zh: str
    title_en: str = ""
    since: date
    until: date | None = None


def one_time_password() -> str:
    """Four groups of four; 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))


@transaction.atomic
def open_account(
    username: str, name: str, *, password: str | None = None, by: Account | None, at: datetime, **given: Any
) -> Account:
    """A new account. `password` is one-time: it must be changed at the first sign-in and within seven days.

    Raises AccountRefused when the user name is taken.
    """
    account = Account(username=username.strip().lower(), name=name.strip(), created_at=at, **given)
    account.set_password(password)
    if password is not None:
        account.must_change_password, account.one_time_until = True, at + ONE_TIME_LASTS
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as taken:
        message = _("The user name “%(username)s” is taken. Choose another one.") % {"username": account.username}
        raise AccountRefused("username_taken", message) from taken
    _log(account, What.CREATED, by, at, name=account.name)
    return account


@transaction.atomic
def give_one_time_password(account: Account, *, by: Account | None, at: datetime) -> str:
    """Replace the password, unlock the name and answer the new password: it is shown once and stored nowhere."""
    password = one_time_password()
    account.set_password(password)
    account.must_change_password, account.one_time_until = True, at + ONE_TIME_LASTS
    account.save(update_fields=["password", "must_change_password", "one_time_until"])
    lockout.unlock(account.username)
    _log(account, What.PASSWORD_RESET, by, at)
    return password


@transaction.atomic
def change_own_password(account: Account, new: str, *, at: datetime) -> None:
    """Raises ValidationError where the password is weak or, after a one-time one, still the same."""
    validate_password(new, account)
    account.set_password(new)
    account.must_change_password, account.one_time_until = False, None
    account.save(update_fields=["password", "must_change_password", "one_time_until"])
    _log(account, What.PASSWORD_CHANGED, account, at)


@transaction.atomic
def add_post(account: Account, post: PostGiven, *, by: Account | None, at: datetime) -> Post:
    if by is not None and by.pk == account.pk:
        raise AccountRefused("own_posts", _("Your own posts are changed by another administrator."))
    if post.until is not None and post.until <= post.since:
        raise AccountRefused("ends_before_start", _("The post ends before it begins. Check the two dates."))
    Account.objects.select_for_update().get(pk=account.pk)  # two additions at once are looked at one after the other
    held = Post.objects.filter(account=account, unit=post.unit, role=post.role, area_path=post.area_path)
    if any(_overlap(other, post) for other in held):
        raise AccountRefused(
            "held_already", _("%(name)s holds this post at that time already.") % {"name": account.name}
        )
    added = Post.objects.create(
        account=account,
        unit=post.unit,
        role=post.role,
        area_path=post.area_path,
        matters=sorted(post.matters),
        title_zh=post.title_zh,
        title_en=post.title_en,
        since=post.since,
        until=post.until,
    )
    _log(account, What.POST_ADDED, by, at, **_in_words(added))
    return added


@transaction.atomic
def end_post(post: Post, *, by: Account | None, at: datetime) -> Post:
    """The post is held no more from now on; one that has not begun will not begin."""
    if by is not None and by.pk == post.account_id:
        raise AccountRefused("own_posts", _("Your own posts are changed by another administrator."))
    today = timezone.localdate(at)
    if post.until is not None and post.until <= today:
        raise AccountRefused("ended_already", _("This post ended on %(day)s already.") % {"day": post.until})
    post.until = max(today, post.since)
    post.save(update_fields=["until"])
    _log(post.account, What.POST_ENDED, by, at, **_in_words(post))
    return post


@transaction.atomic
def unlock(account: Account, *, by: Account | None, at: datetime) -> None:
    lockout.unlock(account.username)
    _log(account, What.UNLOCKED, by, at)


@transaction.atomic
def deactivate(account: Account, *, by: Account | None, at: datetime) -> None:
    """Close the account: open sessions end with their next request, posts stay on record."""
    if by is not None and by.pk == account.pk:
        raise AccountRefused("own_account", _("You cannot close your own account. Ask another administrator."))
    _set_active(account, False, What.DEACTIVATED, by, at)


@transaction.atomic
def reactivate(account: Account, *, by: Account | None, at: datetime) -> None:
    _set_active(account, True, What.REACTIVATED, by, at)


def remove_second_factor(account: Account, *, by: Account | None, at: datetime) -> None:
    """For somebody who lost the phone."""
    second_factor.remove(account, by=by, at=at)


def _set_active(account: Account, active: bool, what: What, by: Account | None, at: datetime) -> None:
    if Account.objects.filter(pk=account.pk, is_active=not active).update(is_active=active):
        _log(account, what, by, at)
    account.is_active = active


def _overlap(held: Post, given: PostGiven) -> bool:
    return (held.until is None or given.since < held.until) and (given.until is None or held.since < given.until)


def _in_words(post: Post) -> dict[str, Any]:
    return {
        "unit": post.unit.code,
        "role": post.role,
        "area": post.area_path,
        "matters": post.matters,
        "since": post.since.isoformat(),
        "until": post.until.isoformat() if post.until else None,
    }


def _log(account: Account, what: What, by: Account | None, at: datetime, **detail: Any) -> None:
    AccountEvent.objects.create(account=account, by=by, what=what, detail=detail, at=at)
