"""Whether owners have decided something, counted by head and by floor area. Pure.

Civil Code of the PRC, art. 278: those who take part hold two thirds of the area and are two thirds of the owners;
an ordinary matter is decided by more than half of those taking part, both ways; raising and spending the repair funds,
rebuilding, and using common parts for business by three quarters of them. “Two thirds or more” includes two thirds
(art. 1259), “more than half” does not include half. The renewal of an old quarter asks for two thirds of all owners.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rixin.catalogue.programme_schema import VoteRule

_TAKE_PART = Fraction(2, 3)
_AGREE: dict[VoteRule, tuple[Fraction, bool]] = {
    "ordinary": (Fraction(1, 2), True),
    "grave": (Fraction(3, 4), False),
    "renewal": (Fraction(2, 3), False),
}
"""The share that has to agree, and whether it has to be more than that."""


@dataclass(frozen=True)
class Threshold:
    """`count` of `whole`, by owners or by area. `strict`: more than the share is needed.

    `of_all`: measured against all owners, and not against those who take part.
    """

    what: Literal["took_part", "agreed"]
    by: Literal["owners", "area"]
    count: int
    whole: int
    share: Fraction
    strict: bool
    of_all: bool

    @property
    def met(self) -> bool:
        return self.whole > 0 and self.count >= self.needed

    @property
    def needed(self) -> int:
        """The least whole number that meets it."""
        least = self.whole * self.share
        return int(least) + 1 if self.strict else -int(-least // 1)


@dataclass(frozen=True)
class Outcome:
    thresholds: tuple[Threshold, ...]

    @property
    def carried(self) -> bool:
        return all(one.met for one in self.thresholds)


class ImpossibleVote(ValueError):
    """More took part than there are, or more agreed than took part. `name`: of the number that is too large."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is more than there can be")


def owners_vote(
    rule: VoteRule, *, owners: int, area: int, took_part: int, area_took_part: int, agreed: int, area_agreed: int
) -> Outcome:
    """Areas in any one unit. Raises ImpossibleVote."""
    pairs = {"took_part": (took_part, owners), "area_took_part": (area_took_part, area)}
    pairs |= {"agreed": (agreed, took_part), "area_agreed": (area_agreed, area_took_part)}
    for name, (part, whole) in pairs.items():
        if part > whole:
            raise ImpossibleVote(name)
    share, strict = _AGREE[rule]
    of_all = rule == "renewal"
    by_head, by_area = (owners, area) if of_all else (took_part, area_took_part)
    return Outcome(
        (
            Threshold("took_part", "owners", took_part, owners, _TAKE_PART, strict=False, of_all=True),
            Threshold("took_part", "area", area_took_part, area, _TAKE_PART, strict=False, of_all=True),
            Threshold("agreed", "owners", agreed, by_head, share, strict=strict, of_all=of_all),
            Threshold("agreed", "area", area_agreed, by_area, share, strict=strict, of_all=of_all),
        )
    )
