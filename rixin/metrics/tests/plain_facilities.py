"""The rows of facilities as figures are to count them, put together in plain Python from what is stored."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from rixin.catalogue import versions
from rixin.facilities.models import AreaSpan, StarSpan, StateSpan

Row = dict[str, Any]


def _number(day: date | None) -> int | None:
    return None if day is None else int(f"{day:%Y%m%d}")


def _of(model: Any, said: Callable[[Any], Row]) -> Iterator[Row]:
    for span in model.objects.select_related("facility"):
        facility = span.facility
        kind = versions.work().facilities.get(facility.kind)
        yield {
            "id": span.pk,
            "area": facility.area_path,
            "unit": kind.unit if kind else "",
            "day": _number(span.from_day),
            "until": _number(span.until_day),
            "facility": str(facility.pk),
            "kind": facility.kind,
            "level": facility.level,
            **said(span),
        }


_ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "facilities": lambda: _of(StateSpan, lambda span: {"state": span.state, "first": int(span.first)}),
    "facility_stars": lambda: _of(StarSpan, lambda span: {"stars": span.stars}),
    "facility_floor_area": lambda: _of(AreaSpan, lambda span: {"size": span.area}),
}


def rows(source: str) -> list[Row]:
    return list(_ROWS[source]())
