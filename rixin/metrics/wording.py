"""Figures and periods in words, in the reader's language."""

import calendar
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Split
from rixin.catalogue.work_schema import Metric
from rixin.metrics.comparing import Change
from rixin.metrics.figures import SMALL, Excluded, Figure, rounded
from rixin.people import units
from rixin.places import gazetteer
from rixin.topics import queries as topics

NONE = "—"
"""Stands where there is no number. A counted nothing is 0."""


def chinese() -> bool:
    return not (get_language() or "zh").startswith("en")


def number(figure: Figure) -> str:
    """The number alone: 8945 in Chinese, as official texts write it; 8,945 in English. Rounded down: 1400余."""
    if figure.value is None:
        return NONE
    said = plain(figure.value)
    if not figure.at_least:
        return said
    return f"{said}余" if chinese() else _("more than {number}").format(number=said)


def plain(value: Decimal) -> str:
    return f"{value:f}" if chinese() else f"{value:,f}"


def shown(figure: Figure) -> str:
    """The number with its unit: 13.23亿元, 1400余万元, 99.2%."""
    return NONE if figure.value is None else _with_unit(number(figure), figure.code)


def amount(exact: Fraction | Decimal | None, code: str) -> str:
    """A number that is worked out from figures of a metric, in its unit: rounded and written as the metric's own."""
    return NONE if exact is None else _with_unit(bare(exact, code), code)


def bare(exact: Fraction | Decimal, code: str) -> str:
    """The same without its unit."""
    return plain(rounded(Fraction(exact), metric_of(code).show.decimals))


def _with_unit(number: str, code: str) -> str:
    unit = unit_of(code)
    return f"{number}{unit}" if chinese() or unit == "%" else f"{number} {unit}"


def change(figure: Figure) -> str:
    """A growth in words: 增长1.2%, 下降1.2%, 持平."""
    if figure.value is None:
        return NONE
    size = f"{plain(abs(figure.value))}{unit_of(figure.code)}"
    if not figure.value:
        return pgettext("growth", "unchanged")
    if figure.value > 0:
        return pgettext("growth", "up by {size}").format(size=size)
    return pgettext("growth", "down by {size}").format(size=size)


def compared(change: Change) -> str:
    """+3.2%, -0.8个百分点, or a dash where there is nothing to compare with."""
    if change.value is None:
        return NONE
    size = f"{change.value:+f}" if change.value else plain(change.value)
    return f"{size}%" if change.kind == "percent" else pgettext("change of a share", "{size} pts").format(size=size)


def metric_of(code: str) -> Metric:
    return versions.work().metrics[code].metric


def unit_of(code: str) -> str:
    work = versions.work()
    return work.measures[work.metrics[code].metric.show.unit].name.here()


def name_of(code: str) -> str:
    return metric_of(code).name.here()


def period(asked: Period) -> str:
    """2022年, 2022年第1季度, 2022年3月, 2022年1月至11月; in English as it is written: 2022, 2022-Q1, 2022-03."""
    if not chinese():
        return str(asked)
    if not asked.single:
        first, last = (period(Period.of(asked.step, day)) for day in (asked.first, asked.last))
        same_year = asked.first.year == asked.last.year and asked.step != "year"
        return f"{first}至{last.removeprefix(f'{asked.last.year}年') if same_year else last}"
    year, month, day = asked.first.year, asked.first.month, asked.first.day
    rest = {"year": "", "quarter": f"第{(month + 2) // 3}季度", "month": f"{month}月", "day": f"{month}月{day}日"}
    return f"{year}年{rest[asked.step]}"


def month(number: int) -> str:
    """A month without its year: 3月, Mar."""
    return f"{number}月" if chinese() else calendar.month_abbr[number]


def area(path: str) -> str:
    """The name of an area by its path. The whole, an empty path, is the sub-district where there is only one."""
    atlas = gazetteer.current()
    known = atlas.area(path)
    if not path and known is not None and len(parts := atlas.children(known.code)) == 1:
        known = parts[0]
    return known.name if known else path or _("All areas")


def unit(code: str) -> str:
    try:
        return units.by_code(code).name
    except units.UnknownUnit:
        return code


def where(figure: Figure) -> str:
    """For which place, unit and kind of matter a figure is."""
    return " · ".join([area(figure.area), *([unit(figure.unit)] if figure.unit else []), *only(figure)])


def only(figure: Figure) -> Iterator[str]:
    """The kind of matter, the place and the topic that it is narrowed to."""
    if figure.only.kind:
        yield part("type", figure.only.kind)
    if figure.only.place:
        place = gazetteer.current().places.get(figure.only.place)
        yield place.name if place else figure.only.place
    if figure.only.topic:
        yield topics.name_of(int(figure.only.topic))


def remarks(figure: Figure) -> Iterator[str]:
    """All that has to be said beside the number: why there is none, what is missing, left out or few."""
    metric = metric_of(figure.code)
    if figure.why is not None:
        yield why(figure)
    if figure.numerator is not None:
        yield _("{numerator} of {denominator}").format(numerator=figure.numerator, denominator=figure.denominator)
    if figure.silent is not None:
        yield ngettext("{n} was asked and did not answer", "{n} were asked and did not answer", figure.silent).format(
            n=figure.silent
        )
    for excluded in figure.excluded:
        yield _("left out: {name}, {count}").format(name=excluded_name(excluded), count=excluded.rows)
    if figure.small:
        yield _("fewer than {small}: too few to compare or to rank").format(small=SMALL)
    if figure.missing:
        yield _("not returned yet: {periods}").format(periods=_(", ").join(figure.missing))
    if figure.base is not None and figure.base.value is not None and metric.measure == "growth":
        yield _("against {value} in {period}").format(value=shown(figure.base), period=period(figure.base.period))
    if metric.note is not None:
        yield metric.note.here()


def excluded_name(excluded: Excluded) -> str:
    return excluded.zh if chinese() else excluded.en


def why(figure: Figure) -> str:
    """Why there is no number."""
    return {
        "nothing_returned": _("nothing was returned for this period"),
        "nothing_counted": _("there is nothing to divide by: none were counted"),
        "no_base": _("the base is not known for the whole period"),
        "base_is_zero": _("the base is zero"),
        "part_missing": _("a part of it is not known for the whole period"),
    }[figure.why or "nothing_counted"]


def part(by: Split, key: str) -> str:
    """The name of one part of a figure that was split."""
    if by == "month":
        return period(Period.read(f"{key[:4]}-{key[4:]}"))
    if by == "area":
        return area(key)
    if by == "unit":
        return unit(key)
    try:
        return versions.current(key).rules.type.name.here()
    except versions.UnknownType:
        return key
