"""Places and the waiting list: never too many, nobody overtaken, nobody lost, whatever is done in which order."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from rixin.activities import queue
from rixin.activities.queue import Party


def party(key: int, people: int = 1, *, seated: bool = True) -> Party:
    return Party(key, people, seated)


def test_who_comes_while_there_is_room_gets_in():
    assert queue.gets_in(4, [party(1, 2)], 2)
    assert not queue.gets_in(4, [party(1, 2)], 3)


def test_where_there_is_room_for_all_everybody_gets_in():
    assert queue.gets_in(None, [party(1, 900)], 9)
    assert queue.left(None, [party(1, 900)]) is None


def test_a_small_party_does_not_overtake_a_larger_one_that_waits():
    waiting = [party(1, 3), party(2, 2, seated=False)]

    assert not queue.gets_in(4, waiting, 1)
    assert queue.moving_up(4, waiting) == []
    assert queue.moving_up(5, waiting) == [2]


def test_several_move_up_at_once_as_far_as_there_is_room():
    waiting = [party(2, 2, seated=False), party(3, 1, seated=False), party(4, 1, seated=False)]

    assert queue.moving_up(3, waiting) == [2, 3]


STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("come"), some.integers(1, 5)),
        some.tuples(some.just("go"), some.integers(0, 30)),
        some.tuples(some.just("widen"), some.integers(1, 6)),
    ),
    max_size=40,
)


@given(capacity=some.integers(1, 12), steps=STEPS)
def test_whatever_is_done_in_which_order_the_list_stays_fair(capacity, steps):
    parties: list[Party] = []
    asked: list[int] = []
    gone: set[int] = set()
    for nth, (step, number) in enumerate(steps):
        before = {one.key for one in parties if one.seated}
        if step == "come":
            people = min(number, capacity)
            parties.append(Party(nth, people, queue.gets_in(capacity, parties, people)))
            asked.append(nth)
        elif step == "go" and parties:
            leaving = parties.pop(number % len(parties))
            gone.add(leaving.key)
        elif step == "widen":
            capacity += number
        moved = set(queue.moving_up(capacity, parties))
        parties = [replace(one, seated=True) if one.key in moved else one for one in parties]

        assert queue.taken(parties) <= capacity
        assert [one.key for one in parties] == [key for key in asked if key not in gone]
        assert before - gone <= {one.key for one in parties if one.seated}
        waiting = [one for one in parties if not one.seated]
        assert all(one.seated for one in parties[: parties.index(waiting[0])]) if waiting else True
        assert not any(one.seated for one in parties[parties.index(waiting[0]) :]) if waiting else True
        assert not waiting or waiting[0].people > capacity - queue.taken(parties)
