"""Which month is reviewed when, and who is late. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time

from rixin.catalogue.schema import Term
from rixin.catalogue.work_schema import GoalYear
from rixin.catalogue.worktime import LOCAL, WorkCalendar, due_or_provisional


@dataclass(frozen=True)
class Round:
    """The review of one month: asked for on a day of the month after it."""

    year: int
    month: int
    asked_on: date
    due_on: date

    def is_late(self, today: date) -> bool:
        return today > self.due_on


def round_of(year: GoalYear, month: int, calendar: WorkCalendar) -> Round:
    asked = asked_on(year, month)
    begins = datetime.combine(asked, time(), LOCAL)
    term = Term(amount=year.reviewing.working_days, unit="working_days")
    return Round(year.year, month, asked, due_or_provisional(begins, term, calendar).at.astimezone(LOCAL).date())


def asked_on(year: GoalYear, month: int) -> date:
    return date(year.year + month // 12, month % 12 + 1, year.reviewing.asked_on)


def last_asked(year: GoalYear, today: date) -> int:
    """The month of the last review that was asked for; 0 while none was."""
    return max((month for month in range(1, 13) if asked_on(year, month) <= today), default=0)
