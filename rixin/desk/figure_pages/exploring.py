"""One figure apart by something, and the same of the year before beside it."""

from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from rixin.catalogue.report_text import Split
from rixin.catalogue.work_schema import Metric
from rixin.desk.figure_pages.asking import Asking
from rixin.metrics import compute, wording
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.reports.charts import Point
from rixin.sheets import harmless


def points_of(metric: Metric, asking: Asking, by: Split, as_of: datetime) -> list[Point]:
    """The parts of a figure, in order: months by time, all else the largest first. Rates over few rows come last."""
    now = _split(metric.code, asking, by, as_of)
    before = _split(metric.code, asking, by, as_of, earlier=True) if asking.compared else {}
    keys = {_month_after(key) if by == "month" else key: one for key, one in before.items()}
    points = [Point(key, wording.part(by, key), one, keys.get(key)) for key, one in now.items()]
    if by == "month":
        return points
    return sorted(points, key=lambda point: (point.figure.small, -(point.figure.value or 0), point.key))


def _split(code: str, asking: Asking, by: Split, as_of: datetime, *, earlier: bool = False) -> dict[str, Figure]:
    period = asking.period.year_before() if earlier else asking.period
    place = asking.place
    return compute.split(
        code, period, by, engine=Database(), as_of=as_of, area=place.area, unit=place.unit, only=asking.only
    )


def _month_after(key: str) -> str:
    """The same month of the year after: 202203 for 202103."""
    return f"{int(key[:4]) + 1}{key[4:]}"


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
    page.append([*head[:2], _("A year before"), *head[2:]])
    for point in points:
        one = point.figure
        before = point.before.value if point.before is not None else None
        remarks = _("; ").join(wording.remarks(one))
        page.append(
            [harmless(point.name), one.value, before, one.rows, one.numerator, one.denominator, harmless(remarks)]
        )
    for column, width in zip("ABCDEFG", (28, 14, 14, 10, 12, 12, 60), strict=True):
        page.column_dimensions[column].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()
