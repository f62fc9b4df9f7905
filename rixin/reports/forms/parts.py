"""What the repeated rows and columns of a form are made for: areas, months, records."""

from collections.abc import Iterator
from dataclasses import dataclass

from rixin.catalogue.form_marks import Loop
from rixin.catalogue.periods import Period
from rixin.metrics import wording
from rixin.places import gazetteer
from rixin.records.models import Record
from rixin.reports.forms.table import Line


@dataclass(frozen=True)
class Part:
    """`nth` counts from 1. What is None is that of the whole form."""

    key: str
    nth: int
    area: str | None = None
    period: Period | None = None
    record: Record | None = None


@dataclass(frozen=True)
class Made:
    """A row or column to be, with what it is made for."""

    line: Line
    part: Part | None = None


def of_loop(loop: Loop, period: Period, area: str) -> Iterator[Part]:
    if loop.over == "area":
        for nth, path in enumerate(areas_below(area), start=1):
            yield Part(path, nth, area=path)
    else:
        for nth, part in enumerate(period.parts(loop.over), start=1):
            # Named by its place in the whole, so that a period can be held against the one before.
            yield Part(f"{loop.over} {nth}", nth, period=part)


def areas_below(path: str) -> list[str]:
    """The parts of an area, by code; the area itself where it has none."""
    atlas = gazetteer.current()
    known = atlas.area(own_path(path))
    parts = atlas.children(known.code) if known is not None else []
    return [part.path for part in parts] or [path]


def own_path(path: str) -> str:
    """Of the whole, an empty path, that of its one sub-district, where there is only one."""
    atlas = gazetteer.current()
    known = atlas.area(path)
    below = atlas.children(known.code) if known is not None and not path else []
    return below[0].path if len(below) == 1 else path


def about(part: Part | None) -> dict[str, str]:
    """What a mark such as {area} says in a row or column that is made for this part."""
    if part is None:
        return {}
    said = {"nth": str(part.nth)}
    if part.area is not None:
        said["area"] = wording.area(part.area)
    if part.period is not None:
        month = part.period.first.month
        quarter = str((month + 2) // 3)
        said |= {"period": wording.period(part.period), "month": str(month), "quarter": quarter}
    return said
