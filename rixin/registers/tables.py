"""Enterprises as a table for people: what is fetched has the headings, and cells, by which an import reads it back.

The table goes from office to office, so its headings and cells are Chinese whoever fetches it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import override

from rixin.catalogue.periods import Period
from rixin.places import gazetteer
from rixin.registers import industries
from rixin.registers.industries import Industry
from rixin.registers.models import Enterprise, Measured, Return, Standing
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

HEADINGS = (
    "企业名称", "统一社会信用代码", "行业", "状态", "登记日期", "注册地址", "所属社区", "楼宇",
    "注册资本（万元）", "成立日期", "经营范围",
)  # fmt: skip
MONEY = {Measured.TAX: "{year}年税收（万元）", Measured.OUTPUT: "{year}年产值（万元）"}
"""Of the last whole year, for those who read what single enterprises pay and make."""
STANDINGS = {
    Standing.HERE: "存续",
    Standing.ELSEWHERE: "异地经营",
    Standing.WORKING: "外地注册",
    Standing.LEFT: "迁出",
    Standing.CLOSED: "注销",
}
"""As tables of offices have them, and as an import reads them in whatever language."""
_CHUNK = 1_000
_YUAN_IN_WAN = 10_000
_FEN_IN_WAN = 1_000_000


def headings(today: date, *, money: bool) -> list[Cell]:
    """In the order of the cells of `rows`."""
    year = _last_year(today).first.year
    return [*HEADINGS, *(name.format(year=year) for name in MONEY.values() if money)]


def rows(enterprises: QuerySet[Enterprise], *, today: date, money: bool) -> Iterator[list[Cell]]:
    """By id, in chunks of one short statement each (two with money): memory does not grow with the list."""
    edge = 0
    while True:
        chunk = list(_light(enterprises).filter(pk__gt=edge).order_by("pk")[:_CHUNK])
        sums = _sums(chunk, today) if money else {}
        with override("zh-hans"):
            # Not held over a yield: what runs meanwhile speaks its own language.
            cells = [[*_cells(one), *(_wan(sums[one.pk].get(each)) for each in MONEY if money)] for one in chunk]
        yield from cells
        if len(chunk) < _CHUNK:
            return
        edge = chunk[-1].pk


def _light(enterprises: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """Whom to call there never leaves the house in a table."""
    return enterprises.select_related("building").defer("contact_name", "contact_phone")


def _cells(one: Enterprise) -> list[Cell]:
    industry = industries.industry(one.section, one.division)
    return [
        harmless(cell)
        for cell in (
            one.name,
            one.code,
            _industry_told(industry) if industry else "",
            STANDINGS[Standing(one.standing)],
            one.since,
            one.address,
            _community(one.area_path),
            one.building.name_zh if one.building else "",
            Decimal(one.capital) / _YUAN_IN_WAN if one.capital is not None else None,
            one.founded_on,
            one.business,
        )
    ]


def _industry_told(industry: Industry) -> str:
    """Its name; of a section that has a division of the same name (教育) its letter, which is meant by nothing else."""
    return industry.name if industries.read_industry(industry.name) == industry else industry.code


def _community(area_path: str) -> str:
    """The community in which it lies; the finest area known where that is none."""
    atlas = gazetteer.current()
    known = atlas.area(area_path)
    chain = atlas.chain_of(known.code) if known else None
    community = chain.at("community") if chain else None
    return community.name_zh if community else known.name_zh if known else ""


def _sums(chunk: Sequence[Enterprise], today: date) -> dict[int, dict[str, int]]:
    year = _last_year(today)
    returns = Return.objects.filter(enterprise__in=chunk, last_day__range=(year.first, year.last))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in returns.values("enterprise", "measured").annotate(sum=Sum("amount")).order_by():
        found[row["enterprise"]][row["measured"]] = row["sum"]
    return found


def _last_year(today: date) -> Period:
    return Period.of("year", today).before()


def _wan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / _FEN_IN_WAN
