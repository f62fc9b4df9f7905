"""Rows of facilities behind a figure: whose they are, and what they say."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.facilities import queries
from rixin.facilities.models import AreaSpan, FacilityEvent, StarSpan, StateSpan
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.registers.amounts import square_metres


def _spans(model: type[StateSpan] | type[StarSpan] | type[AreaSpan], staff: Staff) -> QuerySet[Any]:
    rows: Any = model.objects.filter(facility__in=queries.visible_to(staff))
    return rows.select_related("facility")


def _row(span: Any, told: str) -> Row:
    facility, kind = span.facility, queries.kinds().get(span.facility.kind)
    said = "; ".join(filter(None, [kind.name.here() if kind else facility.kind, told, span.note]))
    return Row(facility.get_absolute_url(), span.from_day, facility.name, wording.area(facility.area_path), said)


def _state_row(span: StateSpan) -> Row:
    return _row(span, str(span.get_state_display()))


def _star_row(span: StarSpan) -> Row:
    return _row(span, ngettext("{n} star", "{n} stars", span.stars).format(n=span.stars))


def _area_row(span: AreaSpan) -> Row:
    return _row(span, square_metres(span.area))


_of_facilities = partial(Kind, history=FacilityEvent, subject="facility")
KINDS: Mapping[str, Kind] = {
    "facilities": _of_facilities(partial(_spans, StateSpan), _state_row),
    "facility_stars": _of_facilities(partial(_spans, StarSpan), _star_row),
    "facility_floor_area": _of_facilities(partial(_spans, AreaSpan), _area_row),
}
