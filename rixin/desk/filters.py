"""What a person looks for in a list, map or export: read from the address bar, written back to it, applied to rows.

A value that cannot be read is left out and said so; it never narrows the list in a way that nobody asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.cases import search
from rixin.cases.models import OPEN, Case, Channel
from rixin.catalogue import versions
from rixin.desk import choices
from rixin.desk.addresses import day_in, one_of, read, words_in
from rixin.people import units
from rixin.places import gazetteer

DUE_WITHIN = {"today": 0, "3days": 3, "week": 7}
"""Code -> days after today by whose end a matter is due."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Every field narrows the list; the empty one does not."""

    q: str = ""
    state: str = ""
    group: str = ""
    type: str = ""
    unit: str = ""
    area: str = ""
    channel: str = ""
    rating: str = ""
    due: str = ""
    late: bool = False
    urgent: bool = False
    opened_from: date | None = None
    opened_to: date | None = None

    def apply(self, cases: QuerySet[Case], at: datetime) -> QuerySet[Case]:
        """`cases` are those that the person may see."""
        cases = cases.filter(*self._conditions(at))
        return search.matching(cases, self.q) if self.q else cases

    def _conditions(self, at: datetime) -> Iterator[Q]:
        for name in ("state", "group", "type", "channel", "rating"):
            if value := getattr(self, name):
                yield Q(**{name: value})
        if self.unit:
            yield Q(unit=units.by_code(self.unit).id)
        if self.area:
            yield Q(area_path__within=self.area)
        if self.urgent:
            yield Q(urgency="urgent")
        if self.late:
            yield OPEN & Q(due_at__lt=at)
        if self.due:
            yield OPEN & Q(due_at__lt=start_of(timezone.localdate(at) + timedelta(days=DUE_WITHIN[self.due] + 1)))
        if self.opened_from:
            yield Q(opened_at__gte=start_of(self.opened_from))
        if self.opened_to:
            yield Q(opened_at__lt=start_of(self.opened_to + timedelta(days=1)))

    def given(self) -> dict[str, str]:
        """What narrows, as it stands in the address bar."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _written(value) for name, value in values.items() if value}

    def to_query(self, **more: str) -> str:
        """`late=1&unit=greening`; `more` adds what is no filter, such as the tab."""
        return urlencode({**{name: value for name, value in more.items() if value}, **self.given()})

    def without(self, name: str) -> "Filter":
        empty: dict[str, Any] = {each.name: each.default for each in fields(Filter) if each.name == name}
        return replace(self, **empty)


@dataclass(frozen=True)
class Parsed:
    filter: Filter
    problems: tuple[str, ...] = ()
    """One sentence per value that was not understood and is left out."""


def parse(data: Mapping[str, str]) -> Parsed:
    """The filter that an address asks for. Unknown names are no filters and are passed over."""
    values, problems = read(data, _READ)
    kept = Filter(**values)
    if kept.opened_from and kept.opened_to and kept.opened_from > kept.opened_to:
        problems.append(_("The first day lies after the last; the last day is left out."))
        kept = replace(kept, opened_to=None)
    return Parsed(kept, tuple(problems))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _written(value: Any) -> str:
    if value is True:
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)


def _yes(written: str) -> bool:
    return written not in ("0", "no", "false")


def _is_unit(code: str) -> bool:
    try:
        units.by_code(code)
    except units.UnknownUnit:
        return False
    return True


def _is_type(code: str) -> bool:
    return any(known.rules.type.code == code for known in versions.current_types())


_READ: dict[str, Callable[[str], Any]] = {
    "q": words_in,
    "state": one_of(lambda code: code in choices.states(), lambda: _("State")),
    "group": one_of(lambda code: code in choices.groups(), lambda: _("Class")),
    "type": one_of(_is_type, lambda: _("Kind of matter")),
    "unit": one_of(_is_unit, lambda: _("Unit")),
    "area": one_of(lambda path: gazetteer.current().area(path) is not None, lambda: _("Area")),
    "channel": one_of(lambda code: code in Channel.values, lambda: _("Channel")),
    "rating": one_of(lambda code: code in choices.ratings(), lambda: _("Rating")),
    "due": one_of(lambda code: code in DUE_WITHIN, lambda: _("Due")),
    "late": _yes,
    "urgent": _yes,
    "opened_from": day_in,
    "opened_to": day_in,
}
