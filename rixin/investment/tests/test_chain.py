"""Who supplies whom, two steps far, and what several here buy from outside."""

from datetime import date

import pytest

from rixin.investment import chain, supplying
from rixin.investment.chain import around, gaps, links_on, ties
from rixin.investment.drafts import LeadRefused
from rixin.investment.models import SupplyLink
from rixin.investment.tests.builders import a_link
from rixin.people.actors import SYSTEM
from rixin.registers import entering
from rixin.registers.models import How, Standing
from rixin.registers.tests.builders import NOW, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
DAY = date(2022, 12, 1)


def seen(enterprise, way: chain.Way) -> list[tuple[int, str]]:
    return [(step.far, step.party.name) for step in around(enterprise, SupplyLink.objects.all(), DAY)[way]]


def missing(day: date = DAY) -> list[chain.Gap]:
    return gaps(ties(links_on(SupplyLink.objects.all(), day)))


class TestWritingDown:
    def test_a_name_that_the_register_knows_is_that_entry(self):
        maker, buyer = an_enterprise("杭州元件有限公司"), an_enterprise()

        link = a_link("杭州 元件有限公司", buyer)

        assert link.supplier == maker and link.supplier_name == ""

    def test_the_same_again_is_the_same_link(self):
        maker, buyer = an_enterprise(), an_enterprise()

        assert a_link(maker, buyer, "传感器") == a_link(maker, buyer, "传 感 器")
        assert a_link(maker, buyer, "外壳") != a_link(maker, buyer, "传感器")

    @pytest.mark.parametrize(
        ("supplier", "customer", "goods"),
        [
            ("甲厂", "乙厂", "传感器"),
            ("杭州元件有限公司", "杭州元件有限公司", "传感器"),
            ("", "杭州元件有限公司", "传感器"),
            ("甲厂", "杭州元件有限公司", " "),
        ],
    )
    def test_one_side_at_least_is_in_the_register_and_both_are_named(self, supplier, customer, goods):
        an_enterprise("杭州元件有限公司")
        a_link("甲厂", "杭州元件有限公司")

        with pytest.raises(LeadRefused):
            a_link(supplier, customer, goods)

    def test_it_ends_on_a_day_and_what_was_a_mistake_goes(self):
        maker, buyer = an_enterprise(), an_enterprise()
        link, wrong = a_link(maker, buyer), a_link(maker, buyer, "外壳")

        supplying.end(link, date(2022, 6, 1), seen=1)
        supplying.end(wrong, date(2022, 1, 1), seen=1)

        assert SupplyLink.objects.get().until_day == date(2022, 6, 1)
        assert seen(buyer, "suppliers") == []
        with pytest.raises(LeadRefused):
            supplying.end(link, date(2022, 7, 1), seen=1)


class TestAChain:
    def test_goes_two_steps_each_way_and_no_further(self):
        first, second, third, fourth = (an_enterprise(f"企业{name}有限公司") for name in "甲乙丙丁")
        for maker, buyer in ((first, second), (second, third), (third, fourth)):
            a_link(maker, buyer)
        a_link("原料厂", second)

        assert seen(third, "suppliers") == [(1, second.name), (2, first.name), (2, "原料厂")]
        assert seen(third, "customers") == [(1, fourth.name)]
        assert seen(fourth, "suppliers") == [(1, third.name), (2, second.name)]

    def test_a_ring_ends(self):
        one, other = an_enterprise("企业甲有限公司"), an_enterprise("企业乙有限公司")
        a_link(one, other)
        a_link(other, one, "外壳")

        assert seen(one, "suppliers") == [(1, other.name)] == seen(one, "customers")

    def test_two_goods_of_one_supplier_are_two_ties(self):
        one, other = an_enterprise(), an_enterprise()
        a_link(one, other, "传感器")
        a_link(one, other, "外壳")

        assert len(seen(other, "suppliers")) == 2

    def test_it_follows_an_enterprise_that_was_entered_twice(self):
        maker, into, double = an_enterprise(), an_enterprise(), an_enterprise()
        a_link(maker, double)

        entering.merge(double, into, by=SYSTEM, at=NOW, seen=double.version, into_seen=into.version)

        assert seen(into, "suppliers") == [(1, maker.name)]


class TestGaps:
    def test_goods_that_several_buy_from_outside_those_most_wanted_first(self):
        buyers = [an_enterprise(f"企业{name}有限公司") for name in "甲乙丙"]
        for buyer in buyers:
            a_link("外地测试公司", buyer, "第三方检测", section="M", division="74")
        for buyer in buyers[:2]:
            a_link(f"外地{buyer.name}供应商", buyer, "服务器")
        a_link("外地印刷厂", buyers[0], "包装印刷")

        found = missing()

        assert [(gap.goods, len(gap.buyers), gap.section) for gap in found] == [
            ("第三方检测", 3, "M"),
            ("服务器", 2, ""),
        ]
        assert found[0].outside == ("外地测试公司",)

    def test_one_that_buys_it_twice_counts_once(self):
        buyer = an_enterprise()
        a_link("甲厂", buyer, "服务器")
        a_link("乙厂", buyer, "服务器")

        assert missing() == []

    def test_who_sells_it_here_is_said_and_who_moved_away_is_outside(self):
        buyers = [an_enterprise(), an_enterprise()]
        here = an_enterprise("企业甲有限公司")
        gone = an_enterprise("企业乙有限公司", standing=Standing.LEFT, how=How.MOVED_OUT)
        a_link(here, "外地客户", "服务器")
        for buyer in buyers:
            a_link(gone, buyer, "服务器")

        (gap,) = missing()

        assert ([party.name for party in gap.sellers], gap.outside) == (["企业甲有限公司"], ("企业乙有限公司",))

    def test_what_is_bought_here_is_no_gap(self):
        maker = an_enterprise()
        for _nth in range(3):
            a_link(maker, an_enterprise(), "服务器")

        assert missing() == []
