"""The periods of the calendar that returns, figures and reports are made for. Pure.

Written 2022, 2022-Q1, 2022-03 or 2022-03-05.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rixin.catalogue.work_schema import Step

_FORMS: dict[Step, re.Pattern[str]] = {
    "year": re.compile(r"^(\d{4})$"),
    "quarter": re.compile(r"^(\d{4})-Q([1-4])$"),
    "month": re.compile(r"^(\d{4})-(\d{2})$"),
    "day": re.compile(r"^(\d{4})-(\d{2})-(\d{2})$"),
}


class NoPeriod(ValueError):
    """What was given names no period of the calendar. `given` is what stood there."""

    def __init__(self, given: str) -> None:
        self.given = given
        super().__init__(f"{given!r} is no period such as 2022, 2022-Q1, 2022-03 or 2022-03-05.")


@dataclass(frozen=True, order=True)
class Period:
    """`first` and `last` both belong to it."""

    first: date
    last: date
    step: Step

    @classmethod
    def of(cls, step: Step, day: date) -> "Period":
        """The period of this length that `day` lies in."""
        if step == "day":
            return cls(day, day, step)
        months = {"month": 1, "quarter": 3, "year": 12}[step]
        opens = (day.month - 1) // months * months + 1
        closes = opens + months - 1
        return cls(date(day.year, opens, 1), date(day.year, closes, calendar.monthrange(day.year, closes)[1]), step)

    @classmethod
    def read(cls, text: str) -> "Period":
        """Raises NoPeriod."""
        for step, form in _FORMS.items():
            if match := form.match(text.strip().upper()):
                numbers = [int(part) for part in match.groups()]
                year, rest = numbers[0], numbers[1:]
                month = {"year": 1, "quarter": (rest or [1])[0] * 3, "month": (rest or [1])[0]}.get(step)
                try:
                    return cls.of(step, date(year, month or rest[0], rest[1] if step == "day" else 1))
                except ValueError:
                    break
        raise NoPeriod(text)

    @classmethod
    def reading(cls, text: str, step: Step) -> "Period":
        """The same where only periods of one length will do. Raises NoPeriod."""
        period = cls.read(text)
        if period.step != step:
            raise NoPeriod(text)
        return period

    def before(self) -> "Period":
        """The period of the same length that ends where this one begins."""
        return Period.of(self.step, self.first - timedelta(days=1))

    def after(self) -> "Period":
        return Period.of(self.step, self.last + timedelta(days=1))

    def year_before(self) -> "Period":
        """The same period of the year before; 29 February has the 28th."""
        year = self.first.year - 1
        last_day = calendar.monthrange(year, self.first.month)[1]
        return Period.of(self.step, self.first.replace(year=year, day=min(self.first.day, last_day)))

    def parts(self, step: Step) -> Iterator["Period"]:
        """The shorter periods that it is made of, in order."""
        part = Period.of(step, self.first)
        while part.first <= self.last:
            yield part
            part = part.after()

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return {
            "year": f"{self.first:%Y}",
            "quarter": f"{self.first:%Y}-Q{(self.first.month + 2) // 3}",
            "month": f"{self.first:%Y-%m}",
            "day": f"{self.first:%Y-%m-%d}",
        }[self.step]


def day_number(day: date) -> int:
    """20221231: how days are kept in the values of a record and asked over."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
