"""The demo's leads: how each comes nearer to landing or is lost, and who supplies whom among the enterprises.

What has landed is given by the caller, so that the report's landings are those of the records.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from random import Random

from rixin.catalogue import versions
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.catalogue.worktime import LOCAL
from rixin.catalogue.yamlfile import parsed
from rixin.demo.work.plan import Strict
from rixin.investment import actions, queries, supplying
from rixin.investment.actions import Move
from rixin.investment.drafts import NewLead, Said
from rixin.investment.figures import WAN
from rixin.investment.landing import Landing, land
from rixin.investment.models import Lead
from rixin.investment.supplying import NewLink
from rixin.people import units
from rixin.people.actors import Actor
from rixin.registers.industries import UnknownIndustry, read_industry
from rixin.registers.matching import meant
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

BEGINNING, _END = date(2022, 1, 10), date(2023, 12, 20)
_LATELY, _SHARE_LATELY = 130, 0.42
"""Days before the moment up to which leads are made, and the share of leads that came up in them."""
_LONGEST = 400
"""Days after which no lead is followed any more."""
LINKS = 60
_PATIENCE = 75
"""Days in the last stage that it reaches after which a lead is given up, unless somebody goes on."""
_LOST, _SIGNED_LOST = 0.72, 0.5
"""Share of them that then is given up: of those that had signed, fewer."""
_FORGOTTEN = 0.15
"""Share of open leads for which nobody has done anything lately."""
_HUNDREDTHS = 100


class Planned(Strict):
    name: str
    kind: str
    partner: str = ""
    wan: int | None = None
    industry: str = ""
    metres: tuple[int, int] | None = None
    from_: str = ""


class Goods(Strict):
    name: str
    industry: str
    outside: list[str] = []
    buyers: list[str]


class Plan(Strict):
    investment: list[Planned]
    university: list[Planned]
    goods: list[Goods]
    words: dict[str, list[str]]


@dataclass(frozen=True)
class Landed:
    """What landed on a day: `industry` in the words of its record."""

    name: str
    wan: Decimal
    industry: str
    day: date


@lru_cache(maxsize=1)
def plan() -> Plan:
    said = parsed((files("rixin.demo.economy") / "leads.yaml").read_text(encoding="utf-8"))
    for one in said["investment"]:
        if "from" in one:
            one["from_"] = one.pop("from")
    return Plan.model_validate(said)


def make(
    random: Random,
    owners: Sequence[Actor],
    by: Actor,
    now: datetime,
    *,
    enterprises: Sequence[Enterprise] = (),
    landed: Sequence[Landed] = (),
) -> int:
    """Leads of two years, not few of them of the days before `now`, and links among `enterprises`.

    Answers how many leads there are. `owners`: who follows them, of the unit that keeps the pipelines; `by`: who
    writes down the links. Landings after `now` are left out.
    """
    course = _Course(random, owners, now, [one for one in enterprises if one.standing in PRESENT])
    for one in sorted(landed, key=lambda one: one.day):
        if one.day <= now.date():
            course.landing(one)
    for code, planned in (("investment", plan().investment), ("university", plan().university)):
        days = sorted(_opened_on(random, now.date()) for _one in planned)
        for nth, (day, lead) in enumerate(zip(days, random.sample(planned, len(planned)), strict=True)):
            course.lead(versions.work().pipelines[code], lead, day, nth)
    _link(random, course.enterprises, by, now)
    return Lead.objects.count()


def _opened_on(random: Random, today: date) -> date:
    """Some came up lately, so that much is on its way whichever day it is; the others in the two years."""
    lately = today - timedelta(days=_LATELY)
    if lately <= BEGINNING or random.random() < _SHARE_LATELY:
        return today - timedelta(days=random.randrange(8, _LATELY))
    return BEGINNING + timedelta(days=random.randrange((min(lately, _END) - BEGINNING).days))


class _Course:
    """Takes leads through their stages as their owners would, never after `now`."""

    def __init__(
        self, random: Random, owners: Sequence[Actor], now: datetime, enterprises: Sequence[Enterprise]
    ) -> None:
        self.random, self.owners, self.now, self.enterprises = random, owners, now, enterprises
        self.words = plan().words
        trait = versions.work().traits.get(queries.GROUP)
        self.groups = {
            option.name.zh: [span.enterprise_id for span in queries.of_group(option.code, now.date())]
            for option in (trait.options if trait else [])
        }

    def lead(self, pipeline: Pipeline, planned: Planned, opened: date, nth: int) -> None:
        if opened > self.now.date():
            return
        owner = self.random.choice(self.owners)
        lead = self._opened(pipeline, self._said(planned, pipeline), owner, opened)
        last = nth % len(pipeline.stages)
        reached = self._through(lead, pipeline, owner, opened, [stage.code for stage in pipeline.stages][: last + 1])
        self._ending(lead, pipeline, owner, reached)

    def landing(self, one: Landed) -> None:
        pipeline = versions.work().pipelines["investment"]
        owner, there = self.random.choice(self.owners), meant(one.name)
        entry = Enterprise.objects.filter(pk=there).first() if there else None
        section, division = (entry.section, entry.division) if entry else _industry(one.industry)
        kind = self.random.choice(["strong", "strong", "headquarters", "chain"])
        said = Said(
            name=one.name, area_path=units.by_code(pipeline.unit).area_path, kind=kind, amount=int(one.wan * WAN),
            section=section, division=division,
        )  # fmt: skip
        opened = one.day - timedelta(days=self.random.randrange(70, 190))
        lead = self._opened(pipeline, said, owner, opened)
        stages = [stage.code for stage in pipeline.stages]
        self._through(lead, pipeline, owner, opened, stages, within=(one.day - opened).days - 3)
        landing = Landing(day=one.day, industry=one.industry, enterprise=there, words="完成注册登记，项目落地")
        land(lead, landing, by=owner, at=_at(one.day, self.random), seen=lead.version)

    def _said(self, planned: Planned, pipeline: Pipeline) -> Said:
        least, most = planned.metres or (None, None)
        brought = next((ids for name, ids in self.groups.items() if planned.name.startswith(name)), [])
        return Said(
            name=planned.name,
            area_path=units.by_code(pipeline.unit).area_path,
            kind=planned.kind,
            partner=planned.partner,
            amount=planned.wan * WAN if planned.wan is not None else None,
            section=planned.industry[:1],
            division=planned.industry[1:],
            area_least=least * _HUNDREDTHS if least else None,
            area_most=most * _HUNDREDTHS if most else None,
            rent_most=self.random.choice([250, 300, 350, None]) if least else None,
            parent=self.random.choice(brought) if brought else None,
            introduced_by=planned.from_,
        )

    def _opened(self, pipeline: Pipeline, said: Said, owner: Actor, day: date) -> Lead:
        account = owner.account_id
        if account is None:
            raise ValueError("Whoever follows a lead has an account.")
        first = self.words.get(pipeline.stages[0].code, self.words["first"])
        new = NewLead(said=said, owner=account, words=self.random.choice(first), opened_on=day)
        return actions.open_lead(pipeline.code, new, by=owner, at=_at(day, self.random))

    def _through(
        self, lead: Lead, pipeline: Pipeline, owner: Actor, day: date, stages: Sequence[str], within: int = 0
    ) -> date:
        """The day of the last step. `within`: days in which all of it has to happen; 0: as it comes."""
        for nth, stage in enumerate(stages[1:], start=1):
            if within:
                day = lead.opened_on + timedelta(days=within * nth // len(stages))
            else:
                day += timedelta(days=self.random.randrange(9, 24))
            if day > self.now.date():
                break
            self._step(lead, owner, day, stage, self.random.choice(self.words[stage]))
        return lead.moved_on

    def _ending(self, lead: Lead, pipeline: Pipeline, owner: Actor, day: date) -> None:
        """Given up after a while, or followed to this day; some are forgotten."""
        age = (self.now.date() - day).days
        signed = lead.stage == pipeline.stages[-1].code
        lost = age > _PATIENCE and self.random.random() < (_SIGNED_LOST if signed else _LOST)
        if lost or age > _LONGEST:
            ends = day + timedelta(days=self.random.randrange(30, _PATIENCE))
            reason, words = self.random.choice(pipeline.lost).code, self.random.choice(self.words["lost"])
            actions.give_up(lead, reason, words=words, by=owner, at=_at(ends, self.random), seen=lead.version)
        elif self.random.random() >= _FORGOTTEN:
            for later in self._days_from(day):
                self._step(lead, owner, later, lead.stage, self.random.choice(self.words["again"]))

    def _days_from(self, day: date) -> Iterator[date]:
        while (day := day + timedelta(days=self.random.randrange(12, 21))) <= self.now.date():
            yield day

    def _step(self, lead: Lead, owner: Actor, day: date, stage: str, words: str) -> None:
        due = day + timedelta(days=self.random.randrange(5, 20))
        move = Move(words=words, stage=stage, next_step=self.random.choice(self.words["next"]), due_on=due)
        actions.note(lead, move, by=owner, at=_at(day, self.random), seen=lead.version)


def _at(day: date, random: Random) -> datetime:
    return datetime.combine(day, time(9 + random.randrange(8), random.randrange(60)), LOCAL)


def _industry(words: str) -> tuple[str, str]:
    try:
        known = read_industry(words)
    except UnknownIndustry:
        return "", ""
    return (known.section.code, known.division.code if known.division else "") if known else ("", "")


# ---- who supplies whom


def _link(random: Random, enterprises: Sequence[Enterprise], by: Actor, now: datetime) -> None:
    """As many of each of the goods, from outside where the plan names who sells it there."""
    wanted = [goods for goods in plan().goods for _nth in range(LINKS // len(plan().goods))] if enterprises else []
    for goods in wanted:
        buyers = [one for one in enterprises if one.section + one.division in goods.buyers] or list(enterprises)
        buyer = random.choice(buyers)
        sellers = [one for one in enterprises if one.section + one.division == goods.industry and one != buyer]
        seller = None if goods.outside or not sellers else random.choice(sellers)
        outside = random.choice(goods.outside) if goods.outside else f"市外{goods.name}供应商"
        known_since = max(buyer.since, seller.since if seller else buyer.since, BEGINNING)
        if known_since >= now.date():
            continue
        day = known_since + timedelta(days=random.randrange((now.date() - known_since).days))
        new = NewLink(
            supplier=seller.pk if seller else None,
            supplier_name="" if seller else outside,
            customer=buyer.pk,
            goods=goods.name,
            section=goods.industry[:1],
            division=goods.industry[1:],
            from_day=day,
            source=random.choice(["走访时告知", "企业填报", "座谈会了解"]),
        )
        supplying.link(new, by=by, at=_at(day, random))
