"""When a call is due, and when what is held of a person is deleted. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from rixin.catalogue.roll_schema import Roll

WAITING_DAYS = 30
"""A request that nobody answered, or that was not taken in, is deleted after so many days."""
SOON_DAYS = 30
"""How long before its deletion the keeper is told to ask again."""


def months_later(day: date, months: int) -> date:
    """The same day `months` months later; the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def deleted_on(roll: Roll, used_on: date) -> date:
    """Of somebody on the roll who neither uses the service again nor says to stay."""
    return months_later(used_on, roll.unused_months or 1)


def deleted_after_leaving(roll: Roll, told: date, left_on: date) -> date:
    """`told`: the day that held so far. Leaving never puts it off."""
    return min(told, months_later(left_on, roll.kept_months or 0))


def request_deleted_on(day: date) -> date:
    return day + timedelta(days=WAITING_DAYS)


def next_visit(roll: Roll, last: date) -> date | None:
    """None: there is no rhythm. `last`: the last call, or the day of joining."""
    visits = roll.visits
    return last + timedelta(days=visits.every_days) if visits and visits.every_days else None
