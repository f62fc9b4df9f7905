"""What may befall a matter beside the plain way: drawn for each matter of the year. Pure."""

from collections.abc import Iterator
from random import Random

from rixin.catalogue.schema import ResolvedType

# Share of all matters. What excludes another stands before it in the course that is played.
SHARES: dict[str, float] = {
    "decline": 0.022,
    "resort": 0.045,
    "accept_first": 0.4,
    "late_accept": 0.004,
    "ask_at_desk": 0.008,
    "return": 0.026,
    "arbitrate": 0.003,
    "transfer": 0.012,
    "late_acknowledge": 0.004,
    "help": 0.022,
    "progress": 0.05,
    "ask": 0.018,
    "no_reply": 0.16,
    "extension": 0.022,
    "extension_refused": 0.005,
    "suspend": 0.008,
    "supervise": 0.006,
    "note": 0.06,
    "add": 0.035,
    "late": 0.027,
    "rework": 0.018,
    "reopen": 0.007,
    "verify_photo": 0.05,
    "up": 0.004,
}
# Matters with long terms are the hard ones: more of this befalls them.
_HARD = {"extension": 4.0, "extension_refused": 3.0, "suspend": 6.0, "help": 4.0, "progress": 4.0, "return": 1.6}
_HARD_DAYS = 10
RATED = 0.46
_FAIRLY = 0.105
_UNSATISFIED_IN = 265
"""Among so many ratings, three begin as not satisfied; two stay so: 0.8 %, as the report of 2022 has it."""
_UNSATISFIED = 3


def drawn(rules: ResolvedType, random: Random) -> frozenset[str]:
    term = rules.term_of("handle")
    hard = term.amount >= _HARD_DAYS and term.unit in ("working_days", "calendar_days")
    return frozenset(
        turn for turn, share in SHARES.items() if random.random() < share * (_HARD.get(turn, 1.0) if hard else 1.0)
    )


def ratings(random: Random) -> Iterator[str]:
    """How residents rate, without end: dealt like cards, so that the shares come out as meant."""
    while True:
        fairly = round((_UNSATISFIED_IN - _UNSATISFIED) * _FAIRLY)
        hand = ["not_satisfied"] * _UNSATISFIED + ["fairly"] * fairly
        hand += ["satisfied"] * (_UNSATISFIED_IN - len(hand))
        random.shuffle(hand)
        yield from hand


def second_looks(random: Random) -> Iterator[str]:
    """How unsatisfied ratings go on, without end: two of three stay as they are and count."""
    while True:
        hand = ["uphold", "uphold", "rework", "refuse_exclusion", "rework_again", "exclude"]
        random.shuffle(hand)
        yield from hand
