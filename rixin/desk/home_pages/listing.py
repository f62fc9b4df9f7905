"""Homes by community, quarter and building: how many dwellings, and what the latest returns say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Sum

from rixin.catalogue.head_count_schema import HeadCounts
from rixin.homes import queries
from rixin.homes.models import HeadCount
from rixin.homes.queries import Building
from rixin.homes.terms import Term
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.chain import KnownArea

MOST_FOUND = 40


@dataclass
class Totals:
    """`counts`: by code; what no return says is missing. `oldest`: end of the period of the oldest latest return."""

    dwellings: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    oldest: date | None = None
    missing: int = 0
    """Buildings with dwellings of which the period that is due has no return."""

    def add(self, other: "Totals") -> None:
        self.dwellings += other.dwellings
        self.missing += other.missing
        for code, number in other.counts.items():
            self.counts[code] = self.counts.get(code, 0) + number
        if other.oldest:
            self.oldest = min(self.oldest or other.oldest, other.oldest)

    @property
    def numbers(self) -> list[tuple[str, int | None]]:
        """What the lists show of them, by name; None: no return says it."""
        return [(name, self.counts.get(code)) for code, name in leading(queries.definition())]


@dataclass(frozen=True)
class Line:
    building: Building
    totals: Totals

    @property
    def late(self) -> bool:
        return bool(self.totals.missing)


@dataclass(frozen=True)
class Quarter:
    name: str
    lines: list[Line]
    totals: Totals


@dataclass(frozen=True)
class CommunityLine:
    area: KnownArea
    totals: Totals
    buildings: int


def totals_in(staff: Staff, path: str, day: date) -> dict[str, Totals]:
    """By building code. Three statements."""
    kept = queries.definition()
    due = Term.last_over(kept.months, day).last if kept else None
    rows = queries.visible_to(staff).filter(queries.there(day), area_path__startswith=path).order_by()
    found = {code: Totals(n, missing=1) for code, n in rows.values_list("building").annotate(n=Count("pk"))}
    returns = queries.returns_visible_to(staff).filter(queries.there(day), area_path__startswith=path).order_by()
    for code, oldest in returns.values_list("building").annotate(first=Min("from_day")):
        totals = found.setdefault(code, Totals())
        totals.oldest = oldest
        totals.missing = int(due is not None and oldest < due)
    counted = HeadCount.objects.filter(ret__in=returns.values("pk")).order_by()
    for code, name, number in counted.values_list("ret__building", "counted").annotate(n=Sum("number")):
        found[code].counts[name] = number
    return found


def communities(staff: Staff, day: date) -> list[CommunityLine]:
    """Those in which the person has a post."""
    totals, atlas = totals_in(staff, "", day), gazetteer.current()
    areas = [area for area in atlas.areas.values() if area.level == "community" and not area.retired]
    lines = []
    for area in sorted(areas, key=lambda one: one.path):
        buildings = [one for one in queries.buildings_in(area.path) if _open(staff, one)]
        if buildings:
            summed = Totals()
            for one in buildings:
                summed.add(totals.get(one.code, Totals()))
            lines.append(CommunityLine(area, summed, len(buildings)))
    return lines


def _open(staff: Staff, one: Building) -> bool:
    return any(one.area_path.startswith(area) for area in _areas(staff))


def _areas(staff: Staff) -> tuple[str, ...]:
    return tuple(clause.area for clause in staff.scope.clauses if clause.role != "administrator")


def quarters(staff: Staff, path: str, day: date) -> list[Quarter]:
    totals, atlas = totals_in(staff, path, day), gazetteer.current()
    grouped: dict[str, list[Line]] = {}
    for one in queries.buildings_in(path):
        if _open(staff, one):
            grouped.setdefault(one.place.parent or "", []).append(Line(one, totals.get(one.code, Totals(missing=0))))
    return [_quarter(atlas.places[code].name if code in atlas.places else "", lines) for code, lines in grouped.items()]


def _quarter(name: str, lines: list[Line]) -> Quarter:
    summed = Totals()
    for line in lines:
        summed.add(line.totals)
    return Quarter(name, lines, summed)


def found_by(staff: Staff, text: str) -> list[Building]:
    """The buildings that a written address names, best first."""
    matches = gazetteer.current().suggest(text, MOST_FOUND) if text else []
    codes = dict.fromkeys(match.place.code for match in matches if match.place)
    buildings = [one for code in codes if (one := queries.seen_building(staff, code))]
    named = [one for code in codes for one in _of_quarter(staff, code)]
    return list({one.code: one for one in [*buildings, *named]}.values())[:MOST_FOUND]


def _of_quarter(staff: Staff, code: str) -> Iterable[Building]:
    place = gazetteer.current().places.get(code)
    if place is None or place.kind == queries.BUILDING:
        return ()
    return [one for one in queries.buildings_in("") if one.place.parent == code and _open(staff, one)]


def leading(kept: HeadCounts | None) -> list[tuple[str, str]]:
    """(code, name) of what the lists show: not all of it fits."""
    return [(one.code, one.name.here()) for one in kept.fields[:4]] if kept else []
