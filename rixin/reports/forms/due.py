"""Which form is to be handed in next, and by when."""

from dataclasses import dataclass
from datetime import date, datetime, time

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import FormTemplate
from rixin.catalogue.worktime import LOCAL, due_or_provisional


@dataclass(frozen=True)
class Due:
    """`day` is None for a form that is asked for by no fixed day."""

    period: Period
    day: date | None
    late: bool


def next_due(form: FormTemplate, handed_in: Period | None, today: date) -> Due:
    """The period after the last one that was handed in; where none was, the last one that is over."""
    period = handed_in.after() if handed_in is not None else Period.of(form.period, today).before()
    if form.due is None:
        return Due(period, None, late=False)
    ends = datetime.combine(period.last, time(12), LOCAL)
    day = due_or_provisional(ends, form.due, versions.work_calendar()).at.astimezone(LOCAL).date()
    return Due(period, day, late=day < today)
