"""What of an officer's enterprises is due, and which of them to call at today. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rixin.liaison.warnings import Known, Reason

MOST = 6
"""Enterprises that one person can call at in half a day."""
Why = Literal["planned", "warning", "never", "long_ago"]


@dataclass(frozen=True)
class Due:
    """`why`: the first that holds; None: nothing is due."""

    enterprise: int
    why: Why | None
    planned: bool
    last_visit: date | None
    lease_end: date | None
    problems: int
    reasons: tuple[Reason, ...] = ()


def due(known: Known, reasons: Iterable[Reason], *, planned: date | None, every_days: int, today: date) -> Due:
    """`planned`: day on which a visit was planned; one that was paid since has done away with it."""
    reasons = tuple(reasons)
    open_ = planned is not None and (known.last_visit is None or known.last_visit < planned)
    why: Why | None = None
    if open_:
        why = "planned"
    elif any(reason.warning.fact != "not_visited" for reason in reasons) and not _lately(known, today):
        why = "warning"
    elif known.last_visit is None:
        why = "never"
    elif known.last_visit <= today - timedelta(days=every_days):
        why = "long_ago"
    return Due(
        enterprise=known.enterprise,
        why=why,
        planned=open_,
        last_visit=known.last_visit,
        lease_end=min((lease.last_day for lease in known.leases), default=None),
        problems=len(known.problems),
        reasons=reasons,
    )


_SPOKEN_OF = timedelta(days=30)
"""What was spoken of at a visit is not a reason for another one at once."""


def _lately(known: Known, today: date) -> bool:
    return known.last_visit is not None and known.last_visit > today - _SPOKEN_OF


_FIRST: dict[Why | None, int] = {"planned": 0, "warning": 1, "never": 2, "long_ago": 3, None: 4}


def in_order(found: Iterable[Due]) -> list[Due]:
    """What was planned first, then by kind, the longest unvisited of each first."""
    return sorted(found, key=lambda one: (_FIRST[one.why], one.last_visit or date.min, one.enterprise))


def for_today(found: Iterable[Due]) -> list[int]:
    """Those to call at unless the person chooses others."""
    return [one.enterprise for one in in_order(found) if one.why is not None][:MOST]
