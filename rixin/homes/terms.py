"""The periods for which heads are counted: quarters (2022-Q3) or halves of a year (2022-H1). Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

_LETTER = {3: "Q", 6: "H"}
_FORM = re.compile(r"^(\d{4})-([QH])([1-4])$")


class NoTerm(ValueError):
    """What was given names no quarter or half of a year."""


@dataclass(frozen=True, order=True)
class Term:
    """`months`: 3 or 6. `nth` counts from 1 within the year."""

    year: int
    nth: int
    months: int

    @classmethod
    def of(cls, months: int, day: date) -> "Term":
        return cls(day.year, (day.month - 1) // months + 1, months)

    @classmethod
    def read(cls, text: str) -> "Term":
        """Raises NoTerm."""
        match = _FORM.match(text.strip().upper())
        months = next((months for months, letter in _LETTER.items() if match and match[2] == letter), 0)
        if match is None or int(match[3]) > 12 // months or int(match[1]) < 1990:
            raise NoTerm(text)
        return cls(int(match[1]), int(match[3]), months)

    @classmethod
    def last_over(cls, months: int, today: date) -> "Term":
        """The last one that is over."""
        return cls.of(months, cls.of(months, today).first - timedelta(days=1))

    @property
    def first(self) -> date:
        return date(self.year, (self.nth - 1) * self.months + 1, 1)

    @property
    def last(self) -> date:
        month = self.nth * self.months
        return date(self.year, month, monthrange(self.year, month)[1])

    def before(self) -> "Term":
        return Term.of(self.months, self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}-{_LETTER[self.months]}{self.nth}"

    @property
    def name(self) -> str:
        """For people."""
        if self.months == 3:
            return _("{year}, quarter {nth}").format(year=self.year, nth=self.nth)
        if self.nth == 1:
            return _("first half of {year}").format(year=self.year)
        return _("second half of {year}").format(year=self.year)
