"""Leads and links made through the real actions, with only what matters named."""

from datetime import date, datetime
from itertools import count
from typing import Any

from rixin.catalogue.worktime import LOCAL
from rixin.investment import actions, supplying
from rixin.investment.actions import Move
from rixin.investment.drafts import NewLead, Said
from rixin.investment.figures import WAN
from rixin.investment.models import Lead, SupplyLink
from rixin.investment.supplying import NewLink
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.registers.models import Enterprise
from rixin.registers.tests.builders import STREET

AT = datetime(2022, 12, 1, 9, 30, tzinfo=LOCAL)
_numbers = count(1)


def said(**given: Any) -> Said:
    known: dict[str, Any] = {"name": "云帆智能总部", "area_path": STREET, "kind": "strong", "amount": 500 * WAN}
    return Said(**{**known, "section": "I", "division": "65", **given})


def a_lead(by: Player, *, at: datetime = AT, pipeline: str = "investment", **given: Any) -> Lead:
    new = {name: given.pop(name) for name in ("stage", "next_step", "due_on", "opened_on", "origin") if name in given}
    given.setdefault("name", f"试验项目{next(_numbers)}")
    return actions.open_lead(pipeline, NewLead(said=said(**given), owner=by.account.pk, **new), by=by.actor, at=at)


def a_university_lead(by: Player, **given: Any) -> Lead:
    known = {"kind": "research", "partner": "浙江大学", "amount": None, "section": "", "division": ""}
    return a_lead(by, pipeline="university", **{**known, **given})


def noted(lead: Lead, by: Player, *, at: datetime = AT, **move: Any) -> Lead:
    lead.refresh_from_db()
    return actions.note(lead, Move(**{"words": "电话联系", **move}), by=by.actor, at=at, seen=lead.version)


def a_link(
    supplier: Enterprise | str, customer: Enterprise | str, goods: str = "测试服务", *, since: str = "2022-01-01",
    **given: Any,
) -> SupplyLink:  # fmt: skip
    sides: dict[str, Any] = {}
    for name, side in (("supplier", supplier), ("customer", customer)):
        sides |= {f"{name}_name": side} if isinstance(side, str) else {name: side.pk}
    new = NewLink(goods=goods, from_day=date.fromisoformat(since), **sides, **given)
    return supplying.link(new, by=SYSTEM, at=AT)
