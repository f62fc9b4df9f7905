"""Money and areas of the registers as they are written for readers, and read from what they write."""

from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rixin.places.wording import plain
from rixin.registers.journal import RegisterRefused

_WAN = 1_000_000
"""Fen in ten thousand yuan."""


def yuan(fen: int) -> str:
    """12.34万元 or 12.34 ten thousand yuan; below ten thousand, yuan."""
    if abs(fen) < _WAN:
        return _("{amount} yuan").format(amount=_grouped(Decimal(fen) / 100))
    return _("{amount} ten thousand yuan").format(amount=_grouped(Decimal(fen) / _WAN))


def square_metres(square_decimetres: int) -> str:
    return _("{area} m²").format(area=_grouped(Decimal(square_decimetres) / 100))


def plain_number(of_hundredths: int) -> str:
    """Such as hours: 7.5."""
    return _grouped(Decimal(of_hundredths) / 100)


def _grouped(number: Decimal) -> str:
    said = number_format(round(number, 2), use_l10n=True, force_grouping=True)
    return said.rstrip("0").rstrip(".") if "." in said else said


def hundredths(typed: str, field: str) -> int:
    """Square metres or yuan as they are typed, in hundredths. Raises RegisterRefused."""
    written = plain(typed).strip().replace(",", "").replace(" ", "")
    try:
        number = Decimal(written)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**13:
        raise RegisterRefused("no_number", _("“{text}” is no number.").format(text=typed), field)
    whole = number * 100
    if whole != whole.to_integral_value():
        raise RegisterRefused("digits", _("At most two digits after the point, please."), field)
    return int(whole)
