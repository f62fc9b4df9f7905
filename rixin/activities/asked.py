"""What metrics ask of activities: rows with the columns that `catalogue.activity_sources` names, in SQL."""

from collections.abc import Callable

_RELATIONS: dict[str, Callable[[str, str], str]] = {}


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)
