"""What metrics ask of service rolls: rows with the columns that `catalogue.roll_sources` names, in SQL.

Nothing in them is personal: they stay when what is held of the person is deleted.
"""

from collections.abc import Callable

from rixin.facts import of_month, plain_day, select, versioned
from rixin.rolls.queries import rolls


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _ground(identity: str, version: str) -> dict[str, str]:
    units = "".join(f" WHEN '{code}' THEN '{roll.unit}'" for code, roll in rolls().items())
    return {
        **versioned(identity, version),
        "area": "e.area_path",
        "unit": f"CASE e.roll{units} ELSE '' END" if units else "''",
    }


def _entries(vendor: str, month: str) -> str:
    """Requests that were not taken in are no entries."""
    columns = {
        **_ground("e.id", "e.counted_version"),
        "day": plain_day(vendor, "e.joined_on"),
        "until": plain_day(vendor, "e.left_on"),
        "roll": "e.roll",
    }
    return select(columns, "rolls_entry e", "e.joined_on IS NOT NULL", of_month("e.joined_on", month))


def _visits(vendor: str, month: str) -> str:
    columns = {
        **_ground("v.id", "(v.version + e.counted_version)"),
        "day": plain_day(vendor, "v.day"),
        "roll": "e.roll",
        "outcome": "v.outcome",
    }
    tables = "rolls_visit v JOIN rolls_entry e ON e.id = v.entry_id"
    return select(columns, tables, of_month("v.day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {"roll_entries": _entries, "roll_visits": _visits}
