"""From what somebody typed, or a spreadsheet has, to the values of a record and back. Pure but for the language.

Read kindly: full-width digits, thousands marks, dates as people write them. What cannot be read is said in words that
name what stood there; it is never guessed.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from rixin.catalogue.periods import day_number, day_of
from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.catalogue.written_numbers import NO_MEASURES, Measures
from rixin.records.numbers import read_number
from rixin.sheets import Unreadable, as_text
from rixin.texts import cleaned
from rixin.written_days import read_day

Stored = int | str | None
Values = dict[str, Stored]
_YES = {"是", "有", "对", "√", "y", "yes", "true", "1"}
_NO = {"否", "无", "没有", "不", "×", "n", "no", "false", "0"}
_NOTHING = {"-", "--", "—", "——", "–", "/"}
"""What tables have in the cell of a number or a day that there is none of."""
_LONGEST = {"text": 120, "long_text": 4_000}


class Asking(Protocol):
    """A record type, or whatever else asks for fields like those of records."""

    @property
    def fields(self) -> Sequence[RecordField]: ...


def read_values(
    asking: Asking, given: Mapping[str, Any], measures: Measures = NO_MEASURES
) -> tuple[Values, dict[str, str]]:
    """The values of the fields, and by field name what is wrong with those that cannot be read.

    `measures`: the units that may be written behind a number.
    """
    values: Values = {}
    faults: dict[str, str] = {}
    for field in asking.fields:
        try:
            value = read(field, given.get(field.name), measures)
        except Unreadable as fault:
            faults[field.name] = fault.message
            continue
        if value is not None:
            values[field.name] = value
        elif field.required:
            faults[field.name] = _("This is needed.")
    return values, faults


def read(field: RecordField, given: Any, measures: Measures = NO_MEASURES) -> Stored:
    """The stored form of what was filled in; None where nothing was. Raises Unreadable."""
    if isinstance(given, str):
        given = _plain(given)
    if given is None or given == "":
        return None
    if field.kind in ("count", "amount", "date") and given in _NOTHING:
        return None
    if field.kind in ("count", "amount"):
        return read_number(field, given, measures)
    return _READ[field.kind](field, given)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", cleaned(text)).strip()


def longest(field: RecordField) -> int:
    """Characters that a text field holds."""
    return field.most or _LONGEST[field.kind]


def _read_text(field: RecordField, given: Any) -> str:
    text = as_text(given)
    most = longest(field)
    if len(text) > most:
        raise Unreadable(_("At most {most} characters; there are {count}.").format(most=most, count=len(text)))
    return text


def _read_date(_field: RecordField, given: Any) -> int:
    return day_number(read_day(given))


def _read_yes_no(_field: RecordField, given: Any) -> int:
    if isinstance(given, bool):
        return int(given)
    word = as_text(given).lower()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise Unreadable(_("“{text}” is neither yes nor no.").format(text=given))


def _read_choice(field: RecordField, given: Any) -> str:
    word = as_text(given).lower()
    for option in field.options:
        if word in (option.code, option.name.zh.lower(), option.name.en.lower()):
            return option.code
    known = _(", ").join(option.name.here() for option in field.options)
    raise Unreadable(_("“{text}” cannot be chosen. There are: {known}.").format(text=given, known=known))


_READ: dict[str, Callable[[RecordField, Any], int | str]] = {
    "text": _read_text,
    "long_text": _read_text,
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
