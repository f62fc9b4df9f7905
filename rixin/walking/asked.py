"""What metrics ask of walks: rows with the columns that `catalogue.walking_sources` names, in SQL."""

from collections.abc import Callable

from rixin.facts import of_month, plain_day, select, versioned
from rixin.walking import circles


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _reaches(vendor: str, month: str) -> str:
    columns = {
        **versioned("w.id", "w.version"),
        "area": "w.area_path",
        "unit": _unit(),
        "day": plain_day(vendor, "w.from_day"),
        "until": plain_day(vendor, "w.until_day"),
        "circle": "g.circle",
        "building": "w.building",
        "dwellings": "w.dwellings",
        "facility": "COALESCE(CAST(w.facility_id AS varchar(20)), '')",
        "kind": "COALESCE(f.kind, '')",
        "metres": "w.metres",
        "minutes": "w.minutes",
        "covered": "CASE WHEN w.covered THEN 1 ELSE 0 END",
        "on_network": "CASE WHEN w.on_network THEN 1 ELSE 0 END",
    }
    tables = (
        "walking_reach w JOIN walking_ring g ON g.id = w.ring_id"
        " LEFT JOIN facilities_facility f ON f.id = w.facility_id"
    )
    return select(columns, tables, of_month("w.from_day", month))


def _unit() -> str:
    """The unit that answers for the circle."""
    cases = " ".join(f"WHEN '{code}' THEN '{circle.unit}'" for code, circle in circles.known().items())
    return f"CASE g.circle {cases} ELSE '' END" if cases else "''"


_RELATIONS: dict[str, Callable[[str, str], str]] = {"reaches": _reaches}
