"""What a planned rebuild would mean: worked examples, and what holds of every plan."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.people.actors import SYSTEM
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Room
from rixin.registers.occupancy import Floor, Occupancy, RoomOn, Tenant
from rixin.registers.offering import FreeRoom
from rixin.registers.rebuild import Paid, Plan, foresee, per_metre
from rixin.registers.rebuilding import save
from rixin.registers.roomlines import RoomLine
from rixin.registers.tests.builders import NOW, a_building, a_lease, a_room, an_enterprise

DAY = date(2023, 3, 1)


def tenant(number: int, metres: int, enterprise: int | None = None) -> Tenant:
    return Tenant(
        tenancy=number,
        enterprise=enterprise or number,
        name=f"E{number}",
        section="I",
        area=metres * 100,
        from_day=date(2020, 1, 1),
        lease_end=None,
        registered=True,
        tax=None,
    )


def room(number: int, metres: int, *tenants: Tenant, use: str = "office") -> RoomOn:
    return RoomOn(number, str(number), use, metres * 100, tenants)


def free(number: int, metres: int, use: str = "office") -> FreeRoom:
    return FreeRoom(number, 9, 1, str(number), use, metres * 100, metres * 100)


THERE = Occupancy(
    DAY,
    (
        Floor(2, (room(201, 100, tenant(1, 100)), room(202, 100, tenant(2, 60), tenant(3, 40)))),
        Floor(1, (room(101, 80, tenant(4, 80), use="shop"), room(102, 120))),
    ),
)
PLAN = Plan(
    going=frozenset({201, 202}),
    coming=(RoomLine(2, "201N", 30_000, Room.Use.OFFICE), RoomLine(3, "301N", 30_000, Room.Use.OFFICE)),
    from_day=DAY,
    until_day=date(2024, 2, 29),
    let_share=Fraction(4, 5),
    tax_per_metre=1_000_00,
)
ONE_YEAR = 365


class TestAnExample:
    def test_area_before_during_and_after(self):
        found = foresee(PLAN, THERE, [], Paid())

        assert (found.before, found.during, found.after) == (40_000, 20_000, 80_000)

    def test_those_in_the_rooms_that_go_must_move(self):
        found = foresee(PLAN, THERE, [], Paid())

        assert [mover.tenant.name for mover in found.movers] == ["E1", "E2", "E3"]
        assert (found.moving, found.placed, found.unplaced) == (20_000, 0, 20_000)

    def test_free_rooms_elsewhere_take_the_largest_first_and_each_only_once(self):
        found = foresee(PLAN, THERE, [free(1, 110), free(2, 65), free(3, 500, "shop")], Paid())

        placed = {mover.tenant.name: mover.place and mover.place.room for mover in found.movers}
        assert placed == {"E1": 1, "E2": 2, "E3": None}
        assert [mover.fitting for mover in found.movers] == [1, 2, 2]
        assert found.placed == 16_000

    def test_a_room_that_goes_itself_takes_nobody(self):
        assert foresee(PLAN, THERE, [free(202, 500)], Paid()).placed == 0

    def test_tax_at_stake_is_what_the_movers_paid_for_the_days_of_the_rebuild(self):
        paid = Paid(building=900_000_00, per_metre=3_214_29, tenants={1: 365_000_00, 2: 36_500_00, 4: 99_00})

        found = foresee(PLAN, THERE, [free(1, 110)], paid)

        assert found.days == ONE_YEAR
        assert found.at_stake == 401_500_00
        assert found.at_stake_unplaced == 36_500_00
        assert found.yearly_staying == 498_500_00

    def test_without_single_payments_it_is_estimated_by_area(self):
        found = foresee(PLAN, THERE, [], Paid(building=280_000_00, per_metre=1_000_00))

        assert found.at_stake == 200_000_00
        assert found.yearly_staying == 80_000_00

    def test_a_tenant_with_several_rooms_is_counted_and_taxed_once(self):
        twice = Occupancy(DAY, (Floor(2, (room(201, 50, tenant(1, 50, 7)), room(202, 50, tenant(2, 50, 7)))),))

        found = foresee(PLAN, twice, [], Paid(building=1, tenants={7: 365_00}))

        assert (found.tenants, found.at_stake) == (1, 365_00)

    def test_expected_tax_is_of_the_share_that_is_let(self):
        assert foresee(PLAN, THERE, [], Paid()).yearly_coming == 600 * 1_000_00 * 4 // 5

    def test_where_no_tax_is_known_nothing_is_made_up(self):
        found = foresee(PLAN, THERE, [], Paid())

        assert (found.at_stake, found.yearly_before, found.yearly_after) == (None, None, None)

    def test_tax_per_metre_is_of_what_is_let(self):
        assert per_metre(300_00, 30_000) == 1_00
        assert per_metre(300_00, 0) is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until_day": DAY}, "until_day"),
        ({"let_share": Fraction(11, 10)}, "let_share"),
        ({"tax_per_metre": -1}, "tax_per_metre"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(wrong, field):
    foresee(PLAN, THERE, [], Paid())
    with pytest.raises(RegisterRefused) as refused:
        foresee(replace(PLAN, **wrong), THERE, [], Paid())
    assert refused.value.field == field


@st.composite
def buildings(draw) -> Occupancy:
    rooms = []
    for number in range(draw(st.integers(0, 6))):
        metres = draw(st.integers(1, 200))
        parts = draw(st.lists(st.integers(1, 100), max_size=3))
        held, left = [], metres
        for part in parts:
            if part <= left:
                held.append(tenant(number * 10 + len(held), part, draw(st.integers(1, 5))))
                left -= part
        rooms.append(room(number, metres, *held, use=draw(st.sampled_from(["office", "shop"]))))
    return Occupancy(DAY, (Floor(1, tuple(rooms)),))


offers = st.lists(st.tuples(st.integers(1, 150), st.sampled_from(["office", "shop"])), max_size=6)


@given(buildings(), offers, st.sets(st.integers(0, 8)), st.integers(1, 900), st.integers(0, 100))
def test_of_every_plan_areas_add_up_and_no_free_room_takes_more_than_it_has(there, offered, going, coming, share):
    plan = replace(
        PLAN,
        going=frozenset(going),
        coming=(RoomLine(1, "n", coming * 100, Room.Use.OFFICE),),
        let_share=Fraction(share, 100),
    )
    rooms = [free(100 + nth, metres, use) for nth, (metres, use) in enumerate(offered)]

    found = foresee(plan, there, rooms, Paid(building=10_000, tenants={}))

    lost = sum(one.area for one in there.rooms if one.room in going)
    assert found.before - found.during == lost
    assert found.after - found.during == coming * 100
    assert found.moving == sum(t.area for one in there.rooms if one.room in going for t in one.tenants)
    assert 0 <= found.placed <= found.moving
    left = {one.room: one.free for one in rooms}
    for mover in found.movers:
        if mover.place is not None:
            left[mover.place.room] -= mover.tenant.area
            assert mover.place.use == mover.room.use
    assert all(area >= 0 for area in left.values())
    # Whoever found no place would find none in what is left either.
    for mover in found.movers:
        if mover.place is None:
            assert all(left[one.room] < mover.tenant.area for one in rooms if one.use == mover.room.use)
    assert 0 <= found.yearly_coming <= coming * plan.tax_per_metre


@pytest.mark.django_db
@pytest.mark.usefixtures("definitions")
class TestSaving:
    def plan(self, *going: Room) -> Plan:
        return replace(PLAN, going=frozenset(one.pk for one in going))

    def test_old_rooms_end_on_the_first_day_and_new_ones_begin_on_the_last(self):
        old = a_room(a_building(), "201")
        old.building.refresh_from_db()

        save(old.building, self.plan(old), by=SYSTEM, at=NOW, seen=old.building.version)

        days = {one.number: (one.from_day, one.until_day) for one in Room.objects.all()}
        assert days["201"] == (date(2020, 1, 1), DAY)
        assert days["201N"] == days["301N"] == (date(2024, 2, 29), None)

    def test_nothing_is_saved_while_somebody_has_one_of_the_rooms(self):
        empty = a_room(a_building(), "201")
        let = a_room(empty.building, "202")
        a_lease(let, an_enterprise(), since="2022-01-01")
        let.building.refresh_from_db()

        with pytest.raises(RegisterRefused) as refused:
            save(let.building, self.plan(empty, let), by=SYSTEM, at=NOW, seen=let.building.version)

        assert refused.value.field == "going" and "202" in str(refused.value.message)
        assert not Room.objects.exclude(until_day=None).exists() and Room.objects.count() == 2
