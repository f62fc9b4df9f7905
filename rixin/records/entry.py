"""From what somebody typed, or a spreadsheet has, to the values of a record and back. Pure but for the language.

Read kindly: full-width digits, thousands marks, dates as people write them. What cannot be read is said in words that
name what stood there; it is never guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.records.periods import day_number, day_of

Stored = int | str | None
Values = dict[str, Stored]
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?$")
_DENSE_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YES = {"是", "有", "对", "√", "y", "yes", "true", "1"}
_NO = {"否", "无", "没有", "不", "×", "n", "no", "false", "0"}
_EARLIEST, _LATEST = 2000, 2100
_LONGEST = {"text": 120, "long_text": 4_000}


class Unreadable(ValueError):
    """What was filled in is no value of the field; `message` in the reader's language."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def read_values(record: RecordType, given: Mapping[str, Any]) -> tuple[Values, dict[str, str]]:
    """The values of a record's fields, and by field name what is wrong with those that cannot be read."""
    values: Values = {}
    faults: dict[str, str] = {}
    for field in record.fields:
        try:
            value = read(field, given.get(field.name))
        except Unreadable as fault:
            faults[field.name] = fault.message
            continue
        if value is not None:
            values[field.name] = value
        elif field.required:
            faults[field.name] = _("This is needed.")
    return values, faults


def read(field: RecordField, given: Any) -> Stored:
    """The stored form of what was filled in; None where nothing was. Raises Unreadable."""
    if isinstance(given, str):
        given = _plain(given)
    if given is None or given == "":
        return None
    return _READ[field.kind](field, given)


def read_day(given: Any) -> date:
    """A day as people and spreadsheets write it. Raises Unreadable."""
    if isinstance(given, datetime):
        return _in_reach(given.date())
    if isinstance(given, date):
        return _in_reach(given)
    text = _plain(str(given))
    match = _DATE.match(text) or _DENSE_DATE.match(text)
    if match is None:
        raise Unreadable(_("“{text}” is no date: write it as 2022-03-05.").format(text=text))
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        raise Unreadable(_("“{text}” has no month {month}.").format(text=text, month=month))
    try:
        return _in_reach(date(year, month, day))
    except ValueError:
        raise Unreadable(_("“{text}”: that month has no day {day}.").format(text=text, day=day)) from None


def _in_reach(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise Unreadable(_("“{day}” lies out of reach: look at the year.").format(day=day.isoformat()))
    return day


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _read_text(field: RecordField, given: Any) -> str:
    text = str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)
    most = field.most or _LONGEST[field.kind]
    if len(text) > most:
        raise Unreadable(_("At most {most} characters; there are {count}.").format(most=most, count=len(text)))
    return text


def _read_number(field: RecordField, given: Any) -> int:
    number = _number(given)
    scaled = number.scaleb(field.decimals if field.kind == "amount" else 0)
    if scaled != scaled.to_integral_value():
        if field.kind == "count":
            raise Unreadable(_("“{number}” is no whole number.").format(number=given))
        raise Unreadable(
            _("“{number}” has more than {decimals} digits after the point.").format(
                number=given, decimals=field.decimals
            )
        )
    if field.least is not None and number < field.least:
        raise Unreadable(_("“{number}” is less than {least}.").format(number=given, least=field.least))
    if field.most is not None and number > field.most:
        raise Unreadable(_("“{number}” is more than {most}.").format(number=given, most=field.most))
    if abs(scaled) >= 10**15:
        raise Unreadable(_("“{number}” is too large.").format(number=given))
    return int(scaled)


def _number(given: Any) -> Decimal:
    if isinstance(given, bool):
        raise Unreadable(_("“{text}” is no number.").format(text=given))
    try:
        # A spreadsheet keeps 0.1 as a binary fraction; its shortest spelling is what was typed.
        number = Decimal(str(given).replace(",", "").replace(" ", "").replace("，", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Unreadable(_("“{text}” is no number.").format(text=given))
    return number


def _read_date(_field: RecordField, given: Any) -> int:
    return day_number(read_day(given))


def _read_yes_no(_field: RecordField, given: Any) -> int:
    if isinstance(given, bool):
        return int(given)
    word = str(int(given) if isinstance(given, float) and given.is_integer() else given).lower()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise Unreadable(_("“{text}” is neither yes nor no.").format(text=given))


def _read_choice(field: RecordField, given: Any) -> str:
    word = str(given).lower()
    for option in field.options:
        if word in (option.code, option.name.zh.lower(), option.name.en.lower()):
            return option.code
    known = _(", ").join(option.name.here() for option in field.options)
    raise Unreadable(_("“{text}” cannot be chosen. There are: {known}.").format(text=given, known=known))


_READ: dict[str, Callable[[RecordField, Any], int | str]] = {
    "text": _read_text,
    "long_text": _read_text,
    "count": _read_number,
    "amount": _read_number,
    "date": _read_date,
    "yes_no": _read_yes_no,
    "choice": _read_choice,
}


# ---- and back


def typed(field: RecordField, stored: Stored) -> str:
    """As it would be typed into a form or a spreadsheet: what `read` gives back as `stored`."""
    if stored is None:
        return ""
    if field.kind == "amount":
        return str(Decimal(stored).scaleb(-field.decimals))
    if field.kind == "date":
        return day_of(int(stored)).isoformat()
    return str(stored)


def shown(field: RecordField, stored: Stored) -> str:
    """As it is read on a page, without the unit."""
    if stored is None:
        return ""
    if field.kind in ("count", "amount"):
        number = Decimal(stored).scaleb(-field.decimals) if field.kind == "amount" else Decimal(stored)
        return f"{number:,f}"
    if field.kind == "yes_no":
        return _("yes") if stored else _("no")
    if field.kind == "choice":
        return next((option.name.here() for option in field.options if option.code == stored), str(stored))
    return typed(field, stored)


def words_of(record: RecordType, values: Mapping[str, Stored]) -> str:
    """What a search looks through: texts, and what was chosen, in Chinese."""
    found = []
    for field in record.fields:
        stored = values.get(field.name)
        if stored is None or field.kind not in ("text", "long_text", "choice"):
            continue
        named = next((option.name.zh for option in field.options if option.code == stored), str(stored))
        found.append(named)
    return " ".join([record.name.zh, *found])
