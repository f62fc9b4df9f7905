"""Who acts: what the case engine needs to know of a person, a resident or the system, and nothing more."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["staff", "resident", "system"]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`roles` are those that count on the case at hand; `unit_id` is the unit for which the person acts there.

    `name` and the titles are kept in the timeline as they were on the day. None: no account, no unit.
    """

    kind: Kind
    name: str
    roles: frozenset[str]
    account_id: int | None = None
    unit_id: int | None = None
    unit_ids: frozenset[int] = frozenset()
    post_zh: str = ""
    post_en: str = ""


SYSTEM = Actor(kind="system", name="", roles=frozenset({"system"}), post_zh="系统", post_en="System")


def resident(name: str = "") -> Actor:
    """The resident whose matter it is: known by the tracking code, not by an account."""
    return Actor(kind="resident", name=name, roles=frozenset({"resident"}), post_zh="居民", post_en="Resident")
