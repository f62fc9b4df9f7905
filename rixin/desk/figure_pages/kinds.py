"""How the rows of a source are shown: whose they are, what they say, and where their history is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from rixin.desk.figure_pages.row import Row
from rixin.history import Happened
from rixin.people.staff import Staff


@dataclass(frozen=True)
class Kind:
    """`history`: the lines of what happened; `subject`: the field by which rows and lines are of the same thing.

    Where the lines are about the rows themselves, `subject` is what the lines call the row, and `itself` is true.
    """

    visible_to: Callable[[Staff], QuerySet[Any]]
    row: Callable[[Any], Row]
    history: type[Happened]
    subject: str
    itself: bool = False

    def subject_of(self, row: Any) -> int:
        return int(row.pk if self.itself else getattr(row, f"{self.subject}_id"))


def last_events(kind: Kind, rows: QuerySet[Any]) -> dict[int, Happened]:
    """What was written last about what the rows are of, by its id."""
    subjects = {f"{kind.subject}__in": rows.order_by().values("pk" if kind.itself else kind.subject)}
    lines = kind.history._default_manager.filter(**subjects)
    newest = lines.order_by().values(kind.subject).annotate(newest=Max("pk"))
    events = kind.history._default_manager.filter(pk__in=newest.values("newest"))
    return {getattr(event, f"{kind.subject}_id"): event for event in events}
