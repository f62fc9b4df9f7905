"""What a change on a day makes of the spans of a facility."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rixin.facilities.models import Facility, State
from rixin.facilities.refused import FacilityRefused
from rixin.facilities.tables import AREAS, STARS, STATES, Table, joined
from rixin.holding import holding as holding_on
from rixin.spans import KnownSpan, cut, holding, with_change, without

_EARLIEST, _LATEST = date(1949, 1, 1), date(2100, 1, 1)


def check_day(day: date) -> None:
    """Raises FacilityRefused for years that nobody can mean."""
    if not _EARLIEST <= day < _LATEST:
        raise FacilityRefused("day", _("This day cannot be meant: check the year."), "day")


def value_on(spans: list[KnownSpan], day: date) -> Any:
    """None where nothing is known of the day."""
    held = holding(spans, day)
    return held.what[0] if held else None


def changed(spans: list[KnownSpan], value: Any, note: str, day: date, *, end: date | None = None) -> list[KnownSpan]:
    """`end`: the first day after it on which it holds no more, whatever follows. Raises FacilityRefused."""
    if value_on(spans, day) == value:
        raise FacilityRefused("so_already", _("It is so on that day already."))
    after = with_change(spans, (value, note), day)
    if end is not None:
        after = [
            replace(span, until=end) if span.first == day and (span.until is None or span.until > end) else span
            for span in after
        ]
    return joined(after)


def taken_out(spans: list[KnownSpan], key: int) -> list[KnownSpan]:
    return joined(without(spans, key))


def of_the_living(facility: Facility, states: list[KnownSpan]) -> dict[Table, list[KnownSpan]]:
    """Stars and floor area, with none while it is closed for good by `states`; only what that changes."""
    found = {}
    for table in (STARS, AREAS):
        before = after = table.spans_of(facility)
        for state in states:
            if state.what[0] == State.ENDED:
                after = cut(after, state.first, state.until)
        if after != before:
            found[table] = after
    return found


def end_after(facility: Facility, day: date) -> date | None:
    """The first day after it on which the facility is closed for good."""
    ends = (span.first for span in STATES.spans_of(facility) if span.what[0] == State.ENDED and span.first > day)
    return next(ends, None)


def held_on(table: Table, day: date) -> dict[int, Any]:
    """What holds on the day, by facility."""
    rows: Any = table.model.objects.filter(holding_on(day))
    return dict(rows.values_list("facility_id", table.value))
