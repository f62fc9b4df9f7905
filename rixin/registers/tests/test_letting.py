"""Whatever is done with rooms, in whatever order: none is let beyond its area, and every sum agrees."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from rixin.people.actors import SYSTEM
from rixin.registers import entering, letting
from rixin.registers.asked import relation
from rixin.registers.journal import RegisterRefused
from rixin.registers.letting import Lease, NewRoom
from rixin.registers.models import Building, Enterprise, Room, Tenancy
from rixin.registers.occupancy import occupancies
from rixin.registers.offering import free_rooms
from rixin.registers.rates import rates
from rixin.registers.tests.builders import NOW, TODAY, a_building, a_lease, a_room, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]

FIRST = TODAY - timedelta(days=200)
DAYS = [FIRST + timedelta(days=step) for step in range(0, 400, 40)]
"""Before and after today."""
WITH: dict[str, Any] = {"by": SYSTEM, "at": NOW}


@dataclass(frozen=True)
class Act:
    """`which`, `other`: numbers by which a room, a tenancy or an enterprise is drawn from those that there are."""

    name: str
    which: int
    other: int
    day: date
    metres: int | None


acts = st.builds(
    Act,
    st.sampled_from(["let", "let", "let", "leave", "move", "renew", "close", "add", "withdraw"]),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(DAYS),
    st.none() | st.integers(0, 130),
)


def drawn(rows: Any, number: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def let(act: Act) -> None:
    tenant = drawn(Enterprise.objects, act.other)
    lease = Lease(from_day=act.day, area=None if act.metres is None else act.metres * 100)
    letting.let(drawn(Room.objects, act.which), tenant, lease, seen=tenant.version, today=TODAY, **WITH)


def leave(act: Act) -> None:
    if one := drawn(Tenancy.objects, act.which):
        letting.leave(one, act.day, seen=one.enterprise.version, today=TODAY, **WITH)


def move(act: Act) -> None:
    if one := drawn(Tenancy.objects, act.which):
        lease = Lease(from_day=act.day, area=None if act.metres is None else act.metres * 100)
        to = drawn(Room.objects, act.other)
        letting.move(one, to, lease, seen=one.enterprise.version, today=TODAY, **WITH)


def renew(act: Act) -> None:
    if one := drawn(Tenancy.objects, act.which):
        letting.renew(one, act.day, seen=one.enterprise.version, **WITH)


def close(act: Act) -> None:
    room = drawn(Room.objects, act.which)
    letting.close_room(room, act.day, seen=room.building.version, **WITH)


def add(act: Act) -> None:
    building = drawn(Building.objects, act.which)
    new = NewRoom(floor=4, number=f"40{act.other % 4}", area=(act.metres or 50) * 100, from_day=act.day)
    letting.add_rooms(building, [new], seen=building.version, **WITH)


def withdraw(act: Act) -> None:
    # Rarely: most that is done should have tenants.
    if act.which == 0:
        one = drawn(Enterprise.objects, act.other)
        entering.withdraw(one, seen=one.version, reason="录重了", **WITH)


ACTS: dict[str, Callable[[Act], None]] = {
    "let": let, "leave": leave, "move": move, "renew": renew, "close": close, "add": add, "withdraw": withdraw,
}  # fmt: skip


def rows(source: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(relation(connection.vendor, source))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def sums_on(source: list[dict[str, Any]], building: str, day: date) -> int:
    """Counted as a figure counts: what began by the day and has not ended on it."""
    number = int(f"{day:%Y%m%d}")
    return sum(
        row["size"]
        for row in source
        if row["building"] == building and row["day"] <= number and (row["until"] is None or row["until"] > number)
    )


def agree() -> None:
    buildings = list(Building.objects.all())
    rooms, tenancies = rows("rooms"), rows("tenancies")
    history = {one.pk: {rate.day: rate for rate in rates(one, DAYS)} for one in buildings}
    for day in DAYS:
        on_day = occupancies(buildings, day)
        for building in buildings:
            found = on_day[building.pk]
            let_out = sum(tenant.area for room in found.rooms for tenant in room.tenants)
            assert all(0 <= room.free <= room.area for room in found.rooms)
            assert let_out + found.free == found.area
            assert found.vacancy is None or 0 <= found.vacancy <= 1
            assert found.area == sums_on(rooms, building.code, day)
            assert let_out == sums_on(tenancies, building.code, day)
            rate = history[building.pk][day]
            assert (rate.area, rate.free, rate.local_rate) == (found.area, found.free, found.local_rate)


def test_no_room_is_let_beyond_its_area_and_every_sum_agrees_whatever_is_done():
    tower, park = a_building("tower"), a_building("park", name="西溪科创园")
    for building, numbers in ((tower, ("301", "302")), (park, ("101", "102"))):
        for number in numbers:
            a_room(building, number, metres=100, floor=int(number[0]))
    for _nth in range(3):
        an_enterprise()

    @given(st.lists(acts, min_size=3, max_size=14))
    def whatever(done: list[Act]) -> None:
        with transaction.atomic():
            for act in done:
                with suppress(RegisterRefused), transaction.atomic():
                    ACTS[act.name](act)
            agree()
            transaction.set_rollback(True)

    whatever()


def test_what_is_offered_can_be_let_and_no_more():
    room = a_room(a_building(), metres=100)
    a_lease(room, an_enterprise(), since="2022-01-01", metres=30)
    (offered,) = free_rooms([room.building], TODAY)
    tenant = an_enterprise()
    lease = Lease(from_day=TODAY, area=offered.free)

    with pytest.raises(RegisterRefused):
        letting.let(room, tenant, replace(lease, area=offered.free + 1), seen=tenant.version, today=TODAY, **WITH)
    made = letting.let(room, tenant, lease, seen=tenant.version, today=TODAY, **WITH)

    assert made.area == 7000
    assert free_rooms([room.building], TODAY) == []


def test_a_room_with_a_last_day_is_let_no_more_since_a_tenancy_would_outlast_it():
    room = a_room(a_building(), metres=100)
    tenant = an_enterprise()
    lease = Lease(from_day=TODAY)
    letting.close_room(room, TODAY + timedelta(days=90), seen=room.building.version, **WITH)

    with pytest.raises(RegisterRefused) as refused:
        letting.let(room, tenant, lease, seen=tenant.version, today=TODAY, **WITH)
    assert refused.value.code == "closing"
    letting.let(a_room(room.building, "302"), tenant, lease, seen=tenant.version, today=TODAY, **WITH)


@pytest.mark.parametrize(("from_day", "taken"), [("2023-05-31", True), ("2023-06-01", False)])
def test_a_number_is_free_again_from_the_day_on_which_its_room_is_not_there_any_more(from_day, taken):
    room = a_room(a_building(), "301")
    building = room.building
    letting.close_room(room, date(2023, 6, 1), seen=building.version, **WITH)
    building.refresh_from_db()
    new = NewRoom(floor=3, number="301", area=12_000, from_day=date.fromisoformat(from_day))

    if taken:
        with pytest.raises(RegisterRefused):
            letting.add_rooms(building, [new], seen=building.version, **WITH)
    else:
        letting.add_rooms(building, [new], seen=building.version, **WITH)
    assert Room.objects.count() == (1 if taken else 2)


def test_what_an_entry_made_by_mistake_had_is_free_again():
    room = a_room(a_building(), metres=100)
    wrong = an_enterprise()
    a_lease(room, wrong, since="2022-01-01")
    wrong.refresh_from_db()

    entering.withdraw(wrong, seen=wrong.version, reason="录重了", **WITH)

    assert [one.free for one in free_rooms([room.building], TODAY)] == [10_000]
    a_lease(room, an_enterprise(), since="2022-06-01")
