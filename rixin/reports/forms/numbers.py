"""The number that a figure is in a cell: exact, in the unit that is asked for, rounded once."""

from decimal import Decimal
from fractions import Fraction

from rixin.catalogue.form_marks import FigureMark
from rixin.catalogue.form_sheet import TemplateCell
from rixin.catalogue.work import Work
from rixin.metrics.figures import Figure, rounded


def known(figure: Figure) -> bool:
    """Whether there is a number for the whole period. A sum that lacks a return is none: it would look like all."""
    return figure.value is not None and not figure.missing


def number_of(figure: Figure, mark: FigureMark, cell: TemplateCell, work: Work) -> Decimal | None:
    """As the cell keeps it: with the digits of its number format, or those of the metric.

    A table says what was counted, never “more than”: `at_least` is for speeches.
    """
    if mark.form in ("numerator", "denominator"):
        counted = figure.numerator if mark.form == "numerator" else figure.denominator
        return None if counted is None else Decimal(counted)
    if not known(figure) or figure.exact is None:
        return None
    decimals = digits_of(mark, cell, work)
    shown_in = work.metrics[mark.code].metric.show.unit
    own = figure.exact * Fraction(work.measures[shown_in].factor)
    if cell.percent:
        return rounded(own, decimals + 2)
    return rounded(own / Fraction(work.measures[mark.unit or shown_in].factor), decimals)


def digits_of(mark: FigureMark, cell: TemplateCell, work: Work) -> int:
    """Digits after the point that are shown."""
    if cell.decimals is not None:
        return cell.decimals
    return 0 if mark.form in ("numerator", "denominator") else work.metrics[mark.code].metric.show.decimals


def shown(value: Decimal, cell: TemplateCell, digits: int) -> str:
    """As a spreadsheet program draws it."""
    if cell.percent:
        return f"{value * 100:.{digits}f}%"
    return f"{value:,.{digits}f}" if "," in cell.number_format else f"{value:.{digits}f}"


def format_for(digits: int) -> str:
    """A number format that shows so many digits."""
    return f"0.{'0' * digits}" if digits else "0"
