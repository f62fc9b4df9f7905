"""Days as people and spreadsheets write them. Pure but for the language; nothing is guessed."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from rixin.sheets import Unreadable

_TIME = r"(?:[ T]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?)?"
_DATE = re.compile(rf"^(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*[日号]?{_TIME}$")
_DENSE_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WITHOUT_YEAR = re.compile(r"^\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?$")
_SERIAL = re.compile(r"^\d{5}$")
_SERIAL_START = date(1899, 12, 30)
"""Day 0 of the numbers by which spreadsheets keep days; from March 1900 on they agree with the calendar."""
EARLIEST, LATEST = 2000, 2100
"""Years that days of an office's work lie in."""


def read_day(given: Any, earliest: int = EARLIEST) -> date:
    """A day as people and spreadsheets write it, the numbers among it by which a spreadsheet keeps days.

    `earliest`: the first year in reach. Raises Unreadable.
    """
    if isinstance(given, datetime):
        return in_reach(given.date(), earliest)
    if isinstance(given, date):
        return in_reach(given, earliest)
    text = plain_day(given)
    if match := _DATE.match(text) or _DENSE_DATE.match(text):
        year, month, day = (int(part) for part in match.groups())
        return in_reach(a_date(text, year, month, day), earliest)
    serial = f"{given:.0f}" if isinstance(given, float) else text
    if is_serial(serial, earliest):
        return _SERIAL_START + timedelta(days=int(serial))
    if _WITHOUT_YEAR.match(text):
        raise Unreadable(_("“{text}” says no year: write it as 2022-03-05.").format(text=text))
    raise Unreadable(_("“{text}” is no date: write it as 2022-03-05.").format(text=text))


def is_serial(text: str, earliest: int = EARLIEST) -> bool:
    """Whether it is a number by which a spreadsheet keeps a day within reach."""
    if not _SERIAL.match(text):
        return False
    return earliest <= (_SERIAL_START + timedelta(days=int(text))).year <= LATEST


def a_date(text: str, year: int, month: int, day: int) -> date:
    """`text`: what was written. Raises Unreadable."""
    if not 1 <= month <= 12:
        raise Unreadable(_("“{text}” has no month {month}.").format(text=text, month=month))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(_("“{text}”: that month has no day {day}.").format(text=text, day=day)) from None


def in_reach(day: date, earliest: int = EARLIEST) -> date:
    """`day`. Raises Unreadable for a year that is surely a slip."""
    if not earliest <= day.year <= LATEST:
        raise Unreadable(_("“{day}” lies out of reach: look at the year.").format(day=day.isoformat()))
    return day


def plain_day(given: Any) -> str:
    """Half-width, without blanks around it; 20220305.0 is 20220305."""
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return unicodedata.normalize("NFKC", str(given)).strip()
