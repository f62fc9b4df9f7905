"""Talents by class and year, start-up teams and R&D centres, from records and the register. Numbers, no names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rixin.catalogue import versions
from rixin.catalogue.schema import Option
from rixin.people.staff import Staff
from rixin.records import queries as records
from rixin.records.models import Record, Status
from rixin.registers import queries as registers
from rixin.registers.models import TraitSpan

TALENT, TEAM, CENTRE = "talent", "startup_team", "rd_centre"
YEARS = 4
"""That stand side by side."""


@dataclass(frozen=True)
class Line:
    """A class or level, and how many of it each year has; 0 is counted and none."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Team:
    name: str
    field: str
    day: date
    address: str
    enterprise: str
    enterprise_address: str


@dataclass(frozen=True)
class Matrix:
    """`years`: oldest first. `abroad`: of all talents of the years those who came from abroad."""

    years: tuple[int, ...]
    talents: tuple[Line, ...]
    abroad: tuple[int, ...]
    centres: tuple[Line, ...]
    teams: tuple[Team, ...]

    @property
    def sums(self) -> list[tuple[int, int]]:
        """Each year with all its talents."""
        return [(year, sum(line.counts[nth] for line in self.talents)) for nth, year in enumerate(self.years)]


def matrix(staff: Staff, last: int) -> Matrix:
    """Of the years up to `last`, as far as the person sees the records. Three statements."""
    years = tuple(range(last - YEARS + 1, last + 1))
    seen = records.visible_to(staff).filter(status=Status.CONFIRMED, day__year__in=years)
    talents = [(row.values, row.day.year) for row in seen.filter(type=TALENT)]
    people, abroad = Counter[tuple[str, int]](), Counter[int]()
    for said, year in talents:
        people[said["grade"], year] += said["people"]
        abroad[year] += said["people"] if said.get("from_abroad") else 0
    centres = TraitSpan.objects.filter(
        enterprise__in=registers.visible_to(staff), trait=CENTRE, from_day__year__in=years
    ).values_list("value", "from_day")
    recognised = Counter((value, day.year) for value, day in centres)
    teams = seen.filter(type=TEAM).select_related("enterprise").order_by("-day", "-pk")
    return Matrix(
        years,
        tuple(_lines(_options_of(TALENT, "grade"), people, years)),
        tuple(abroad[year] for year in years),
        tuple(_lines(_levels(), recognised, years)),
        tuple(_team(row) for row in teams),
    )


def _options_of(kind: str, field: str) -> Sequence[Option]:
    known = versions.work().records.get(kind)
    fields = known.type.fields if known else []
    return next((asked.options for asked in fields if asked.name == field), [])


def _levels() -> Sequence[Option]:
    known = versions.work().traits.get(CENTRE)
    return known.options if known else []


def _lines(options: Iterable[Option], counted: Counter[tuple[str, int]], years: tuple[int, ...]) -> Iterable[Line]:
    for option in options:
        yield Line(option.name.here(), tuple(counted[option.code, year] for year in years))


def _team(row: Record) -> Team:
    enterprise = row.enterprise
    return Team(
        row.values.get("team", ""),
        row.values.get("field", ""),
        row.day,
        row.get_absolute_url(),
        enterprise.name if enterprise else row.values.get("enterprise", ""),
        enterprise.get_absolute_url() if enterprise else "",
    )
