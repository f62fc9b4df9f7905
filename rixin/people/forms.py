"""What people type into the pages about themselves and about accounts."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from rixin.people import units
from rixin.people.accounts import PostGiven
from rixin.people.models import AREA_PATH, USERNAME, Account, Unit
from rixin.people.roles import Role


def _password(label: Any, autocomplete: str, **given: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=256, strip=False, widget=widget, **given)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=64,
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = _password(gettext_lazy("Password"), "current-password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()

    def wrong(self, left: int) -> None:
        """The same words for a wrong name and a wrong password, so that nobody learns which names exist."""
        self.add_error(None, _("The user name or the password is not right. Check both and try again."))
        if left <= 3:
            words = ngettext("%(left)s more try, then", "%(left)s more tries, then", left) % {"left": left}
            minutes = int(float(settings.AXES_COOLOFF_TIME) * 60)
            self.add_error(
                None,
                _("%(tries)s this name is locked from here for %(minutes)s minutes.")
                % {"tries": words, "minutes": minutes},
            )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Sign-in code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip()


class SetUpCodeForm(CodeForm):
    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=gettext_lazy("Code that the app shows"),
        error_messages={"invalid": gettext_lazy("The code has six digits.")},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _password_rules() -> str:
    return " ".join(password_validators_help_texts())


class PasswordForm(forms.Form):
    old_password = _password(gettext_lazy("Present password"), "current-password")
    new_password1 = _password(gettext_lazy("New password"), "new-password", help_text=lazy(_password_rules, str)())
    new_password2 = _password(gettext_lazy("New password again"), "new-password")

    def __init__(self, *given: Any, account: Account, **more: Any) -> None:
        super().__init__(*given, **more)
        self.account = account

    def clean_old_password(self) -> str:
        old = str(self.cleaned_data["old_password"])
        if not self.account.check_password(old):
            raise ValidationError(_("This is not your present password."))
        return old

    def clean_new_password1(self) -> str:
        new = str(self.cleaned_data["new_password1"])
        validate_password(new, self.account)
        return new

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        new = given.get("new_password1")
        if new and given.get("new_password2") and new != given["new_password2"]:
            self.add_error("new_password2", _("The two new passwords differ. Type the same one twice."))
        if new and new == given.get("old_password"):
            self.add_error("new_password1", _("This is the password that you have. Choose another one."))
        return given


class OwnLanguageForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class NewAccountForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=40, help_text=gettext_lazy("As colleagues know it."))
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=32,
        validators=[USERNAME],
        help_text=USERNAME.message,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if Account.objects.filter(username=username).exists():
            raise ValidationError(
                _("The user name “%(username)s” is taken. Choose another one.") % {"username": username}
            )
        return username


class UnitField(forms.TypedChoiceField):
    """A unit that exists today, from memory. `none` is the word for no unit chosen."""

    def __init__(self, *, none: str | Promise = "—", **given: Any) -> None:
        self.none = none
        super().__init__(choices=self._open_units, coerce=int, empty_value=None, **given)

    def _open_units(self) -> list[tuple[str, str | Promise]]:
        return [("", self.none), *((str(unit.id), unit.name) for unit in units.all_open())]


class PostForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Unit"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", "—"), *Role.choices])
    area_path = forms.CharField(
        label=gettext_lazy("Area"),
        max_length=120,
        required=False,
        validators=[AREA_PATH],
        help_text=gettext_lazy(
            "The path of the area, such as 330106013/001/01/ for grid 01 of community 001. Empty: the unit's own area."
        ),
        widget=forms.TextInput({"list": "areas", "autocomplete": "off", "spellcheck": "false"}),
    )
    title_zh = forms.CharField(label=gettext_lazy("Title (Chinese)"), max_length=40)
    title_en = forms.CharField(label=gettext_lazy("Title (English)"), max_length=80, required=False)
    matters = forms.CharField(
        label=gettext_lazy("Matter groups"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Codes of matter groups, separated by spaces. Empty: all matters."),
    )
    since = forms.DateField(
        label=pgettext_lazy("day", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=pgettext_lazy("day", "Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The first day on which the post is held no more."),
    )

    def clean_area_path(self) -> str:
        area = str(self.cleaned_data["area_path"]).strip()
        roots = {unit.area_path for unit in units.all_open()}
        if area and not any(around in roots for around in units.prefixes(area)[:-1]):
            raise ValidationError(
                _("No unit answers for the area %(area)s. Paths here begin with %(root)s.")
                % {"area": area, "root": min((root for root in roots if root), key=len, default="…")}
            )
        return area

    def clean_matters(self) -> list[str]:
        return sorted(set(str(self.cleaned_data["matters"]).replace(",", " ").split()))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The post ends before it begins. Check the two dates."))
        return given

    @property
    def given(self) -> PostGiven:
        """Of a valid form."""
        asked = self.cleaned_data
        unit = Unit.objects.get(pk=asked["unit"])
        return PostGiven(
            unit=unit,
            role=Role(asked["role"]),
            area_path=asked["area_path"] or unit.area_path,
            matters=asked["matters"],
            title_zh=asked["title_zh"],
            title_en=asked["title_en"],
            since=asked["since"],
            until=asked["until"],
        )

    @classmethod
    def from_day(cls, today: date) -> "PostForm":
        return cls(initial={"since": today})


class AccountsAskedForm(forms.Form):
    """The filter of the list; nothing in it is needed, and what makes no sense is left out."""

    q = forms.CharField(label=gettext_lazy("Name or user name"), required=False, max_length=40)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), required=False, choices=[("", gettext_lazy("All roles")), *Role.choices]
    )
    unit = UnitField(label=gettext_lazy("Unit"), required=False, none=gettext_lazy("All units"))
    state = forms.ChoiceField(
        label=pgettext_lazy("account", "State"),
        required=False,
        choices=[
            ("", gettext_lazy("All accounts")),
            ("active", pgettext_lazy("account", "Active")),
            ("locked", gettext_lazy("Locked")),
            ("closed", pgettext_lazy("account", "Closed")),
            ("no_post", gettext_lazy("Without a post")),
        ],
    )
