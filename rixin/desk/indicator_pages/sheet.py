"""The page of indicators as a table: a row each, with its months at the end."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from django.utils.translation import gettext as _

from rixin.desk.indicator_pages.months import returned
from rixin.desk.indicator_pages.rows import Line
from rixin.metrics import wording
from rixin.metrics.figures import rounded
from rixin.metrics.forecast import Months
from rixin.metrics.indicators import Course
from rixin.sheet_writing import Cell, xlsx
from rixin.sheets import harmless


def table(lines: Iterable[Line], year: int) -> bytes:
    out = BytesIO()
    with xlsx(out) as sheet:
        sheet.row(_heads(year))
        for line in lines:
            sheet.row(_row(line))
    return out.getvalue()


def _heads(year: int) -> list[Cell]:
    months = [f"{one} {wording.month(month)}" for one in (year, year - 1) for month in range(1, 13)]
    return [
        _("Indicator"),
        _("Unit of measure"),
        _("So far"),
        _("Months counted"),
        _("Same months of last year"),
        _("Growth in per cent"),
        _("Target"),
        _("Share of the target in per cent"),
        _("Share of the year in per cent"),
        _("Forecast of the year"),
        _("How it is forecast"),
        _("By the forecast"),
        _("Missing"),
        _("Waiting for confirmation"),
        _("Unit of the months"),
        *months,
    ]


def _row(line: Line) -> list[Cell]:
    course, code = line.course, line.course.metric.code
    told = course.forecast
    return [
        harmless(line.name),
        wording.unit_of(code),
        _number(course, course.so_far),
        len(course.now),
        _number(course, course.same),
        course.change.value,
        harmless(_("; ").join(target.aim for target in line.targets)),
        harmless(_("; ").join(target.share for target in line.targets)),
        rounded(course.gone, 1),
        _number(course, told.amount if told else None),
        line.method,
        _("; ").join(target.verdict for target in line.targets),
        _(", ").join(month.name for month in line.missing),
        _(", ").join(month.name for month in line.waiting),
        line.unit_returned,
        *(_month(course, months, month) for months in (course.now, course.before) for month in range(1, 13)),
    ]


def _number(course: Course, exact: Fraction | None) -> Decimal | None:
    return None if exact is None else rounded(exact, course.metric.show.decimals)


def _month(course: Course, months: Months, month: int) -> Decimal | None:
    return returned(course.metric, months[month]) if month in months else None
