"""Areas, shares, taxes and days of buildings in words."""

from datetime import date
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rixin.registers import amounts
from rixin.registers.models import Room
from rixin.registers.taxes import TIERS, Taxed

NONE = "—"
"""Stands where nothing is known. A counted nothing is 0."""


def percent(share: Fraction | None) -> str:
    """With one digit, rounded half up: 12.5%."""
    if share is None:
        return NONE
    tenths = int(share * 1000 + Fraction(1, 2))
    return f"{number_format(tenths / 10, 1)}%"


def money(fen: int | None) -> str:
    return NONE if fen is None else amounts.yuan(fen)


def rent(fen: int) -> str:
    """Of a day and square metre."""
    return _("{rent} yuan per m² and day").format(rent=f"{fen / 100:g}")


def tier(taxed: Taxed | None) -> str:
    """ "" for a building below all tiers."""
    if taxed is None or not taxed.tier:
        return ""
    return _("100-million-yuan building") if taxed.tier == TIERS[0] else _("10-million-yuan building")


def floor(number: int) -> str:
    return _("Floor {n}").format(n=number) if number > 0 else _("Floor B{n}").format(n=-number)


def use(code: str) -> str:
    return str(Room.Use(code).label)


def read_day(written: str, otherwise: date) -> date:
    """Of an address; `otherwise` where it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return otherwise
