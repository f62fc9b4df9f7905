"""Units, accounts and the posts that people hold in units."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rixin.append_only import AppendOnly
from rixin.people.roles import Role

AREA_PATH = RegexValidator(
    r"^([0-9A-Za-z-]+/)*$", _("An area path is written with a slash after each code, such as 330106013/001/.")
)
USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,31}$", _("2 to 32 small letters, digits, dots, hyphens or underscores.")
)


def in_language(zh: str, en: str) -> str:
    """The text of the two that fits the page's language; Chinese where there is no English."""
    return en if en and (get_language() or "").startswith("en") else zh


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A member of staff who can sign in. What the person may do comes from posts, never from the account."""

    username = models.CharField(_("User name"), max_length=32, unique=True, validators=[USERNAME])
    name = models.CharField(_("Name"), max_length=40)
    language = models.CharField(
        _("Language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(pgettext_lazy("account", "Active"), default=True)
    must_change_password = models.BooleanField(default=False)
    # A password that somebody else has seen stops working if it is not replaced in time.
    one_time_until = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    demo_role_note_zh = models.CharField(max_length=80, blank=True)
    demo_role_note_en = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    @property
    def demo_role_note(self) -> str:
        return in_language(self.demo_role_note_zh, self.demo_role_note_en)


class Unit(models.Model):
    """An organisation that can hold a matter."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office")
        CENTRE = "centre", _("Centre")
        TEAM = "team", _("Team")
        STATION = "station", _("Station")
        COMMUNITY = "community", _("Community committee")
        COMPANY = "company", _("Company")
        DEPARTMENT = "department", _("District department")
        COURT = "court", _("Court")

    class Level(models.TextChoices):
        DISTRICT = "district", _("District")
        SUBDISTRICT = "subdistrict", _("Sub-district")
        COMMUNITY = "community", _("Community")

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    level = models.CharField(_("Level"), max_length=12, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # The area that the unit answers for; empty where it is not bound to one.
    area_path = models.CharField(max_length=120, blank=True, validators=[AREA_PATH])
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["level", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Post(models.Model):
    """What an account is in a unit: a role, for an area, for some matters or all, for a time.

    `area_path` is the path of the area's root ("330106013/001/"); "" is everywhere. `matters` holds codes of
    matter groups; empty is all. `until` is the first day on which the post is held no more, so that a post
    ended today ends at once.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(_("Role"), max_length=20, choices=Role)
    area_path = models.CharField(_("Area"), max_length=120, blank=True, validators=[AREA_PATH])
    matters = models.JSONField(_("Matter groups"), default=list, blank=True)
    title_zh = models.CharField(_("Title (Chinese)"), max_length=40)
    title_en = models.CharField(_("Title (English)"), max_length=80, blank=True)
    since = models.DateField(pgettext_lazy("day", "From"))
    until = models.DateField(pgettext_lazy("day", "Until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_by_unit_and_role")]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    def held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class AccountEvent(AppendOnly):
    """What was done to an account, by whom: read by auditors, changed by nobody."""

    class What(models.TextChoices):
        CREATED = "created", _("Account opened")
        PASSWORD_RESET = "password_reset", _("One-time password given")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        POST_ADDED = "post_added", _("Post added")
        POST_ENDED = "post_ended", _("Post ended")
        UNLOCKED = "unlocked", _("Unlocked")
        DEACTIVATED = "deactivated", _("Deactivated")
        REACTIVATED = "reactivated", _("Reactivated")
        SECOND_FACTOR_ON = "second_factor_on", _("Second factor set up")
        SECOND_FACTOR_OFF = "second_factor_off", _("Second factor removed")
        RECOVERY_CODES_MADE = "recovery_codes_made", _("New recovery codes")
        RECOVERY_CODE_USED = "recovery_code_used", _("Signed in with a recovery code")

    account = models.ForeignKey(Account, models.PROTECT, related_name="events")
    # None: from the command line of the server.
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["account", "-at"], name="account_event_latest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.account_id}"


class RecoveryCode(models.Model):
    """A code that opens the account once when the phone with the second factor is lost. Only a keyed hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once_per_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.digest[:6]}"


class Notice(models.Model):
    """A word to one member of staff inside the product (the bell)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notices")
    kind = models.SlugField(max_length=40)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["account", "-at", "-id"], name="notice_latest"),
            models.Index(fields=["account"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


def current_posts(account_id: int, day: date) -> list[Post]:
    """The posts that the account holds on `day` in units that exist then, with their units, oldest first."""
    posts = Post.objects.held_on(day).filter(account_id=account_id).select_related("unit")
    return list(posts.filter(Q(unit__retired_on=None) | Q(unit__retired_on__gt=day)))
