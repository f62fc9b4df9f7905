"""Which goals a person asks for: of which year, unit, chapter and light. Wrong words fall back to all."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from rixin.catalogue.work import GoalInYear
from rixin.desk.goal_pages.lines import LIGHT_NAMES, Line
from rixin.goals import queries
from rixin.people import units
from rixin.people.staff import Staff


@dataclass(frozen=True)
class Asking:
    year: int
    years: list[int]
    unit: str = ""
    light: str = ""
    chapter: str = ""
    mine: bool = False

    def query(self, **other: str) -> str:
        said = {"year": str(self.year), "unit": self.unit, "light": self.light, "chapter": self.chapter}
        said |= {"mine": "1" if self.mine else "", **other}
        return urlencode({name: value for name, value in said.items() if value})

    def picks(self, staff: Staff, line: Line) -> bool:
        goal = line.progress.goal
        return (
            self.unit in ("", goal.unit)
            and self.light in ("", line.light)
            and self.chapter in ("", goal.chapter.here())
            and (not self.mine or queries.may_write(staff, goal))
        )


def read(query: QueryDict, years: list[int], today_year: int) -> Asking:
    """By itself the year that runs, else the last one that there are goals of. Raises Http404 where there are none."""
    if not years:
        raise Http404(_("No goals of any year are defined."))
    asked = query.get("year", "")
    first = today_year if today_year in years else years[0]
    year = next((one for one in years if str(one) == asked), first)
    light = query.get("light", "")
    return Asking(
        year,
        years,
        unit=query.get("unit", ""),
        light=light if light in LIGHT_NAMES else "",
        chapter=query.get("chapter", ""),
        mine=query.get("mine") == "1",
    )


def offered_units(known: Iterable[GoalInYear]) -> list[tuple[str, str]]:
    return [(code, units.by_code(code).name) for code in dict.fromkeys(kept.goal.unit for kept in known)]


def offered_chapters(known: Iterable[GoalInYear]) -> list[str]:
    return list(dict.fromkeys(kept.goal.chapter.here() for kept in known))


def seen_goal(staff: Staff, code: str) -> GoalInYear:
    """Raises Http404."""
    for year in queries.years():
        for kept in queries.visible_to(staff, year):
            if kept.goal.code == code:
                return kept
    raise Http404(_("There is no such goal among those that you may see."))
