"""What metrics ask of service rolls: rows with the columns that `catalogue.roll_sources` names, in SQL.

Nothing in them is personal: they stay when what is held of the person is deleted.
"""

from collections.abc import Callable

from rixin.facts import MARK, days_of_month, plain_day
from rixin.rolls.queries import rolls


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _select(columns: dict[str, str], tables: str, *conditions: str) -> str:
    """Of values and names that are constants or codes of the catalogue."""
    chosen = ", ".join(f'{said} AS "{name}"' for name, said in columns.items())
    met = [condition for condition in conditions if condition]
    where = f" WHERE {' AND '.join(met)}" if met else ""
    return f"SELECT {chosen} FROM {tables}{where}"  # noqa: S608 - constants


def _ground(identity: str, version: str) -> dict[str, str]:
    units = "".join(f" WHEN '{code}' THEN '{roll.unit}'" for code, roll in rolls().items())
    return {
        "id": identity,
        "version": version,
        "mark": MARK.format(id=identity, version=version),
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
    return _select(
        columns, "rolls_entry e", "e.joined_on IS NOT NULL", days_of_month("e.joined_on", month) if month else ""
    )


def _visits(vendor: str, month: str) -> str:
    columns = {
        **_ground("v.id", "(v.version + e.counted_version)"),
        "day": plain_day(vendor, "v.day"),
        "roll": "e.roll",
        "outcome": "v.outcome",
    }
    tables = "rolls_visit v JOIN rolls_entry e ON e.id = v.entry_id"
    return _select(columns, tables, days_of_month("v.day", month) if month else "")


_RELATIONS: dict[str, Callable[[str, str], str]] = {"roll_entries": _entries, "roll_visits": _visits}
