"""Days and periods as people and spreadsheets write them. Pure but for the language; nothing is guessed."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import RecordType, Step
from rixin.sheets import Unreadable

_TIME = r"(?:[ T]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?)?"
_DATE = re.compile(rf"^(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*[日号]?{_TIME}$")
_DENSE_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WITHOUT_YEAR = re.compile(r"^\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?$")
_SERIAL = re.compile(r"^(?:3[6-9]|[4-6]\d|7[0-3])\d{3}$")
_SERIAL_START = date(1899, 12, 30)
"""Day 0 of the numbers by which spreadsheets keep days; from March 1900 on they agree with the calendar."""
_EARLIEST, _LATEST = 2000, 2100
_AHEAD = 366
"""Days that the end of a return's period may lie ahead."""
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_YEAR = r"(\d{4})\s*年?度?\s*"
_PERIODS: dict[Step, re.Pattern[str]] = {
    "year": re.compile(rf"^{_YEAR}$"),
    "quarter": re.compile(rf"^{_YEAR}[-/.]?\s*(?:q([1-4])|第?\s*([1-4一二三四])\s*季度?)$", re.IGNORECASE),
    "month": re.compile(rf"^{_YEAR}[-/.]?\s*(\d{{1,2}})\s*月?份?$"),
}


def read_day(given: Any) -> date:
    """A day as people and spreadsheets write it, the numbers among it by which a spreadsheet keeps days.

    Raises Unreadable.
    """
    if isinstance(given, datetime):
        return _in_reach(given.date())
    if isinstance(given, date):
        return _in_reach(given)
    if isinstance(given, float) and _SERIAL.match(f"{given:.0f}"):
        given = int(given)
    text = _plain(given)
    if match := _DATE.match(text) or _DENSE_DATE.match(text):
        year, month, day = (int(part) for part in match.groups())
        return _in_reach(_date(text, year, month, day))
    if _SERIAL.match(text):
        return _in_reach(_SERIAL_START + timedelta(days=int(text)))
    if _WITHOUT_YEAR.match(text):
        raise Unreadable(_("“{text}” says no year: write it as 2022-03-05.").format(text=text))
    raise Unreadable(_("“{text}” is no date: write it as 2022-03-05.").format(text=text))


def read_own_day(record: RecordType, given: Any) -> date:
    """The day that a record is kept under: of a return the last one of its period. Raises Unreadable."""
    if record.period is None or record.period == "day":
        return read_day(given)
    if isinstance(given, date):
        return Period.of(record.period, read_day(given)).last
    text = _plain(given)
    if isinstance(given, float) and text.endswith(".1"):
        raise Unreadable(
            _("“{text}” may be January or October: a spreadsheet drops the last nought. Write it as 2022-01.").format(
                text=text
            )
        )
    if (period := _period(record.period, text)) is not None:
        return period.last
    try:
        return Period.of(record.period, read_day(text)).last
    except Unreadable:
        example = {"month": "2022-03", "quarter": "2022-Q1", "year": "2022"}[record.period]
        raise Unreadable(
            _("“{given}” is no such period: write it as {example}.").format(given=text, example=example)
        ) from None


def has_come(record: RecordType, day: date, today: date) -> date:
    """`day`. Work lies behind; a return's period may end within a year. Raises Unreadable."""
    if (day - today).days > (_AHEAD if record.period else 0):
        raise Unreadable(_("“{day}”: this day has not come yet.").format(day=day.isoformat()))
    return day


def _period(step: Step, text: str) -> Period | None:
    """The period that is written; None where it is no writing of a period of this length."""
    match = _PERIODS[step].match(text)
    if match is None or _SERIAL.match(text):
        return None
    year, *parts = (part for part in match.groups() if part)
    month = 12 if step == "year" else int(parts[0]) if step == "month" else _QUARTERS[parts[0]] * 3
    return Period.of(step, _in_reach(_date(text, int(year), month, 1)))


def _date(text: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Unreadable(_("“{text}” has no month {month}.").format(text=text, month=month))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(_("“{text}”: that month has no day {day}.").format(text=text, day=day)) from None


def _in_reach(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise Unreadable(_("“{day}” lies out of reach: look at the year.").format(day=day.isoformat()))
    return day


def _plain(given: Any) -> str:
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return unicodedata.normalize("NFKC", str(given)).strip()
