"""Checks what was filled in against what is asked: one rule for pages, API, imports and phones."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.dates import day_later
from rixin.catalogue.schema import AskedField, Lifecycle, Quota
from rixin.catalogue.worktime import LOCAL

Wrong = dict[str, str | Promise]
_DEFAULT_MOST = {"text": 200, "long_text": 4000, "photos": 9, "files": 9}
_PHONE = re.compile(r"^(?:\+?86)?(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|400\d{7})$")


@dataclass(frozen=True)
class Moments:
    """What dates are held against: when the matter came in, and now. Both aware."""

    opened: datetime
    now: datetime

    def day(self, which: str) -> date:
        return (self.opened if which == "opened" else self.now).astimezone(LOCAL).date()


def wrong_fields(asks: list[AskedField], given: dict[str, Any], lifecycle: Lifecycle, moments: Moments) -> Wrong:
    """Field name -> what to mend; empty when all is well. Unknown names are refused: nothing is lost silently."""
    wrong: Wrong = {
        name: _("This field is not asked for here.") for name in given.keys() - {field.name for field in asks}
    }
    for field in asks:
        value = given.get(field.name)
        if value in (None, "", []):
            if field.required:
                wrong[field.name] = format_lazy(_("Please fill in: {field}."), field=field.label)
        elif fault := _CHECKS[field.kind](field, value, lifecycle) or _out_of_time(field, value, moments):
            wrong[field.name] = fault
    return wrong


def missed_quotas(quotas: list[Quota], given: dict[str, Any]) -> Wrong:
    """Field name -> the rule that its number does not reach. Both numbers are known to be numbers."""
    wrong: Wrong = {}
    for quota in quotas:
        reached, needed = Fraction(str(given[quota.field])), Fraction(quota.share) * Fraction(str(given[quota.of]))
        if reached < needed or (quota.more and reached == needed):
            wrong[quota.field] = quota.rule.here()
    return wrong


def is_phone(text: str) -> bool:
    """Whether `text` can be a mainland mobile, landline or 400 number (spaces and dashes aside)."""
    return bool(_PHONE.match(re.sub(r"[\s\-()（）]", "", text)))


def _text(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    if not isinstance(value, str):
        return _("This has to be text.")
    most = field.most or _DEFAULT_MOST.get(field.kind, 200)
    if len(value) > most:
        return format_lazy(_("At most {most} characters; this has {now}."), most=most, now=len(value))
    return None


def _number(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _("This has to be a number, without a unit.")
    least = field.least or 0
    if value < least or (field.most is not None and value > field.most):
        return format_lazy(_("This has to lie between {least} and {most}."), least=least, most=field.most or "…")
    return None


def _date(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return format_lazy(_("“{value}” is not a date. Write it as 2023-01-31."), value=str(value))
    return None


def _out_of_time(field: AskedField, value: Any, moments: Moments) -> str | Promise | None:
    if field.kind != "date" or not (field.earliest or field.latest):
        return None
    day = date.fromisoformat(str(value))
    if field.earliest and day < (first := moments.day(field.earliest)):
        if field.earliest == "opened":
            return format_lazy(_("This lies before the day on which the matter came in, {day}."), day=day_later(first))
        return format_lazy(_("This day is over: from today, {day}, on."), day=day_later(first))
    if field.latest and day > (last := moments.day(field.latest)):
        return format_lazy(_("This day has not come yet: today is {day}."), day=day_later(last))
    return None


def _yes_no(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    if not isinstance(value, bool):
        return _("Please answer yes or no.")
    return field.must.here() if field.must and not value else None


def _choice(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    options = lifecycle.reasons[field.reasons] if field.kind == "reason" and field.reasons else field.options
    return None if value in {option.code for option in options} else _("Please choose from the list.")


def _phone(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    return None if is_phone(str(value)) else _("This is not a telephone number. A mobile number has 11 digits.")


def _photos(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    most = field.most or _DEFAULT_MOST["photos"]
    if not isinstance(value, list):
        return _("Please add the photos again.")
    return format_lazy(_("At most {most} photos."), most=most) if len(value) > most else None


def _files(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    most = field.most or _DEFAULT_MOST["files"]
    if not isinstance(value, list):
        return _("Please add the files again.")
    return format_lazy(_("At most {most} files."), most=most) if len(value) > most else None


def _unit(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    return None if isinstance(value, int) and not isinstance(value, bool) else _("Please choose a unit.")


def _staff(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    named = isinstance(value, dict) and isinstance(value.get("id"), int) and isinstance(value.get("name"), str)
    return None if named else _("Please choose a person.")


def _units(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    whole = isinstance(value, list) and all(isinstance(unit, int) for unit in value)
    return None if whole else _("Please choose units.")


def _place(field: AskedField, value: Any, lifecycle: Lifecycle) -> str | Promise | None:
    return (
        None
        if isinstance(value, dict) and value.get("area_path")
        else _("Please choose a place on the map or by name.")
    )


_CHECKS: dict[str, Callable[[AskedField, Any, Lifecycle], str | Promise | None]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "money": _number,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "reason": _choice,
    "phone": _phone,
    "photos": _photos,
    "files": _files,
    "unit": _unit,
    "units": _units,
    "case": _text,
    "type": _text,
    "place": _place,
    "staff": _staff,
}
