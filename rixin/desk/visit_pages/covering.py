"""How the enterprises of an area were called at in a period: read in a bounded number of statements, told in lines."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from rixin.catalogue.periods import NoPeriod, Period
from rixin.desk.visit_pages import wording
from rixin.holding import holding
from rixin.liaison import queries
from rixin.liaison.coverage import Call, Line, by_group, by_month, line
from rixin.people import staffing
from rixin.people.staff import Staff
from rixin.registers import queries as registers
from rixin.registers.models import Building, Enterprise, StandingSpan, Tenancy
from rixin.registers.models.enterprises import PRESENT
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

NOBODY, NOWHERE = "nobody", "nowhere"
"""Keys of the enterprises without an officer, and of those without rooms in a building that is kept."""
_YEARS_BACK = 9


@dataclass(frozen=True)
class Shown:
    """A line as it is drawn; `query`: the address of the enterprises behind it."""

    name: str
    line: Line
    share: str
    query: str


@dataclass(frozen=True)
class Coverage:
    """`until`: the day as which officers and enterprises are told: the period's last one, or today within it."""

    period: Period
    until: date
    total: Shown
    officers: list[Shown]
    buildings: list[Shown]
    months: list[Shown]

    def parts(self) -> list[tuple[str, str, list[Shown]]]:
        """(title, what its lines are called, the lines)"""
        return [
            (_("By officer"), _("Officer"), self.officers),
            (_("By office building"), _("Office building"), self.buildings),
            (_("By month"), _("Month"), self.months),
        ]


def read_period(asked: str, today: date) -> Period:
    """A year or one of its quarters; where nothing else is said, the year of the last visit."""
    try:
        period = Period.read(asked)
    except NoPeriod:
        return _latest_year(today)
    return period if period.single and period.step in ("year", "quarter") else _latest_year(today)


def _latest_year(today: date) -> Period:
    last = queries.visits().filter(day__lte=today).aggregate(last=Max("day"))["last"]
    return Period.of("year", last or today)


def periods(today: date) -> list[str]:
    """Those that can be chosen: the years since the first visit with their quarters, the newest first."""
    first = queries.visits().aggregate(first=Min("day"))["first"] or today
    found: list[str] = []
    for year in range(today.year, max(first.year, today.year - _YEARS_BACK) - 1, -1):
        whole = Period.read(str(year))
        found += [str(whole), *reversed([str(part) for part in whole.parts("quarter") if part.first <= today])]
    return found


def until_of(period: Period, today: date) -> date:
    return min(period.last, today)


def present_on(staff: Staff, day: date) -> "QuerySet[Enterprise]":
    """The enterprises of the person's area that were the sub-district's on the day."""
    held = StandingSpan.objects.filter(holding(day), enterprise=OuterRef("pk"), standing__in=PRESENT)
    return registers.visible_to(staff).filter(Exists(held))


def calls(enterprises: "QuerySet[Enterprise]", period: Period) -> list[Call]:
    rows = queries.visits_to(enterprises).filter(day__range=(period.first, period.last)).order_by("day", "pk")
    return [
        Call(enterprise, day, by, bool(values.get("problem")))
        for enterprise, day, by, values in rows.values_list("enterprise_id", "day", "entered_by_id", "values")
    ]


def coverage(staff: Staff, period: Period, today: date) -> Coverage:
    until = until_of(period, today)
    present = present_on(staff, until)
    ids = list(present.order_by("plain_name", "pk").values_list("pk", flat=True))
    made = calls(present, period)
    officers, names = _by_officer(staff, ids, present, until)
    buildings, called = _by_building(ids, present, until)
    asked = f"period={period}"
    return Coverage(
        period=period,
        until=until,
        total=_shown(_("All"), line("", ids, made), asked),
        officers=[_shown(names[one.key], one, f"{asked}&officer={one.key}") for one in by_group(officers, made)],
        buildings=[_shown(called[one.key], one, f"{asked}&building={one.key}") for one in by_group(buildings, made)],
        months=[_shown(one.key, one, f"{asked}&month={one.key}") for one in by_month(period, ids, made, until)],
    )


def _shown(name: str, one: Line, query: str) -> Shown:
    return Shown(name, one, wording.percent(one.share), query)


Groups = tuple[dict[str, list[int]], dict[str, str]]
"""Enterprises by key, and the name of each key."""


def _by_officer(staff: Staff, ids: Sequence[int], present: "QuerySet[Enterprise]", day: date) -> Groups:
    """To who may not compare them, the person's own alone."""
    held = dict(
        queries.on(day).filter(enterprise__in=queries.ids_in(present)).values_list("enterprise_id", "account_id")
    )
    known = staffing.names(set(held.values()))
    names = {str(pk): name for pk, name in sorted(known.items(), key=lambda one: (one[1], one[0]))}
    groups: dict[str, list[int]] = {key: [] for key in (*names, NOBODY)}
    for pk in ids:
        groups[str(held.get(pk, NOBODY))].append(pk)
    if not queries.compares_officers(staff):
        own = str(staff.account.pk)
        return ({own: groups[own]} if own in groups else {}), names
    if not groups[NOBODY]:
        del groups[NOBODY]
    return groups, {**names, NOBODY: _("Nobody yet")}


