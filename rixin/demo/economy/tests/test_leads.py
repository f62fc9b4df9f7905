"""The made-up leads: in every stage, none landed but those that are given, each by the real actions."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from random import Random

import pytest

from rixin.catalogue import versions
from rixin.catalogue.worktime import LOCAL
from rixin.demo.economy.leads import Landed, make
from rixin.investment import chain
from rixin.investment.models import Lead, LeadStep, SupplyLink
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.records.models import Record
from rixin.registers.models import Enterprise
from rixin.registers.tests.builders import an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
NOW = datetime(2023, 12, 29, 9, 0, tzinfo=LOCAL)
GIVEN = [
    Landed("绿城美好产业发展有限公司", Decimal("20000.00"), "房地产服务", date(2022, 2, 18)),
    Landed("杭州新来科技有限公司", Decimal("800.50"), "软件和信息技术服务业", date(2023, 6, 9)),
]


@pytest.fixture
def owners(units):
    return [a_player(f"owner{nth}", name, "economy-office", Role.HANDLER).actor for nth, name in enumerate("甲乙丙")]


def of(pipeline: str):
    return Lead.objects.filter(pipeline=pipeline)


def test_leads_stand_in_every_stage_and_some_were_lost_and_none_landed(owners):
    make(Random(3), owners, owners[0], NOW)

    for code, count in (("investment", 40), ("university", 8)):
        assert of(code).count() == count
        assert set(of(code).values_list("status", flat=True)) == {"open", "lost"}
    stages = Counter(of("investment").filter(status="open").values_list("stage", flat=True))
    assert set(stages) == {stage.code for stage in versions.work().pipelines["investment"].stages}
    assert not Record.objects.exists() and not Enterprise.objects.exists()


def test_nothing_happens_after_the_moment_up_to_which_it_is_made(owners):
    until = datetime(2022, 6, 30, 18, 0, tzinfo=LOCAL)

    make(Random(3), owners, owners[0], until)

    assert 0 < Lead.objects.count() <= 48
    assert LeadStep.objects.order_by("-at")[0].at.date() <= until.date()


def test_what_landed_leaves_its_record_once_and_is_linked_where_it_is_in_the_register(owners):
    there = an_enterprise("绿城美好产业发展有限公司", since="2022-02-18", section="K", division="70")

    make(Random(3), owners, owners[0], NOW, landed=GIVEN)

    rows = {record.values["project"]: record for record in Record.objects.filter(type="landing")}
    assert {name: (record.day, record.values["amount"]) for name, record in rows.items()} == {
        "绿城美好产业发展有限公司": (date(2022, 2, 18), 2_000_000),
        "杭州新来科技有限公司": (date(2023, 6, 9), 80_050),
    }
    assert rows["绿城美好产业发展有限公司"].values["industry"] == "房地产服务"
    assert rows["绿城美好产业发展有限公司"].enterprise == there
    assert Enterprise.objects.count() == 2


def test_enterprises_supply_each_other_and_several_buy_the_same_from_outside(owners):
    known = [
        an_enterprise(section=code[0], division=code[1:])
        for code in ("I65", "C35", "M73", "N77", "L72", "K70", "H62", "E50", "F51", "R87")
        for _nth in range(3)
    ]

    make(Random(3), owners, owners[0], NOW, enterprises=known)

    assert 45 <= SupplyLink.objects.count() <= 60
    assert SupplyLink.objects.filter(supplier__isnull=False).count() >= 15
    gaps = chain.gaps(chain.ties(chain.links_on(SupplyLink.objects.all(), NOW.date())))
    assert len(gaps) >= 4


def test_the_same_random_makes_the_same_leads(owners):
    make(Random(5), owners, owners[0], NOW)

    assert Lead.objects.count() == 48 and len(set(Lead.objects.values_list("name", flat=True))) == 48
