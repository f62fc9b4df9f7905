"""Figures over the registers: each question has the rows that its words promise, on either database."""

from datetime import date

import pytest
from django.db import connection

from rixin.people.actors import SYSTEM
from rixin.registers import entering, letting, standings, traits
from rixin.registers.asked import relation
from rixin.registers.letting import Lease
from rixin.registers.models import How, Measured, Standing
from rixin.registers.tests.builders import NOW, TODAY, a_building, a_lease, a_room, an_enterprise, paid

pytestmark = pytest.mark.usefixtures("definitions")


def rows(source: str, month: str = "") -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(relation(connection.vendor, source, month))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_a_standing_is_a_row_from_its_day_until_the_next():
    one = an_enterprise(since="2021-03-01")

    standings.stand(
        one, Standing.LEFT, How.MOVED_OUT, date(2022, 5, 2), by=SYSTEM, at=NOW, seen=one.version, today=TODAY
    )

    found = [(row["standing"], row["how"], row["day"], row["until"], row["unit"]) for row in rows("standings")]
    assert sorted(found, key=lambda row: row[2]) == [
        ("here", "found", 20210301, 20220502, "economy-office"),
        ("left", "moved_out", 20220502, None, "economy-office"),
    ]


def test_a_month_has_the_rows_that_begin_in_it():
    an_enterprise(since="2021-03-01")
    an_enterprise(since="2021-03-31")
    an_enterprise(since="2021-04-01")

    assert [row["day"] for row in rows("standings", "202103")] == [20210301, 20210331]


def test_a_cultural_enterprise_is_told_by_its_industry():
    an_enterprise(section="R", division="87")
    an_enterprise(section="I", division="65")

    assert sorted((row["division"], row["cultural"]) for row in rows("standings")) == [("65", 0), ("87", 1)]


def test_a_trait_is_a_row_with_its_value():
    one = an_enterprise()

    traits.give(one, "stage", "unicorn", date(2022, 3, 1), by=SYSTEM, at=NOW, seen=one.version)

    assert [(row["trait"], row["value"], row["day"], row["until"]) for row in rows("traits")] == [
        ("stage", "unicorn", 20220301, None)
    ]


def test_a_tenant_is_one_row_for_each_standing_that_it_had_there():
    room, one = a_room(a_building()), an_enterprise(since="2021-03-01", standing=Standing.WORKING)
    a_lease(room, one, since="2021-06-01")
    one.refresh_from_db()

    standings.stand(one, Standing.HERE, How.CHANGED, date(2022, 1, 1), by=SYSTEM, at=NOW, seen=one.version, today=TODAY)

    found = sorted((row["day"], row["until"] or 0, row["standing"]) for row in rows("tenants"))
    assert found == [(20210601, 20220101, "working"), (20220101, 0, "here")]


class TestTaxOfABuilding:
    def test_it_is_what_its_tenants_paid_in_the_year(self):
        tower = a_building()
        one, other = an_enterprise(), an_enterprise()
        a_lease(a_room(tower, "301"), one)
        a_lease(a_room(tower, "302"), other)

        paid(one, "2022-Q1", 1_000)
        paid(one, "2022-Q4", 2_000)
        paid(other, "2022", 500)
        paid(other, "2021", 70)

        found = {row["day"]: (row["building"], row["tax"]) for row in rows("building_taxes")}
        assert found == {20221231: ("tower", 350_000), 20211231: ("tower", 7_000)}

    def test_who_has_rooms_in_two_buildings_pays_in_that_with_more_of_them(self):
        small, large, one = a_building("small"), a_building("large"), an_enterprise()
        a_lease(a_room(small, "101", metres=50), one)
        a_lease(a_room(large, "101", metres=60), one)

        paid(one, "2022", 100)

        assert [row["building"] for row in rows("building_taxes")] == ["large"]

    def test_who_moved_pays_where_it_was_at_the_end_of_each_period(self):
        before, after, one = a_building("before"), a_building("after"), an_enterprise()
        tenancy, to = a_lease(a_room(before), one), a_room(after)
        paid(one, "2022-Q1", 100)
        paid(one, "2022-Q2", 40)
        one.refresh_from_db()

        letting.move(tenancy, to, Lease(from_day=date(2022, 5, 1)), by=SYSTEM, at=NOW, seen=one.version, today=TODAY)

        assert sorted((row["building"], row["tax"]) for row in rows("building_taxes")) == [
            ("after", 4_000),
            ("before", 10_000),
        ]

    def test_output_is_no_tax(self):
        one = an_enterprise()
        a_lease(a_room(a_building()), one)

        paid(one, "2022", 900, Measured.OUTPUT)

        assert rows("building_taxes") == []
        assert [(row["measured"], row["amount"], row["building"]) for row in rows("returns")] == [
            ("output", 90_000, "tower")
        ]


class TestWhatChangesIsNoticed:
    """Copies and seals tell by the marks of rows whether these are still the same."""

    def marks(self, source: str) -> list[int]:
        return [row["mark"] for row in rows(source)]

    def test_where_the_industry_of_an_enterprise_is_corrected(self):
        one = an_enterprise(section="I", division="65")
        a_lease(a_room(a_building()), one)
        paid(one, "2022", 100)
        before = {source: self.marks(source) for source in ("standings", "tenancies", "tenants", "returns")}

        one.refresh_from_db()
        entering.correct(one, {"section": "R", "division": "87"}, by=SYSTEM, at=NOW, seen=one.version)

        assert all(self.marks(source) != marks for source, marks in before.items())

    def test_not_where_only_its_contact_is(self):
        one = an_enterprise()
        before = self.marks("standings")

        entering.correct(one, {"contact_post": "行政经理"}, by=SYSTEM, at=NOW, seen=one.version)

        assert self.marks("standings") == before
