"""The periods of the calendar that returns, figures and reports are made for. Pure.

Written 2022, 2022-Q1, 2022-03 or 2022-03-05; several in a row 2022-01..2022-11.
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

_A_DAY = timedelta(days=1)


class NoPeriod(ValueError):
    """What was given names no period of the calendar. `given` is what stood there."""

    def __init__(self, given: str) -> None:
        self.given = given
        super().__init__(f"{given!r} is no period such as 2022, 2022-Q1, 2022-03 or 2022-03-05.")


@dataclass(frozen=True, order=True)
class Period:
    """`first` and `last` both belong to it. It is one period of its step, or several that follow on each other."""

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
        """One period, or several in a row. Raises NoPeriod."""
        begins, dots, ends = text.partition("..")
        if not dots:
            return cls._one(text)
        first, last = cls._one(begins), cls._one(ends)
        if first.step != last.step or last < first:
            raise NoPeriod(text)
        return cls(first.first, last.last, first.step)

    @classmethod
    def _one(cls, text: str) -> "Period":
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
        """The same where only one period of this length will do. Raises NoPeriod."""
        period = cls._one(text)
        if period.step != step:
            raise NoPeriod(text)
        return period

    @property
    def single(self) -> bool:
        return self == Period.of(self.step, self.first)

    def before(self) -> "Period":
        """The period of the same length that ends where this one begins."""
        opens = self.first
        for _part in self.parts(self.step):
            opens = Period.of(self.step, opens - _A_DAY).first
        return Period(opens, self.first - _A_DAY, self.step)

    def after(self) -> "Period":
        closes = self.last
        for _part in self.parts(self.step):
            closes = Period.of(self.step, closes + _A_DAY).last
        return Period(self.last + _A_DAY, closes, self.step)

    def year_before(self) -> "Period":
        """The same period of the year before; 29 February has the 28th."""
        first, last = (Period.of(self.step, _a_year_earlier(day)) for day in (self.first, self.last))
        return Period(first.first, last.last, self.step)

    def so_far(self) -> "Period":
        """From the beginning of the year in which it ends to its end."""
        year = Period.of("year", self.last)
        return year if self.last == year.last else Period(year.first, self.last, self.step)

    def parts(self, step: Step) -> Iterator["Period"]:
        """The shorter periods that it is made of, in order."""
        day = self.first
        while day <= self.last:
            part = Period.of(step, day)
            yield part
            day = part.last + _A_DAY

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        if not self.single:
            return "..".join(str(Period.of(self.step, day)) for day in (self.first, self.last))
        return {
            "year": f"{self.first:%Y}",
            "quarter": f"{self.first:%Y}-Q{(self.first.month + 2) // 3}",
            "month": f"{self.first:%Y-%m}",
            "day": f"{self.first:%Y-%m-%d}",
        }[self.step]


def _a_year_earlier(day: date) -> date:
    year = day.year - 1
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def day_number(day: date) -> int:
    """20221231: how days are kept in the values of a record and asked over."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
