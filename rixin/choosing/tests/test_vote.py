"""What a vote of deputies comes to: small cases by hand, and what holds of every vote."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.choosing.vote import Counted, chosen, differences, has_quorum


def result(votes: dict[int, int], *, places: int = 2, present: int = 10, deputies: int = 15) -> Any:
    return chosen(sorted(votes), votes, places=places, present=present, deputies=deputies)


class TestByHand:
    def test_those_with_most_votes_are_chosen(self):
        found = result({1: 3, 2: 9, 3: 7})

        assert found.chosen == (2, 3) and found.tied == () and found.faults == ()

    def test_equal_votes_within_the_places_are_no_tie(self):
        assert result({1: 7, 2: 7, 3: 2}).chosen == (1, 2)

    def test_equal_votes_at_the_last_place_need_a_further_ballot(self):
        found = result({1: 8, 2: 5, 3: 5, 4: 1})

        assert (found.chosen, found.tied, found.open_places) == ((1,), (2, 3), 1)

    def test_three_equal_for_two_places_leave_both_open(self):
        found = result({1: 9, 2: 3, 3: 3, 4: 3}, places=3, present=10)

        assert (found.chosen, found.tied, found.open_places) == ((1,), (2, 3, 4), 2)

    def test_all_equal_choose_nobody(self):
        assert result({1: 4, 2: 4, 3: 4}).tied == (1, 2, 3)

    def test_nobody_is_chosen_without_a_vote(self):
        found = result({1: 6, 2: 0, 3: 0})

        assert found.chosen == (1,) and found.tied == ()

    def test_equal_votes_share_a_place_and_leave_out_those_behind_it(self):
        assert [(one.candidate, one.place) for one in result({1: 2, 2: 6, 3: 6, 4: 1}).ranking] == [
            (2, 1),
            (3, 1),
            (1, 3),
            (4, 4),
        ]


class TestWhatDoesNotCount:
    def test_exactly_half_is_no_quorum(self):
        assert result({1: 5, 2: 3}, present=7, deputies=14).faults == ("no_quorum",)
        assert result({1: 5, 2: 3}, present=8, deputies=14).faults == ()

    def test_more_votes_than_those_present_could_give(self):
        assert result({1: 10, 2: 10, 3: 1}).faults == ("too_many_votes",)
        assert result({1: 10, 2: 10, 3: 0}).faults == ()

    def test_more_votes_for_one_than_deputies_were_present(self):
        assert result({1: 11, 2: 0}).faults == ("more_than_present",)

    def test_more_present_than_there_are_deputies(self):
        assert result({1: 1, 2: 0}, present=16).faults == ("more_than_deputies",)

    def test_a_candidate_without_a_number(self):
        found = chosen([1, 2], {1: 3}, places=1, present=10, deputies=15)

        assert found.faults == ("other_candidates",) and found.chosen == ()


class TestTwoCounts:
    def test_that_are_equal_differ_nowhere(self):
        assert differences(Counted(40, {1: 3, 2: 5}), Counted(40, {2: 5, 1: 3})) == {}

    def test_that_differ_say_where(self):
        found = differences(Counted(40, {1: 3, 2: 5}), Counted(41, {1: 3, 2: 6}))

        assert found == {None: (40, 41), 2: (5, 6)}


@st.composite
def votes_of_a_meeting(draw: st.DrawFn) -> dict[str, Any]:
    """A meeting in which every deputy marks at most as many as there are places."""
    deputies, places = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    candidates = list(range(1, draw(st.integers(1, 7)) + 1))
    present = draw(st.integers(deputies // 2 + 1, deputies))
    marked = st.lists(st.sampled_from(candidates), max_size=places, unique=True)
    slips = draw(st.lists(marked, min_size=present, max_size=present))
    votes = {one: sum(one in slip for slip in slips) for one in candidates}
    return {"candidates": candidates, "votes": votes, "places": places, "present": present, "deputies": deputies}


@given(votes_of_a_meeting())
def test_what_deputies_really_mark_always_counts(meeting):
    assert has_quorum(meeting["deputies"], meeting["present"])
    assert chosen(**meeting).faults == ()


@given(votes_of_a_meeting())
def test_the_chosen_and_the_places_left_open_never_exceed_the_places(meeting):
    found = chosen(**meeting)

    assert len(found.chosen) + found.open_places <= meeting["places"] or not found.tied
    assert len(found.chosen) <= meeting["places"]
    assert not set(found.chosen) & set(found.tied)


@given(votes_of_a_meeting())
def test_nobody_who_is_left_out_has_as_many_votes_as_one_who_is_chosen(meeting):
    found, votes = chosen(**meeting), meeting["votes"]

    left_out = set(meeting["candidates"]) - set(found.chosen)
    assert all(votes[one] > votes[other] for one in found.chosen for other in left_out)


@given(votes_of_a_meeting())
def test_a_tie_is_of_equals_of_whom_not_all_fit(meeting):
    found, votes = chosen(**meeting), meeting["votes"]

    if found.tied:
        assert len({votes[one] for one in found.tied}) == 1
        assert len(found.tied) > found.open_places >= 1
        assert len(found.chosen) + found.open_places == meeting["places"]


@given(votes_of_a_meeting(), st.randoms())
def test_the_order_of_the_list_decides_nothing(meeting, random):
    shuffled = list(meeting["candidates"])
    random.shuffle(shuffled)

    one, other = chosen(**meeting), chosen(**{**meeting, "candidates": shuffled})

    assert set(one.chosen) == set(other.chosen) and set(one.tied) == set(other.tied)


@pytest.mark.parametrize(
    ("deputies", "present", "enough"), [(1, 1, True), (2, 1, False), (83, 42, True), (83, 41, False)]
)
def test_a_quorum_is_more_than_half(deputies, present, enough):
    assert has_quorum(deputies, present) is enough
