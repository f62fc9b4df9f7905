"""One figure against the same of another period: how much more or less, in the measure that fits its kind. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rixin.metrics.figures import Figure, rounded

Against = Literal["before", "last_year"]
DECIMALS = 1


@dataclass(frozen=True)
class Change:
    """`points`: of two shares, the difference in percentage points. `percent`: of all else, the growth in per cent.

    `value` is None where there is nothing to compare with: no base, or a base of zero.
    """

    value: Decimal | None
    kind: Literal["points", "percent"]


def change(now: Figure, before: Figure | None, *, share: bool) -> Change:
    """Of two figures of one metric. `share`: whether it is a share, shown in per cent."""
    return between(now.exact, before.exact if before is not None else None, share=share)


def between(now: Fraction | None, before: Fraction | None, *, share: bool = False) -> Change:
    """The same of two numbers in one unit; None: not known."""
    kind: Literal["points", "percent"] = "points" if share else "percent"
    if now is None or before is None or (not share and not before):
        return Change(None, kind)
    more = now - before
    exact = more if share else more / abs(before) * 100
    return Change(rounded(Fraction(exact), DECIMALS), kind)