def _by_building(ids: Iterable[int], present: "QuerySet[Enterprise]", day: date) -> Groups:
    """An enterprise with rooms in two buildings counts in each."""
    held: dict[int, set[str]] = defaultdict(set)
    rows = Tenancy.objects.filter(holding(day), enterprise__in=queries.ids_in(present))
    for pk, code in rows.values_list("enterprise_id", "room__building__code"):
        held[pk].add(code)
    names = {building.code: building.name for building in Building.objects.order_by("code")}
    groups: dict[str, list[int]] = {code: [] for code in (*names, NOWHERE)}
    for pk in ids:
        for code in sorted(held.get(pk, {NOWHERE})):
            groups[code].append(pk)
    filled = {key: group for key, group in groups.items() if group}
    return filled, {**names, NOWHERE: _("In no office building")}


# ---- the enterprises behind a line


@dataclass(frozen=True)
class Called:
    enterprise: Enterprise
    officer: str
    visits: int
    last: date | None
    """Within the period."""


def behind(staff: Staff, period: Period, today: date, asked: dict[str, str]) -> "QuerySet[Enterprise]":
    """`asked`: `officer`, `building` or `month` as the line has it; `state` “missed” for those not called at."""
    until = until_of(period, today)
    found = present_on(staff, until)
    if officer := asked.get("officer"):
        held = queries.on(until).filter(enterprise=OuterRef("pk"))
        if officer == NOBODY:
            found = found.filter(~Exists(held))
        elif officer.isascii() and officer.isdigit() and len(officer) < 12:
            found = found.filter(Exists(held.filter(account=int(officer))))
    if building := asked.get("building"):
        rooms = Tenancy.objects.filter(holding(until), enterprise=OuterRef("pk"))
        found = found.filter(
            ~Exists(rooms) if building == NOWHERE else Exists(rooms.filter(room__building__code=building))
        )
    within = month_in(period, asked.get("month", ""))
    visits = queries.visits().filter(enterprise=OuterRef("pk"), day__range=(within.first, within.last))
    if asked.get("state") == "missed":
        found = found.filter(~Exists(visits))
    elif asked.get("state") == "visited":
        found = found.filter(Exists(visits))
    return found.order_by("plain_name", "pk").select_related("building")


def month_in(period: Period, asked: str) -> Period:
    """The month that is asked for, where the period holds it; else the period."""
    try:
        month = Period.reading(asked, "month")
    except NoPeriod:
        return period
    return month if month.first in period else period


def called(shown: Sequence[Enterprise], within: Period, day: date) -> list[Called]:
    ids = [one.pk for one in shown]
    officers = queries.officers_of(ids, day)
    days: dict[int, list[date]] = defaultdict(list)
    rows = queries.visits_to(ids).filter(day__range=(within.first, within.last)).order_by("day")
    for pk, visited in rows.values_list("enterprise_id", "day"):
        if pk is not None:
            days[pk].append(visited)
    return [
        Called(
            one,
            officers[one.pk].name if one.pk in officers else "",
            len(days[one.pk]),
            days[one.pk][-1] if days[one.pk] else None,
        )
        for one in shown
    ]


# ---- as a table


def table(found: Coverage) -> list[list[Cell]]:
    heading: list[Cell] = [
        _("Part"), _("Officer, building or month"), _("Enterprises"), _("Visited"), _("Share"), _("Visits"),
        _("Problems raised"), _("Not visited"),
    ]  # fmt: skip
    parts = [(_("All"), "", [found.total]), *found.parts()]
    return [heading, *(_row(part, one) for part, _called, lines in parts for one in lines)]


def _row(part: str, shown: Shown) -> list[Cell]:
    one = shown.line
    return [
        part, harmless(shown.name), one.enterprises, one.visited, shown.share, one.visits, one.problems, one.missed
    ]  # fmt: skip


def rows_table(rows: Iterable[Called]) -> list[list[Cell]]:
    heading: list[Cell] = [
        _("Enterprise"),
        _("Credit code"),
        _("Office building"),
        _("Officer"),
        _("Visits"),
        _("Last visit"),
    ]
    return [heading, *(_called_row(one) for one in rows)]


def _called_row(one: Called) -> list[Cell]:
    building: Any = one.enterprise.building
    return [
        harmless(one.enterprise.name),
        one.enterprise.code,
        building.name if building is not None else "",
        one.officer,
        one.visits,
        one.last.isoformat() if one.last else "",
    ]
