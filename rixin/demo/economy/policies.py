"""Applications for subsidies and legal questions of the last weeks before the demonstration is built, and the lawyers.

All through the real actions. Nothing is paid here: what was paid are the year's records, and their sums are known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from rixin.cases import actions, queries
from rixin.cases.history import NewCase, Reporter
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.demo.cast import Cast
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor
from rixin.policies import finding, rules
from rixin.policies.facts import facts
from rixin.policies.queries import APPLICATION, in_force
from rixin.records import actions as record_actions
from rixin.records.entry import read_values
from rixin.records.journal import NewRecord
from rixin.registers.models import Enterprise
from rixin.tracking_codes import tracking_code

QUESTION, DUTY = "legal_question", "lawyer_duty"
LAWYERS = (
    ("丁正", "浙江某衡律师事务所", "morning"),
    ("余明", "浙江某法律师事务所", "afternoon"),
    ("沈知行", "浙江某致律师事务所", "day"),
)
_OF_A_POLICY = 3
"""Applications under each policy, where so many qualify."""
_ASKED_WITHOUT_RULE = 80_000
"""Yuan, where the policy says no amount."""
Step = tuple[str, str, dict[str, Any]]
"""(role of who takes it, action, what is filled in)"""


@dataclass(frozen=True)
class Asked:
    """A legal question: how many days ago, of which field, in what words, and the answer if there is one."""

    days: int
    field: str
    text: str
    answer: str = ""


QUESTIONS = (
    Asked(
        24, "contract", "客户拖欠货款半年，想了解怎样催讨。", "可先发函催告并固定对账凭证，逾期仍不付的可申请支付令。"
    ),
    Asked(19, "labour", "员工试用期内不胜任，能否解除劳动合同？", "须有录用条件和考核依据，书面说明理由后方可解除。"),
    Asked(12, "property", "商标被同行抢注，如何应对？", "可在公告期内提出异议，并收集在先使用的证据。"),
    Asked(9, "company", "股东之间对增资方案有分歧，表决要达到多少比例？", "增资须经代表三分之二以上表决权的股东通过。"),
    Asked(3, "authority", "注册地址变更后税务关系怎样迁移？"),
    Asked(1, "contract", "房东提前收回办公用房，能否要求赔偿装修损失？"),
)


def make(random: Random, now: datetime, cast: Cast) -> int:
    """Answers how many matters there are. The registers have to be there before."""
    _lawyers(now)
    applied = [_application(one, nth, random, now, cast) for nth, one in enumerate(_applicants(random, now.date()))]
    asking = _sample(Enterprise.objects.filter(withdrawn=False), len(QUESTIONS), random)
    asked = [_question(one, said, random, now, cast) for one, said in zip(asking, QUESTIONS, strict=False)]
    return len(applied) + len(asked)


def _lawyers(now: datetime) -> None:
    """Each has a week of duty, the weeks follow on each other: some in the past, one now, some to come."""
    version = versions.record(DUTY)
    unit = units.by_code(version.type.unit)
    monday = now.date() - timedelta(days=now.weekday())
    for nth in range(-3, 3):
        name, firm, hours = LAWYERS[nth % len(LAWYERS)]
        first = monday + timedelta(weeks=nth)
        values, _faults = read_values(
            version.type,
            {"name": name, "firm": firm, "hours": hours, "until_day": (first + timedelta(days=6)).isoformat()},
        )
        new = NewRecord(version=version, day=first, area_path=unit.area_path, unit=unit.id, values=values)
        record_actions.enter(new, by=SYSTEM, at=now)


Applicant = tuple[Enterprise, rules.Check]


def _applicants(random: Random, day: date) -> list[Applicant]:
    """Of every policy in force some that qualify; each enterprise applies once."""
    found: dict[int, Applicant] = {}
    for policy in in_force(day):
        rows = finding.qualifying(Enterprise.objects.filter(withdrawn=False).exclude(pk__in=list(found)), policy, day)
        for one in _sample(rows, _OF_A_POLICY, random):
            found[one.pk] = (one, rules.check(policy, facts(one, day)))
    return list(found.values())


def _sample(rows: Any, most: int, random: Random) -> list[Enterprise]:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = random.sample(ids, min(most, len(ids)))
    return list(Enterprise.objects.filter(pk__in=chosen).order_by("pk"))


def _application(applicant: Applicant, nth: int, random: Random, now: datetime, cast: Cast) -> Case:
    one, checked = applicant
    fen = checked.amount.fen
    amount = _ASKED_WITHOUT_RULE if fen is None else fen // 100
    # None is older than nine days: its announcement would be over, and the next step is to pay.
    case = _opened(
        APPLICATION, one, 9 - nth % 8, f"{one.name}申请{checked.policy.name.zh}，材料已提交。",
        {"policy": checked.policy.name.zh, "amount": amount}, random, now,
    )  # fmt: skip
    done: list[Step] = [
        ("handler", "check", {"conditions": "登记、纳税、资质均已核对，与申请一致。", "amount": amount}),
        ("leader", "approve", {"where": "街道公告栏和官网"}),
    ]
    return _taken(case, done[: nth % 3], random, now, cast)


def _question(one: Enterprise, said: Asked, random: Random, now: datetime, cast: Cast) -> Case:
    case = _opened(QUESTION, one, said.days, said.text, {"field": said.field}, random, now)
    named: Step = ("handler", "name_lawyer", {"lawyer": random.choice(LAWYERS)[0], "free": True})
    answered: Step = ("handler", "answer", {"way": random.choice(("written", "phone")), "answer": said.answer})
    steps = [named, answered] if said.answer else [named] if said.days > 1 else []
    return _taken(case, steps, random, now, cast)


def _opened(
    type: str, one: Enterprise, days: int, text: str, form: dict[str, Any], random: Random, now: datetime
) -> Case:
    version = versions.current(type)
    at = versions.work_calendar().next_working_moment(now - timedelta(days=days))
    new = NewCase(
        version=version,
        channel="desk",
        text=text,
        title=text[:30].rstrip("。，"),
        reporter=Reporter(submission_key=f"demo {type} {one.pk}", code=tracking_code(random)),
        area_path=one.area_path,
        owner_unit=queries.owner_unit(version.rules.type.unit, one.area_path),
        form={"enterprise": one.name, **form},
        address=one.address,
        place_code=one.place_code,
        enterprise=one.pk,
    )
    return actions.open_case(new, by=SYSTEM, at=at).case


def _taken(case: Case, steps: list[Step], random: Random, now: datetime, cast: Cast) -> Case:
    """Each a working day after the one before; what would lie after `now` is not done yet, nor where nobody may."""
    who: dict[str, Callable[[], Actor | None]] = {
        "handler": lambda: cast.of_unit("handler", case.owner_unit_id, random),
        "leader": lambda: cast.in_role("leader", random),
    }
    calendar, at = versions.work_calendar(), case.opened_at
    for role, action, given in steps:
        at = calendar.next_working_moment(at + timedelta(hours=26))
        by = who[role]()
        if at > now or by is None:
            break
        case = actions.act(case, action, by=by, given=given, seen=case.version, at=at)
    return case
