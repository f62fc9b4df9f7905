"""The demo's projects: those of the plans of three years, as the report tells of them, and some that are under way.

What is known of when a step was done stands in the plan; the steps between lie where the template would have them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from random import Random
from typing import Any

from rixin.catalogue import versions
from rixin.catalogue.programme_schema import ProjectKind, ProjectStep
from rixin.catalogue.worktime import LOCAL
from rixin.catalogue.yamlfile import parsed
from rixin.demo.cast import Cast
from rixin.demo.pictures import Pair
from rixin.demo.work.plan import Strict
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor
from rixin.places import gazetteer
from rixin.programmes import actions, money, risks, stepping, way
from rixin.programmes.drafts import NewEvidence, NewPayment, NewProject, NewRisk, Said
from rixin.programmes.journal import Act
from rixin.programmes.models import Project, Risk
from rixin.programmes.stepping import Done
from rixin.records.entry import read

STREET = "330106013/"
_WAN = 1_000_000
"""Fen in ten thousand yuan."""
_SHARES = {"begun": 30, "agreements": 30, "built": 45, "completed": 40, "works": 45, "painted": 95, "paid": 60}
_LAST_SHARE = 22
"""Per cent of the budget that are paid after a step; after all others that are paid for, the last share."""
_LATE = 0.12
"""Share of steps that came later than planned."""
SCENES = ("works", "wall", "building", "hole", "corridor", "bins")


class Planned(Strict):
    kind: str
    name: str
    year: int = 0
    quarter: str = ""
    address: str = ""
    level: str = ""
    wan: int | None = None
    contractor: str = ""
    days: dict[str, date] = {}
    owners: int = 900
    voted: int = 690
    painted: str = ""
    risks: list[str] = []
    ago: int = 0
    done: int = 0


class Words(Strict):
    late: list[str]
    note: list[str]
    purposes: dict[str, str]


class Plan(Strict):
    projects: list[Planned]
    lately: list[Planned]
    values: dict[str, tuple[int, int] | str]
    words: Words


@lru_cache(maxsize=1)
def plan() -> Plan:
    return Plan.model_validate(parsed((files("rixin.demo.life") / "programmes.yaml").read_text(encoding="utf-8")))


def store(random: Random, now: datetime, cast: Cast, pictures: Mapping[str, Sequence[Pair]]) -> int:
    """Projects up to `now`; how many."""
    course = _Course(random, now, cast, [pair for name in SCENES for pair in pictures[name]])
    for one in plan().projects:
        course.known(one)
    for one in plan().lately:
        course.lately(one)
    return Project.objects.count()


# ---- when


def actual_days(kind: ProjectKind, known: Mapping[str, date]) -> dict[str, date]:
    """A day for each step: what is known, and the others as far before or after it as the template has them.

    Between two known days the steps share the time as the template does. What may be left out is left out unless it is
    known.
    """
    steps = [step for step in kind.steps if not step.optional or step.code in known]
    lengths = [max(round(step.days * 1.4), _shown_before(steps, nth)) for nth, step in enumerate(steps)]
    anchors = [nth for nth, step in enumerate(steps) if step.code in known]
    days: dict[str, date] = {steps[nth].code: known[steps[nth].code] for nth in anchors}
    for nth in range(anchors[0] - 1, -1, -1):
        days[steps[nth].code] = days[steps[nth + 1].code] - timedelta(days=lengths[nth + 1])
    for before, after in pairwise(anchors):
        first, last = days[steps[before].code], days[steps[after].code]
        whole = sum(lengths[before + 1 : after + 1])
        for nth in range(before + 1, after):
            share = sum(lengths[before + 1 : nth + 1])
            days[steps[nth].code] = first + timedelta(days=(last - first).days * share // whole)
    for nth in range(anchors[-1] + 1, len(steps)):
        days[steps[nth].code] = days[steps[nth - 1].code] + timedelta(days=lengths[nth])
    return {code: day if code in known else _working(day) for code, day in days.items()}


def _working(day: date) -> date:
    """That day, or the last one before it on which offices worked."""
    calendar = versions.work_calendar()
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _shown_before(steps: Sequence[ProjectStep], nth: int) -> int:
    return steps[nth - 1].notice_days if nth else 0


# ---- how


@dataclass
class _Course:
    """Takes projects through their steps as their units would, never after `now`."""

    random: Random
    now: datetime
    cast: Cast
    pairs: Sequence[Pair]

    def known(self, planned: Planned) -> None:
        rules = versions.programmes()[planned.kind].kind
        days = actual_days(rules, planned.days)
        first = next(iter(rules.steps))
        opened_on = _working(days[first.code] - timedelta(days=round(first.days * 1.4)))
        if opened_on > self.now.date():
            return
        project, by = self._opened(planned, rules, opened_on, planned.year, self._plan_around(rules, days, opened_on))
        for step in rules.steps:
            if step.code not in days or days[step.code] > self.now.date():
                continue
            self._do(project, step, days[step.code], planned, by)
            self._pay(project, step, days[step.code], by)
        self._risks(project, planned, by, opened_on + timedelta(days=30))

    def lately(self, planned: Planned) -> None:
        rules = versions.programmes()[planned.kind].kind
        opened_on = _working(self.now.date() - timedelta(days=planned.ago))
        template = way.planned_days(rules, opened_on, versions.work_calendar())
        project, by = self._opened(planned, rules, opened_on, self.now.year, {})
        for nth, step in enumerate(rules.steps[: planned.done]):
            latest = self.now.date() - timedelta(days=planned.done - nth)
            self._do(project, step, min(template[nth], latest), planned, by)
        self._risks(project, planned, by, opened_on + timedelta(days=7))

    def _plan_around(self, rules: ProjectKind, days: Mapping[str, date], opened_on: date) -> dict[str, date]:
        """What had been planned: mostly a few days more than it took."""
        planned, before = {}, opened_on
        for step in rules.steps:
            around = days.get(step.code, before)
            by = -self.random.randrange(3, 12) if self.random.random() < _LATE else self.random.randrange(5)
            before = max(before, around + timedelta(days=by))
            planned[step.code] = before
        return planned

    def _opened(
        self, planned: Planned, rules: ProjectKind, day: date, year: int, days: Mapping[str, date]
    ) -> tuple[Project, Actor]:
        unit = units.by_code(rules.unit)
        by = self.cast.of_unit("handler", unit.id, self.random) or SYSTEM
        said = Said(
            name=planned.name,
            year=year,
            level=planned.level,
            contractor=planned.contractor,
            budget=planned.wan * _WAN if planned.wan is not None else None,
            **_where(planned),
        )
        new = NewProject(said=said, opened_on=day, owner=by.account_id, days=days)
        return actions.open_project(planned.kind, new, by=by, at=self._at(day, 9)), by

    def _do(self, project: Project, step: ProjectStep, day: date, planned: Planned, by: Actor) -> None:
        late = (due := project.steps.get(code=step.code).planned_on) is not None and day > due
        note = self.random.choice(plan().words.late if late else plan().words.note)
        done = Done(
            code=step.code, day=day, values=self._values(step, planned), note=note, evidence=self._shown_by(step)
        )
        stepping.do_step(project, done, self._act(project, by, day, 16))

    def _values(self, step: ProjectStep, planned: Planned) -> dict[str, Any]:
        owners, voted = planned.owners, planned.voted
        said: dict[str, Any] = {
            "owners": owners,
            "voted": voted,
            "agreed": voted * 92 // 100,
            "painted": planned.painted,
        }
        areas = {"floor_area": owners * 96, "voted_area": voted * 97, "agreed_area": voted * 97 * 92 // 100}
        said |= areas if step.vote else {}
        values = {}
        for field in step.fields:
            given = said.get(field.name)
            if given is None and (known := plan().values.get(field.name)) is not None:
                given = known if isinstance(known, str) else self.random.randint(*known)
            values[field.name] = read(field, given)
        return values

    def _shown_by(self, step: ProjectStep) -> list[NewEvidence]:
        pair = self.random.choice(self.pairs)
        after = step.counts_as in ("completed", "accepted", "recognised")
        photo = pair.after if after else pair.before
        kept = NewEvidence(digest=photo.digest, size=photo.size, width=photo.width, height=photo.height)
        return [kept] * min(step.photos, 1)

    def _pay(self, project: Project, step: ProjectStep, day: date, by: Actor) -> None:
        purpose, paid_on = plan().words.purposes.get(step.code), day + timedelta(days=5)
        if purpose is None or not project.budget or paid_on > self.now.date():
            return
        amount = project.budget * _SHARES.get(step.code, _LAST_SHARE) // 100
        amount = min(amount, project.budget - money.paid(project))
        if amount > 0:
            payment = NewPayment(day=paid_on, amount=amount, payee=project.contractor, purpose=purpose)
            money.pay(project, payment, "", self._act(project, by, paid_on, 11))

    def _risks(self, project: Project, planned: Planned, by: Actor, day: date) -> None:
        project.refresh_from_db()
        if project.status != "open" or day > self.now.date():
            return
        for words, weight in zip(planned.risks, (Risk.Weight.GRAVE, Risk.Weight.MEDIUM), strict=False):
            new = NewRisk(words=words, weight=weight, owner=by.account_id, due_on=day + timedelta(days=45))
            risks.note(project, new, self._act(project, by, day, 14))

    def _act(self, project: Project, by: Actor, day: date, hour: int) -> Act:
        return Act(by=by, at=self._at(day, hour), seen=project.version)

    def _at(self, day: date, hour: int) -> datetime:
        return min(datetime.combine(day, time(hour, self.random.randrange(60)), LOCAL), self.now)


def _where(planned: Planned) -> dict[str, Any]:
    atlas = gazetteer.current()
    place = atlas.places.get(planned.quarter)
    if place is None:
        found = next((match.position for match in atlas.find_in_text(planned.address) if match.position), None)
        point = {"lat": found.lat, "lng": found.lng} if found else {}
        return {"area_path": STREET, "address": planned.address, **point}
    chain, position = atlas.chain_of_place(place), place.position
    return {
        "area_path": chain.path if chain else STREET,
        "place_code": place.code,
        "address": place.name_zh,
        "lat": position.lat if position else None,
        "lng": position.lng if position else None,
    }
