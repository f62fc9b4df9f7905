"""Hours of volunteers year by year."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from rixin.activities.models import Hours
from rixin.registers.amounts import plain_number


@dataclass(frozen=True)
class Year:
    """`hours` in hundredths."""

    year: int
    hours: int
    people: int
    newcomers: int
    times: int

    @property
    def said(self) -> str:
        """The hours as they are written for readers."""
        return plain_number(self.hours)


def by_year(rows: "QuerySet[Hours]") -> list[Year]:
    """The newest first."""
    summed = rows.order_by().annotate(year=ExtractYear("day")).values("year")
    summed = summed.annotate(hours=Sum("hours"), people=Sum("people"), newcomers=Sum("newcomers"), times=Count("pk"))
    return [Year(**row) for row in summed.order_by("-year")]
