"""One figure apart by something, and the same of another period beside it."""

from collections.abc import Collection
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Split
from rixin.catalogue.work_checks import SHARE
from rixin.catalogue.work_schema import Metric
from rixin.desk.figure_pages.asking import AGAINST, Asking
from rixin.metrics import compute, wording
from rixin.metrics.comparing import change
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.reports.charts import Point
from rixin.sheets import harmless


def points_of(metric: Metric, asking: Asking, by: Split, as_of: datetime) -> list[Point]:
    """The parts of a figure, in order: months by time, all else the largest first. Rates over few rows come last.

    Where it is compared, a part that only the other period has is there too.
    """
    before = _as_now(_split(metric.code, asking, by, as_of, asking.other), asking, by) if asking.other else {}
    now = _split(metric.code, asking, by, as_of, asking.period, also=before)
    points = [Point(key, wording.part(by, key), one, before.get(key)) for key, one in now.items()]
    if by == "month":
        return points
    return sorted(points, key=lambda point: (point.figure.small, -(point.figure.value or 0), point.key))


def whole_of(metric: Metric, asking: Asking, as_of: datetime) -> tuple[Figure, Figure | None]:
    """The figure of the whole place, and the same of the other period where it is compared."""
    periods = [asking.period, *([asking.other] if asking.other else [])]
    found = compute.ask(
        [(metric.code, period) for period in periods],
        engine=Database(),
        as_of=as_of,
        area=asking.place.area,
        unit=asking.place.unit,
        only=asking.only,
    )
    return found[metric.code, asking.period], found[metric.code, asking.other] if asking.other else None


def _split(
    code: str, asking: Asking, by: Split, as_of: datetime, period: Period, also: Collection[str] = ()
) -> dict[str, Figure]:
    place = asking.place
    return compute.split(
        code, period, by, engine=Database(), as_of=as_of, area=place.area, unit=place.unit, only=asking.only, also=also
    )


def _as_now(before: dict[str, Figure], asking: Asking, by: Split) -> dict[str, Figure]:
    """The parts of the other period under the names of this one: its first month is set against the first month."""
    if by != "month" or asking.other is None:
        return before
    months = dict(zip(_months(asking.other), _months(asking.period), strict=False))
    return {months[key]: one for key, one in before.items() if key in months}


def _months(period: Period) -> list[str]:
    """As 202203, from the first to the last of the period."""
    first, last = (day.year * 12 + day.month - 1 for day in (period.first, period.last))
    return [f"{month // 12}{month % 12 + 1:02}" for month in range(first, last + 1)]


def changed(metric: Metric, point: Point) -> str:
    """How much more or less than in the other period, in words."""
    return wording.compared(change(point.figure, point.before, share=is_share(metric)))


def is_share(metric: Metric) -> bool:
    return versions.work().measures[metric.show.unit].dimension == SHARE


def sheet(metric: Metric, asking: Asking, by: Split, points: list[Point]) -> bytes:
    """The table as a spreadsheet, with what has to be known to read it."""
    book = Workbook()
    page = book.active
    assert page is not None  # noqa: S101 - a new workbook has a page
    page.title = _("Figures")
    place = wording.area(asking.place.area) + (f" · {wording.unit(asking.place.unit)}" if asking.place.unit else "")
    page.append([harmless(metric.name.here()), wording.unit_of(metric.code)])
    page.append([harmless(metric.meaning.here())])
    page.append([wording.period(asking.period), harmless(place)])
    page.append([])
    head = [_("Part"), _("This period"), _("Rows"), _("Numerator"), _("Denominator"), _("To be known")]
    beside = [str(AGAINST[asking.against]), _("Change")] if asking.against else []
    page.append([*head[:2], *beside, *head[2:]])
    for point in points:
        page.append(_line(metric, asking, point))
    widths = (28, 14, *([14, 14] if beside else []), 10, 12, 12, 60)
    for column, width in zip("ABCDEFGH", widths, strict=False):
        page.column_dimensions[column].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _line(metric: Metric, asking: Asking, point: Point) -> list[Any]:
    one = point.figure
    beside: list[Any] = []
    if asking.against:
        beside = [point.before.value if point.before is not None else None, changed(metric, point)]
    remarks = harmless(_("; ").join(wording.remarks(one)))
    return [harmless(point.name), one.value, *beside, one.rows, one.numerator, one.denominator, remarks]
