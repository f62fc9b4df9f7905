"""What metrics ask of homes: rows with the columns that `catalogue.home_sources` names, in SQL.

A head count holds from the last day of its period until the next return of the same stairwell, so that "at the end of
a period" finds the last one of each, however old it is.
"""

from collections.abc import Callable

from rixin.facts import of_month, plain_day, select, versioned
from rixin.homes.queries import definition


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _ground(identity: str, version: str, row: str) -> dict[str, str]:
    known = definition()
    return {
        **versioned(identity, version),
        "area": f"{row}.area_path",
        "unit": f"'{known.unit if known else ''}'",
    }


def _span(vendor: str, row: str) -> dict[str, str]:
    return {"day": plain_day(vendor, f"{row}.from_day"), "until": plain_day(vendor, f"{row}.until_day")}


def _dwellings(vendor: str, month: str) -> str:
    columns = {
        **_ground("d.id", "d.version", "d"),
        **_span(vendor, "d"),
        "building": "d.building",
        "stairwell": "d.unit",
        "floor": "d.floor",
    }
    return select(columns, "homes_dwelling d", of_month("d.from_day", month))


def _head_counts(vendor: str, month: str) -> str:
    columns = {
        **_ground("c.id", "(c.version + r.version)", "r"),
        **_span(vendor, "r"),
        "building": "r.building",
        "stairwell": "r.unit",
        "period": "r.period",
        "counted": "c.counted",
        "number": "c.number",
    }
    tables = "homes_headcount c JOIN homes_headreturn r ON r.id = c.ret_id"
    return select(columns, tables, of_month("r.from_day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {"dwellings": _dwellings, "head_counts": _head_counts}
