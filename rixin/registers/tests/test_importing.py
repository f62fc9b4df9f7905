"""Whatever a table holds: importing it a second time changes nothing, and taking it back leaves what was there."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rixin.records.tests.brought import as_xlsx
from rixin.registers.imports import actions
from rixin.registers.models import (
    Enterprise,
    FormerName,
    Return,
    Room,
    StandingSpan,
    Tenancy,
    TraitSpan,
)
from rixin.registers.tests.builders import NOW, a_building, a_code, a_lease, a_room, an_enterprise, paid
from rixin.registers.tests.messy import messy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places", "own_folder")]
HEADS = (
    "企业名称", "信用代码", "行业", "社区", "地址", "注册资本", "成立日期", "登记日期", "状态", "2022年税收",
    "2022年一季度税收", "资质", "楼宇", "房号", "面积", "到期日", "联系人", "备注",
)  # fmt: skip
NAMES = (
    "杭州云深科技有限公司",
    "云深科技有限责任公司",
    "杭州海川文化有限公司",
    "杭州 海川 文化有限公司",
    "旧名有限公司",
    "",
)
CELLS: dict[str, tuple[Any, ...]] = {
    "企业名称": NAMES,
    "信用代码": (a_code(11), a_code(12), a_code(13), "", "123"),
    "行业": ("I65", "I", "批发业", "炒菜业", ""),
    "社区": ("德加社区", "竞舟社区", ""),
    "地址": ("文二西路1号", "竞舟路9号", ""),
    "注册资本": (500, "0.05亿元", "许多", ""),
    "成立日期": ("2018-03-05", 43164, ""),
    "登记日期": ("2022-03-01", "2022-11-01", "2023-01-10", "2099-01-01", ""),
    "状态": ("存续", "异地经营", "迁出", "注销", ""),
    "2022年税收": (12, "8.5万元", "", ""),
    "2022年一季度税收": ("", "", "", 3),
    "资质": ("高新技术企业", "专精特新、绿城系", "蓝城系", "绿城系、蓝城系", ""),
    "楼宇": ("云联大厦", "", ""),
    "房号": ("301", "302", "1205", ""),
    "面积": (40, 88.5, ""),
    "到期日": ("2024-12-31", "2022-01-01", ""),
    "联系人": ("李四", ""),
    "备注": ("某某", ""),
}
a_line = st.tuples(*(st.sampled_from(CELLS[head]) for head in HEADS))
tables = st.lists(a_line, min_size=1, max_size=6)
decisions = st.dictionaries(st.integers(2, 7), st.sampled_from(["new", "leave out", "{pk}", "{pk} rename"]), max_size=4)


@pytest.fixture
def ground() -> Enterprise:
    """What the register knows before: an enterprise with a name from before, a lease, a return; a building."""
    one = an_enterprise("杭州海川文化有限公司", code=a_code(12), address="一路1号", since="2021-03-01")
    FormerName.objects.create(
        enterprise=one, name="旧名有限公司", plain_name="旧名有限公司", until_day=date(2021, 6, 1)
    )
    building = a_building(name="云联大厦")
    a_lease(a_room(building, "301"), one, metres=50)
    a_room(building, "302")
    paid(one, "2021", 100)
    an_enterprise("云深科技有限公司", code="")
    return one


def state() -> list[Any]:
    """All that the register says of enterprises that are in it."""
    there = Enterprise.objects.filter(withdrawn=False)
    rows: list[Any] = list(
        there.order_by("pk").values_list(
            "pk", "name", "code", "section", "division", "area_path", "address", "standing", "since", "capital",
            "founded_on", "building",
        )
    )  # fmt: skip
    for model, columns in (
        (StandingSpan, ("standing", "how", "where", "from_day", "until_day")),
        (TraitSpan, ("trait", "value", "from_day", "until_day")),
        (Return, ("measured", "period", "amount")),
        (Tenancy, ("room__number", "area", "from_day", "until_day", "lease_end")),
        (FormerName, ("plain_name",)),
    ):
        found = model.objects.filter(enterprise__in=there).values_list("enterprise", *columns)
        rows.append(sorted(map(repr, found)))
    rows.append(sorted(map(repr, Room.objects.values_list("building", "number", "area", "until_day"))))
    return rows


def bring(table: list[Any], by: Any) -> Any:
    return actions.bring(as_xlsx(HEADS, *table), "表.xlsx", by=by, at=NOW)


def decide(batch: Any, said: dict[int, str], by: Any) -> None:
    """As a person does: for a row in doubt one of what is offered."""
    found = {}
    for outcome in actions.looked_at(batch, by, NOW.date()).of("doubt"):
        wanted = said.get(outcome.row, "")
        offered = [option.value for option in outcome.doubt.options] if outcome.doubt else []
        of_kind = [one for one in offered if one == wanted or (wanted.startswith("{pk}") and one[:1].isdigit())]
        found[outcome.row] = of_kind[-1] if of_kind else ""
    actions.say(batch, {}, found)


def run(batch: Any, by: Any) -> bool:
    batch.refresh_from_db()
    plan = actions.looked_at(batch, by, NOW.date())
    if not plan.ready:
        return False
    actions.carry_out(batch, by=by, at=NOW, seen=plan.fingerprint)
    return True


class _Undone(Exception):
    """Takes back what an example wrote."""


@given(table=tables, said=decisions)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_table_again_changes_nothing(table, said, leader, ground):
    with pytest.raises(_Undone), transaction.atomic():
        first = bring(table, leader)
        decide(first, said, leader)
        run(first, leader)
        before = state()

        again = bring(table, leader)
        found = actions.looked_at(again, leader, NOW.date())
        run(again, leader)

        assert found.ready == 0 and state() == before
        raise _Undone


@given(table=tables, said=decisions)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_import_that_is_taken_back_leaves_what_was_there(table, said, leader, ground):
    with pytest.raises(_Undone), transaction.atomic():
        before = state()
        batch = bring(table, leader)
        decide(batch, said, leader)

        if run(batch, leader):
            actions.undo(batch, by=leader, at=NOW)

        assert state() == before
        raise _Undone


def test_five_hundred_rows_are_all_accounted_for(leader):
    table = messy(500)
    batch = actions.bring(table.content, "表.xlsx", by=leader, at=NOW)

    run(batch, leader)
    batch.refresh_from_db()

    assert len(batch.result) == 500
    assert {row["row"] for row in batch.result if row["kind"] == "wrong"} == set(table.wrong)
    assert Enterprise.objects.count() == len(table.good)
