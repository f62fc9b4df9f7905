"""How much time forms that fill themselves have saved: an estimate whose assumption is said beside it.

Only what was handed in counts. Of a form handed in again only the cells that say something new: the others would not
have been typed again.
"""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from rixin.reports.forms.queries import COUNTS
from rixin.reports.models import FormSubmission


@dataclass(frozen=True)
class Saved:
    """`form`: its code. (`filled` - `typed`) x `seconds_per_cell` is what was saved."""

    form: str
    seconds_per_cell: int
    submissions: int
    filled: int
    typed: int

    @property
    def seconds(self) -> int:
        return (self.filled - self.typed) * self.seconds_per_cell


def saved_in(year: int, submissions: QuerySet[FormSubmission]) -> list[Saved]:
    """By form, and by assumption where that has changed, for periods of the year. One statement."""
    counting = submissions.filter(COUNTS, period__startswith=f"{year}").order_by()
    rows = counting.values("form", "seconds_per_cell").annotate(
        submissions=Count("pk"), cells=Sum("filled"), by_hand=Sum("typed")
    )
    return [
        Saved(row["form"], row["seconds_per_cell"], row["submissions"], row["cells"], row["by_hand"])
        for row in rows.order_by("form", "seconds_per_cell")
    ]
