"""The day or the period that a record is kept under, as people write it. Pure but for the language."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import RecordType, Step
from rixin.sheets import Unreadable
from rixin.written_days import a_date, in_reach, is_serial, plain_day, read_day

_AHEAD = 366
"""Days that the end of a return's period may lie ahead."""
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_YEAR = r"(\d{4})\s*年?度?\s*"
_PERIODS: dict[Step, re.Pattern[str]] = {
    "year": re.compile(rf"^{_YEAR}$"),
    "quarter": re.compile(rf"^{_YEAR}[-/.]?\s*(?:q([1-4])|第?\s*([1-4一二三四])\s*季度?)$", re.IGNORECASE),
    "month": re.compile(rf"^{_YEAR}[-/.]?\s*(\d{{1,2}})\s*月?份?$"),
}


def read_own_day(record: RecordType, given: Any) -> date:
    """The day that a record is kept under: of a return the last one of its period. Raises Unreadable."""
    if record.period is None or record.period == "day":
        return read_day(given)
    if isinstance(given, date):
        return Period.of(record.period, read_day(given)).last
    text = plain_day(given)
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
    if match is None or is_serial(text):
        return None
    year, *parts = (part for part in match.groups() if part)
    month = 12 if step == "year" else int(parts[0]) if step == "month" else _QUARTERS[parts[0]] * 3
    return Period.of(step, in_reach(a_date(text, int(year), month, 1)))
