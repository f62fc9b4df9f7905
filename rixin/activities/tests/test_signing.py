"""Signing up, waiting, withdrawing, moving up, coming."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from rixin.activities import events, signing
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import ActivityEvent, SignUp
from rixin.activities.tests.builders import NOW, an_event, an_open_event, facts, guest, signed_up
from rixin.people.actors import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
ONCE = "a key that is long enough"


def states(event) -> list[str]:
    return list(event.sign_ups.order_by("pk").values_list("state", flat=True))


class TestSigningUp:
    def test_name_telephone_and_code_are_sealed(self):
        row = signed_up(an_open_event(), name="周小红", phone="13800001234")

        assert (row.name, row.phone, len(row.code)) == ("周小红", "13800001234", 8)
        stored = SignUp.objects.extra(select={"raw": "name || phone || code"}).values_list("raw", flat=True)[0]
        assert "周小红" not in stored and "1234" not in stored and row.code not in stored

    def test_sent_twice_it_is_one(self):
        event, who = an_open_event(), guest()

        first, second = (signing.sign_up(event, who, once=ONCE, at=NOW) for _nth in range(2))

        assert first == second and event.sign_ups.count() == 1

    def test_one_telephone_signs_up_once_and_again_after_withdrawing(self):
        event = an_open_event()
        first = signed_up(event, phone="13800001234")

        with pytest.raises(ActivityRefused) as refused:
            signed_up(event, phone="13800001234")
        signing.withdraw(first, at=NOW)

        assert set(refused.value.fields) == {"phone"}
        assert (first.name, first.phone) == (None, None)
        assert signed_up(event, phone="13800001234").state == "in"

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"name": " "}, "name"),
            ({"phone": ""}, "phone"),
            ({"age_band": "99"}, "age_band"),
            ({"people": 0}, "people"),
        ],
    )
    def test_what_the_kind_asks_for_is_needed(self, said, field):
        event = an_open_event()

        with pytest.raises(ActivityRefused) as refused:
            signed_up(event, **said)

        assert set(refused.value.fields) == {field}
        assert signed_up(event).state == "in"

    def test_a_party_larger_than_the_room_is_refused(self):
        event = an_open_event(capacity=2)

        with pytest.raises(ActivityRefused):
            signed_up(event, people=3)
        assert signed_up(event, people=2).state == "in"

    @pytest.mark.parametrize("days", [-2, 8])
    def test_before_and_after_the_time_for_it_nobody_signs_up(self, days):
        event = an_open_event()

        with pytest.raises(ActivityRefused):
            signed_up(event, at=NOW + timedelta(days=days))
        assert signed_up(event, at=NOW).state == "in"

    def test_the_desk_writes_somebody_down_when_the_time_is_over(self):
        event = an_open_event()
        late = NOW + timedelta(days=6, hours=20)

        row = signing.sign_up(event, guest(), once=ONCE, at=late, by=SYSTEM)

        assert row.state == "in" and ActivityEvent.objects.filter(event=event, action="sign_up").exists()

    def test_for_what_is_cancelled_nobody_signs_up(self):
        event = an_open_event()
        events.cancel(event, "台风", by=SYSTEM, at=NOW, seen=event.version)

        with pytest.raises(ActivityRefused):
            signed_up(event)


class TestWaiting:
    def test_when_it_is_full_the_next_one_waits_and_moves_up_when_somebody_withdraws(self):
        event = an_open_event(capacity=2)
        first = signed_up(event, people=2)
        second = signed_up(event)
        assert states(event) == ["in", "waiting"]

        signing.withdraw(first, at=NOW + timedelta(hours=1))

        second.refresh_from_db()
        assert second.state == "in" and second.moved_up_at == NOW + timedelta(hours=1)

    def test_withdrawing_twice_gives_one_place_away(self):
        event = an_open_event(capacity=1)
        first, _second, _third = signed_up(event), signed_up(event), signed_up(event)

        for _nth in range(2):
            signing.withdraw(first, at=NOW)

        assert states(event) == ["withdrawn", "in", "waiting"]

    def test_more_room_lets_those_in_who_wait(self):
        event = an_open_event(capacity=1)
        for _nth in range(3):
            signed_up(event)
        wider = facts(capacity=2, sign_up_from=event.sign_up_from, sign_up_until=event.sign_up_until)

        events.correct(event, wider, by=SYSTEM, at=NOW, seen=event.version)

        assert states(event) == ["in", "in", "waiting"]

    def test_the_room_cannot_become_smaller_than_what_was_given_away(self):
        event = an_open_event(capacity=3)
        signed_up(event, people=2)
        smaller = facts(capacity=1, sign_up_from=event.sign_up_from, sign_up_until=event.sign_up_until)

        with pytest.raises(ActivityRefused) as refused:
            events.correct(event, smaller, by=SYSTEM, at=NOW, seen=event.version)

        assert set(refused.value.fields) == {"capacity"}

    def test_after_it_was_held_nobody_withdraws(self):
        event = an_open_event()
        row = signed_up(event)
        events.hold(event, 1, by=SYSTEM, at=NOW + timedelta(days=8), seen=event.version)

        with pytest.raises(ActivityRefused):
            signing.withdraw(row, at=NOW + timedelta(days=8))


def test_who_came_is_marked_on_the_day_and_not_before():
    event = an_open_event()
    one, other = signed_up(event), signed_up(event)
    came = {one.pk: True, other.pk: False}

    with pytest.raises(ActivityRefused):
        signing.mark(event, came, by=SYSTEM, at=NOW)
    signing.mark(event, came, by=SYSTEM, at=NOW + timedelta(days=7))

    assert list(event.sign_ups.order_by("pk").values_list("came", flat=True)) == [True, False]


def test_those_of_another_event_are_not_marked():
    event, other = an_open_event(), an_event()
    row = signed_up(event)

    signing.mark(other, {row.pk: True}, by=SYSTEM, at=NOW + timedelta(days=7))

    row.refresh_from_db()
    assert row.came is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_sign_up_at_the_same_moment_as_many_get_in_as_there_is_room_for():
    event, barrier = an_open_event(capacity=2), Barrier(5)

    def signs_up(nth: int) -> None:
        try:
            barrier.wait(timeout=20)
            signing.sign_up(event, guest(), once=f"{ONCE} {nth}", at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as several:
        for done in [several.submit(signs_up, nth) for nth in range(5)]:
            done.result(timeout=60)

    assert sorted(states(event)) == ["in", "in", "waiting", "waiting", "waiting"]
    assert states(event) == sorted(states(event))
