"""Owners' votes, by head and by floor area (Civil Code, art. 278)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from rixin.programmes.votes import ImpossibleVote, owners_vote


def vote(rule: Any, took: tuple[int, int], agreed: tuple[int, int], whole: tuple[int, int] = (900, 9_000)) -> bool:
    return owners_vote(
        rule,
        owners=whole[0], area=whole[1],
        took_part=took[0], area_took_part=took[1],
        agreed=agreed[0], area_agreed=agreed[1],
    ).carried  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "took", "agreed", "carried"),
    [
        ("ordinary", (600, 6_000), (301, 3_001), True),
        ("ordinary", (599, 6_000), (400, 4_000), False),  # too few owners
        ("ordinary", (600, 5_999), (400, 4_000), False),  # too little area
        ("ordinary", (600, 6_000), (300, 4_000), False),  # half is not more than half
        ("ordinary", (600, 6_000), (400, 3_000), False),
        ("grave", (600, 6_000), (450, 4_500), True),  # three quarters are enough
        ("grave", (600, 6_000), (449, 4_500), False),
        ("grave", (600, 6_000), (450, 4_499), False),
        ("renewal", (900, 9_000), (600, 6_000), True),  # two thirds of all owners
        ("renewal", (600, 6_000), (599, 6_000), False),
        ("renewal", (700, 7_000), (650, 5_999), False),
    ],
)
def test_thresholds(rule, took, agreed, carried):
    assert vote(rule, took, agreed) is carried


def test_nobody_decides_nothing():
    assert not vote("ordinary", (0, 0), (0, 0), whole=(0, 0))


@pytest.mark.parametrize(
    ("took", "agreed", "name"),
    [
        ((901, 9_000), (1, 1), "took_part"),
        ((900, 9_001), (1, 1), "area_took_part"),
        ((600, 6_000), (601, 1), "agreed"),
        ((600, 6_000), (1, 6_001), "area_agreed"),
    ],
)
def test_more_than_there_can_be_is_no_vote(took, agreed, name):
    with pytest.raises(ImpossibleVote) as wrong:
        vote("ordinary", took, agreed)

    assert wrong.value.name == name


_SHARES = {"ordinary": Fraction(1, 2), "grave": Fraction(3, 4), "renewal": Fraction(2, 3)}


@given(
    rule=sampled_from(sorted(_SHARES)),
    owners=integers(1, 3_000),
    took=integers(0, 3_000),
    agreed=integers(0, 3_000),
)
def test_what_is_needed_is_the_least_number_that_meets_each_threshold(rule, owners, took, agreed):
    took, agreed = min(took, owners), min(agreed, took, owners)

    outcome = owners_vote(
        rule, owners=owners, area=owners, took_part=took, area_took_part=took, agreed=agreed, area_agreed=agreed
    )

    for one in outcome.thresholds:
        share = Fraction(one.needed, one.whole) if one.whole else None
        if share is not None:
            assert share > one.share if one.strict else share >= one.share
            before = Fraction(one.needed - 1, one.whole)
            assert before <= one.share if one.strict else before < one.share
        assert one.met == (one.whole > 0 and one.count >= one.needed)
    whole = owners if rule == "renewal" else took
    agrees = agreed * 2 > whole if rule == "ordinary" else Fraction(agreed) >= whole * _SHARES[rule]
    assert outcome.carried == (took * 3 >= owners * 2 and whole > 0 and agrees)
