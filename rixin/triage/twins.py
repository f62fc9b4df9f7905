"""How probable it is that two reports are of the same matter, raised by different people. Pure.

A logistic regression of seven plain facts, fitted to planted repetitions (`benchmarks/twins.py` fits it
anew and says how well it does). It ranks proposals; a person decides, and nothing is ever merged by
itself.
"""

from dataclasses import dataclass
from datetime import datetime
from math import exp, log1p

from rixin.places.coordinates import Position
from rixin.triage.duplicates import NEARLY, about_the_same, same_content

SHOWN_FROM = 0.1
"""Chance from which on a matter is worth a look: of those shown about half are the same."""
PROBABLE = 0.5
_AT_ONE_PLACE, _SOMEWHERE = 20.0, 200.0
"""Metres that stand for two reports of one named place, and for those of which one lies nobody knows where."""
_WEIGHTS = (-1.24, 4.54, 1.12, 0.42, -1.29, 0.11, 1.97)
_BASE = -3.00


@dataclass(frozen=True, slots=True)
class Report:
    """`place`: code of the gazetteer, "" if none is known."""

    text: str
    kind: str
    at: datetime
    position: Position | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`chance`: 0 to 1. `metres`: None where a position is missing. `wording`: share of the wording in common."""

    chance: float
    same_kind: bool
    same_place: bool
    metres: float | None
    hours: float
    wording: float

    @property
    def is_shown(self) -> bool:
        return self.chance >= SHOWN_FROM or self.wording >= NEARLY

    @property
    def is_probable(self) -> bool:
        return self.chance >= PROBABLE or self.wording >= NEARLY


def compare(one: Report, other: Report) -> Likeness:
    metres = one.position.metres_to(other.position) if one.position and other.position else None
    same_place = bool(one.place) and one.place == other.place
    same_kind = one.kind == other.kind
    hours = abs((one.at - other.at).total_seconds()) / 3600
    wording = same_content(one.text, other.text)
    apart = metres if metres is not None else _AT_ONE_PLACE if same_place else _SOMEWHERE
    facts = features(apart, same_kind, same_place, hours, about_the_same(one.text, other.text), wording)
    score = _BASE + sum(weight * fact for weight, fact in zip(_WEIGHTS, facts, strict=True))
    return Likeness(1 / (1 + exp(-score)), same_kind, same_place, metres, hours, wording)


def features(
    metres: float, same_kind: bool, same_place: bool, hours: float, about: float, wording: float
) -> tuple[float, ...]:
    """What the weights belong to, in their order."""
    return (
        log1p(metres / 10),
        float(same_kind),
        about,
        wording,
        log1p(hours),
        float(same_place),
        float(same_kind and same_place),
    )
