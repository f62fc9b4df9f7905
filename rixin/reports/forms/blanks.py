"""What is typed by hand into a form: read kindly, refused in words that name what stood there."""

from collections.abc import Mapping
from decimal import Decimal

from rixin.catalogue.form_marks import parse
from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import RecordField
from rixin.records.entry import Unreadable, read
from rixin.reports.forms.filling import Typed
from rixin.reports.forms.table import Table

_DIGITS = 4
_LABEL = Text(zh="手工填写", en="Typed by hand")
_TEXT = RecordField(name="typed", label=_LABEL, kind="long_text", most=2_000)
_NUMBER = RecordField(name="typed", label=_LABEL, kind="amount", decimals=_DIGITS, least=None)


def read_typed(given: Mapping[str, str]) -> tuple[Typed, dict[str, str]]:
    """What was typed, by the key of its cell, and what is wrong with that which cannot be read."""
    typed: dict[str, Decimal | str] = {}
    faults: dict[str, str] = {}
    for key, said in given.items():
        blank = parse(key.partition("|")[0]).blank
        if blank is None:
            continue  # no cell has such a key
        try:
            stored = read(_NUMBER if blank.number else _TEXT, said)
        except Unreadable as wrong:
            faults[key] = wrong.message
            continue
        if isinstance(stored, int):
            typed[key] = Decimal(stored).scaleb(-_DIGITS).normalize()
        elif stored is not None:
            typed[key] = stored
    return typed, faults


def typed_in(then: Table, *, numbers: bool = True) -> Typed:
    """What was typed into an earlier form, to be offered again. Numbers of another period would pass unread."""
    return {
        key: cell.value
        for key, cell in then.by_key.items()
        if cell.asks and isinstance(cell.value, Decimal | str) and (numbers or cell.asks == "text")
    }
