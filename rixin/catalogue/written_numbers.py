"""Numbers as people and spreadsheets write them, with thousands marks and units. Pure but for the language."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue.work_schema import MeasureUnit
from rixin.sheets import Unreadable

Measures = Mapping[str, MeasureUnit]
NO_MEASURES: Measures = {}
_WRITTEN = re.compile(r"^[¥$]?\s*([+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?)\s*(\D*)$")
_TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def read_number(given: Any, own: MeasureUnit | None, measures: Measures) -> Decimal:
    """In the unit `own`; one that is written behind it and differs by a factor is converted. Raises Unreadable."""
    if isinstance(given, float):
        # A spreadsheet keeps and adds up 0.1 in binary; it shows 15 digits, and that is what its reader sees.
        return _finite(f"{given:.15g}", given)
    if isinstance(given, int | Decimal) and not isinstance(given, bool):
        return _finite(str(given), given)
    match = _WRITTEN.match(str(given))
    if match is None:
        raise Unreadable(_("“{text}” is no number.").format(text=given))
    digits, unit = match.groups()
    return _finite(re.sub("[, ]", "", digits), given) * _factor(given, unit, own, measures)


def _finite(digits: str, given: Any) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Unreadable(_("“{text}” is no number.").format(text=given))
    return number


def _factor(given: Any, unit: str, own: MeasureUnit | None, measures: Measures) -> Decimal:
    """By what a number in `unit` is multiplied to be one in the field's own."""
    written = unit.strip().lower()
    if not written or (own and written in _names(own)):
        return Decimal(1)
    for other in measures.values():
        if own and other.dimension == own.dimension and written in _names(other):
            return other.factor / own.factor
    times = _TIMES.get(written[0])
    rest = written[1:]
    # “2万” of a field that is counted in 万元 may mean either.
    if times and not (own and own.name.zh[0] in _TIMES) and (not rest or (own and rest in _names(own))):
        return times
    if own is None:
        raise Unreadable(_("“{text}” is no number.").format(text=given))
    raise Unreadable(_("“{text}”: here only {unit} are written.").format(text=given, unit=own.name.here()))


def _names(unit: MeasureUnit) -> tuple[str, str]:
    return unit.name.zh.lower(), unit.name.en.lower()
