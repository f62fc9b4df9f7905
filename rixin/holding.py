"""Which spans of time hold on a day, as a condition on their rows; `spans` has the same for values in hand."""

from datetime import date

from django.db.models import Q


def not_over(day: date, span: str = "") -> Q:
    """Those that hold on the day or begin later. `span`: how a query of other rows names them, as tenancies__."""
    return Q(**{f"{span}until_day": None}) | Q(**{f"{span}until_day__gt": day})


def holding(day: date) -> Q:
    """Those that hold on the day."""
    return Q(from_day__lte=day) & not_over(day)
