"""Matters that follow a law of their own, from the last weeks before the demonstration is built.

The offices that keep them have each something to do: what waits for its first step, what was taken up, what is late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from rixin.bookings import booking, rooms
from rixin.bookings.booking import Wanted
from rixin.cases import journal, queries
from rixin.cases.facts import Given
from rixin.cases.history import History, NewCase, Reporter
from rixin.cases.models import Case
from rixin.demo.maker import Entry, Maker
from rixin.filing import keeping
from rixin.people.actors import SYSTEM
from rixin.people.staff import Staff
from rixin.people.staffing import accounts_of
from rixin.tracking_codes import tracking_code


@dataclass(frozen=True)
class Said:
    """One matter: its kind, what it says, how many days ago it came in, and what its office did since."""

    type: str
    days: int
    text: str
    form: Given = field(default_factory=dict)
    done: tuple[tuple[str, Given], ...] = ()


def _accepted(**given: Any) -> tuple[tuple[str, Given], ...]:
    return (("accept", given),)


MATTERS = (
    Said("petition", 52, "反映老旧厂房改造后采光受影响，要求答复。", {"way": "online", "people": 12}, _accepted()),
    Said("motion", 40, "关于在社区增设非机动车充电点的建议。",
         {"number": "西湖区2023第18号", "body": "congress", "handed_over_on": "2023-05-05"}),
    Said(
        "labour_complaint", 30, "装修队反映工程尾款拖欠导致工资未结。",
        {"employer": "某装饰公司", "subject": "wages",
         "since": "2023-03-31", "amount": 86_000, "people": 7, "arrears": True},
        _accepted(),
    ),
    Said("petition", 24, "反映地下室渗水多年未解决，要求明确责任单位。", {"way": "letter", "people": 1}, _accepted()),
    Said("information_disclosure", 19, "申请公开所住小区旧改工程的结算情况。", {}, (("begin", {}),)),
    Said("enterprise_retention", 18, "软件企业租约下月到期，收到外区招商邀请。", {"enterprise": "某软件公司"}),
    Said("subsidy_application", 15, "申请研发投入补助。",
         {"enterprise": "某科技公司", "policy": "惠企政策第五条", "amount": 120_000}),
    Said("inspection_hazard", 14, "商务楼地下一层配电间堆放杂物。", {"kind": "electric", "site": "某商务楼"},
         (("grade", {"note": "现场核实，属一般隐患。"}),)),
    Said(
        "labour_complaint", 13, "餐饮店歇业，三名员工两个月工资未发。",
        {"employer": "某餐饮店", "subject": "wages",
         "since": "2023-04-30", "amount": 31_500, "people": 3, "arrears": True},
        _accepted(),
    ),
    Said(
        "mediation", 13, "业主与物业公司因地下车库渗水赔偿多次协商未果，同意调解。",
        {"origin": "court", "dispute": "property", "other_side": "某物业公司", "people": 14},
        (
            ("accept", {"willing": True}),
            ("appoint", {"mediator": "周大姐", "kind": "committee", "free": True}),
        ),
    ),
    Said("listed_problem", 21, "商务楼宇消防控制室值班制度不落实，上级检查指出。",
         {"list": "safety", "level": "district"},
         (("grade", {"note": "属实，交属地平安办整改。"}),)),
    Said("inspection_hazard", 16, "沿街群租房一层堆放大量易燃杂物并住人。", {"kind": "fire", "site": "某沿街群租房"},
         (("grade_major", {"grounds": "违规住人并堵塞唯一出口", "danger": "夜间起火难以逃生"}),)),
    Said("enterprise_retention", 12, "电商企业反映办公面积不足，计划外迁。", {"enterprise": "某电商公司"}),
    Said("petition", 12, "反映回迁安置面积与协议不符，要求书面说明。", {"way": "visit", "people": 3}),
)  # fmt: skip
"""All of them before the last days that `live` plays."""


def make(maker: Maker, random: Random, now: datetime) -> Iterator[tuple[Entry, History]]:
    """Each as far as its office has come by `now`. With draws of its own: one more or less changes no other matter."""
    for said in sorted(MATTERS, key=lambda said: -said.days):
        at = maker.calendar.next_working_moment(now - timedelta(days=said.days))
        here = maker.spots.draw(("yard",), random)
        version = maker.versions[said.type]
        new = NewCase(
            version=version,
            channel="desk",
            text=said.text,
            title=said.text.rstrip("。")[:30],
            reporter=Reporter(submission_key=f"demo statute {said.type} {said.days}", code=tracking_code(random)),
            area_path=here.area_path,
            owner_unit=queries.owner_unit(version.rules.type.unit, here.area_path),
            form=dict(said.form),
            address=here.address,
            place_code=here.place_code,
        )
        office = maker.house.cast.of_unit("handler", new.owner_unit, random)
        if office is None:
            continue
        history = History.begin(new, office, at, maker.calendar, opening=journal.opening(new))
        for nth, (action, given) in enumerate(said.done, start=1):
            taken_at = at + timedelta(minutes=40 * nth)
            holder = maker.house.cast.one("handler", history, random, unit=new.owner_unit)
            if holder is not None:
                history.take(action, holder, given, taken_at)
        history.alarms_until(now)
        yield Entry(at, said.type, "desk", here), history


def file() -> int:
    """Writes the records that these matters leave; answers how many there are."""
    types = {matter.type for matter in MATTERS}
    return sum(len(keeping.keep(case, by=SYSTEM, at=case.changed_at)) for case in Case.objects.filter(type__in=types))


def book(now: datetime) -> None:
    """The mediators have a room for their next session."""
    known = rooms.rooms(rooms.all_kinds())
    disputes = Case.objects.filter(type__in={matter.type for matter in MATTERS}, phase="open").order_by("pk")
    for case in (case for case in disputes if known and rooms.kinds_for(case)):
        holder = next(iter(accounts_of(case.unit_id or case.owner_unit_id, "handler", now.date())), None)
        if holder is None:
            continue
        day = timezone.localdate(now) + timedelta(days=1)
        opens, _closes = known[0].hours(day)
        starts = opens + timedelta(minutes=60)
        wanted = Wanted(known[0].record.pk, starts, starts + timedelta(minutes=90), 6)
        booking.book(case, wanted, by=Staff.at(holder, now), sending=f"demo:{case.pk}", at=now)
