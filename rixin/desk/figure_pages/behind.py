"""The rows behind a figure as the person may see them, scoped, and without anything personal."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.desk.figure_pages.row import Row
from rixin.desk.figure_pages.seen import seen
from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.metrics.rows import Behind
from rixin.people.staff import Staff

PAGE = 50


@dataclass(frozen=True)
class Rows:
    """One page. `seen` is how many of `of` lie within the person's sight; `after` leads on, None at the end."""

    rows: list[Row]
    seen: int
    of: int
    after: int | None

    @property
    def hidden(self) -> int:
        return self.of - self.seen


@dataclass(frozen=True)
class Part:
    """A part of a rate that opens to its rows: those that count, those that are meant, those left out and why."""

    code: str
    name: str
    rows: int


def parts_of(figure: Figure) -> list[Part]:
    """None of a figure that is no rate: there its rows are all that there is."""
    if figure.numerator is None or figure.denominator is None:
        return []
    found = [
        Part("rows", _("Denominator"), figure.denominator),
        Part("part", _("Numerator"), figure.numerator),
        Part("rest", _("The others of the denominator"), figure.denominator - figure.numerator),
    ]
    if figure.silent is not None:
        found.append(Part("silent", _("Asked, and no answer"), figure.silent))
    for nth, one in enumerate(figure.excluded):
        name = _("Left out: {name}").format(name=wording.excluded_name(one))
        found.append(Part(f"excluded {nth}", name, one.rows))
    return found


def rows_of(staff: Staff, behind: Behind, *, of: int, after: int = 0) -> Rows:
    """The rows with an id above `after`, in order of their ids."""
    rows = seen(staff, behind.source, behind.ids)
    page = rows.page(after, PAGE + 1)
    return Rows([row for _id, row in page[:PAGE]], rows.count(), of, page[PAGE - 1][0] if len(page) > PAGE else None)
