"""Limits that hold over all web processes, and the proof of work for those who reach them."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import altcha
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from rixin.privacy import limits
from rixin.privacy.limits import Allowed, Blocked, Rate
from rixin.privacy.models import Bucket

# Far ahead, since the library compares a challenge's end with the clock of the machine.
NOON = datetime(2090, 6, 1, 12, tzinfo=UTC)
THREE_A_MINUTE = Rate(3, 60)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def answer(challenge: dict[str, object]) -> str:
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made, altcha.derive_key_pbkdf2)
    assert solution is not None
    return str(altcha.Payload(made, solution).to_base64())


@pytest.mark.django_db
class TestALimit:
    def test_lets_as_many_through_as_it_says_and_tells_the_next_one_how_long_to_wait(self):
        verdicts = [limits.hit("a", THREE_A_MINUTE, NOON) for _nth in range(4)]

        assert verdicts == [Allowed(), Allowed(), Allowed(), Blocked(20, "a")]

    def test_lets_in_whoever_waits_as_told_and_not_a_second_earlier(self):
        for _nth in range(3):
            limits.hit("a", THREE_A_MINUTE, NOON)

        assert limits.hit("a", THREE_A_MINUTE, NOON + seconds(19)) == Blocked(1, "a")
        assert limits.hit("a", THREE_A_MINUTE, NOON + seconds(20)) == Allowed()
        assert limits.hit("a", THREE_A_MINUTE, NOON + seconds(20)) == Blocked(20, "a")

    def test_of_one_key_leaves_the_others_alone(self):
        for _nth in range(4):
            limits.hit("a", THREE_A_MINUTE, NOON)

        assert limits.hit("b", THREE_A_MINUTE, NOON) == Allowed()

    def test_over_several_keys_is_one_statement_and_names_the_longest_wait(self):
        keys = {"address": Rate(1, 60), "code": Rate(1, 600)}
        limits.hit_all(keys, NOON)

        with CaptureQueriesContext(connection) as statements:
            verdict = limits.hit_all(keys, NOON)

        assert verdict == Blocked(600, "code")
        assert len(statements) == 1

    def test_tells_whether_one_more_would_get_through_without_counting_it(self):
        before = [limits.verdict("a", THREE_A_MINUTE, NOON) for _nth in range(5)]
        for _nth in range(3):
            limits.hit("a", THREE_A_MINUTE, NOON)

        assert before == [Allowed()] * 5
        assert limits.verdict("a", THREE_A_MINUTE, NOON) == Blocked(20, "a")
        assert limits.verdict("a", THREE_A_MINUTE, NOON + seconds(20)) == Allowed()

    def test_stores_no_address(self):
        limits.hit("198.51.100.7", THREE_A_MINUTE, NOON)

        assert "198.51" not in Bucket.objects.get().key

    def test_leaves_no_rows_behind_once_buckets_are_empty(self):
        limits.hit("a", THREE_A_MINUTE, NOON)
        limits.hit("b", THREE_A_MINUTE, NOON + seconds(30))

        assert limits.clean(NOON + seconds(25)) == 1
        assert Bucket.objects.count() == 1


@given(
    gaps=st.lists(st.integers(0, 100), min_size=1, max_size=30),
    count=st.integers(1, 5),
    length=st.sampled_from([10, 60, 61]),
)
@pytest.mark.django_db
def test_in_no_stretch_of_the_time_named_do_more_than_twice_as_many_get_through(gaps, count, length):
    Bucket.objects.all().delete()
    at, let_in = NOON, []
    for gap in gaps:
        at += seconds(gap)
        if limits.hit("a", Rate(count, length), at) == Allowed():
            let_in.append(at)

    assert all(sum(start <= other < start + seconds(length) for other in let_in) <= 2 * count for start in let_in)


@pytest.mark.django_db
class TestAChallenge:
    def test_that_a_browser_has_solved_counts_once(self):
        solution = answer(limits.challenge(NOON))

        assert limits.solved(solution, NOON)
        assert not limits.solved(solution, NOON + seconds(60))

    def test_runs_out(self):
        solution = answer(limits.challenge(NOON))

        assert not limits.solved(solution, NOON + limits.POW_LASTS)

    def test_of_somebody_elses_making_does_not_count(self, settings):
        solution = answer(limits.challenge(NOON))
        settings.SECRET_KEY = "another-secret-key-of-at-least-32-letters"

        assert not limits.solved(solution, NOON)

    @pytest.mark.parametrize(
        "nonsense",
        ["", "x", "e30=", b64encode(json.dumps({"challenge": {"parameters": {}}}).encode()).decode(), "W10="],
    )
    def test_is_not_solved_by_nonsense(self, nonsense):
        assert not limits.solved(nonsense, NOON)
