"""What the demonstration's events, teams and volunteers are to be, as `activities.yaml` says it. Checked when read."""

from datetime import date
from functools import lru_cache
from importlib.resources import files

from pydantic import Field

from rixin.catalogue.yamlfile import parsed
from rixin.demo.work.plan import Strict

Counts = dict[int, int]
"""By year."""


class Cultural(Strict):
    counts: Counts
    people: tuple[int, int]
    titles: dict[str, list[str]]
    weights: dict[str, int]


class Fairs(Strict):
    counts: Counts
    posts: Counts
    agreements: Counts
    employers: tuple[int, int]
    titles: list[str]


class Trainings(Strict):
    counts: Counts
    people: tuple[int, int]
    titles: dict[str, str]


class Summer(Strict):
    title: str
    community: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    room: int


class Named(Strict):
    name: str
    art: str


class Many(Strict):
    """`later`: how many of them began only in 2022."""

    names: list[str]
    wanted: int
    later: int = 0


class Teams(Strict):
    subdistrict: list[Named]
    community: Many
    quarter: Many


class Volunteers(Strict):
    """`newcomers`: of the year, of whom `named` have entries of their own; the others came in groups."""

    first: date = Field(alias="from")
    until: date
    calls: int
    newcomers: int
    named: int
    groups: dict[str, list[str]]
    what: dict[str, str]


class Coming(Strict):
    kind: str
    sort: str
    title: str
    in_days: int
    room: int
    parties: list[int]
    about: str


class Activities(Strict):
    cultural: Cultural
    fairs: Fairs
    trainings: Trainings
    summer: list[Summer]
    teams: Teams
    volunteers: Volunteers
    coming: list[Coming]


@lru_cache(maxsize=1)
def plan() -> Activities:
    return Activities.model_validate(parsed((files("rixin.demo.life") / "activities.yaml").read_text(encoding="utf-8")))
