"""What metrics ask of facilities: rows with the columns that `catalogue.facility_sources` names, in SQL.

Names and values in it are constants and codes of the catalogue: letters, digits and signs.
"""

from collections.abc import Callable

from rixin.catalogue import versions
from rixin.facts import of_month, plain_day, select, versioned


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _states(vendor: str, month: str) -> str:
    own = {"state": "s.state", "first": "CASE WHEN s.first THEN 1 ELSE 0 END"}
    return _spans("facilities_statespan", own, vendor, month)


def _stars(vendor: str, month: str) -> str:
    return _spans("facilities_starspan", {"stars": "s.stars"}, vendor, month)


def _areas(vendor: str, month: str) -> str:
    return _spans("facilities_areaspan", {"size": "s.area"}, vendor, month)


def _spans(table: str, own: dict[str, str], vendor: str, month: str) -> str:
    columns = {
        **versioned("s.id", "s.version"),
        "area": "f.area_path",
        "unit": _unit(),
        "day": plain_day(vendor, "s.from_day"),
        "until": plain_day(vendor, "s.until_day"),
        "facility": "CAST(f.id AS varchar(20))",
        "kind": "f.kind",
        "level": "f.level",
        **own,
    }
    tables = f"{table} s JOIN facilities_facility f ON f.id = s.facility_id"
    return select(columns, tables, of_month("s.from_day", month))


def _unit() -> str:
    """The unit that keeps facilities of the kind."""
    cases = "".join(f" WHEN '{code}' THEN '{kind.unit}'" for code, kind in versions.work().facilities.items())
    return f"CASE f.kind{cases} ELSE '' END" if cases else "''"


_RELATIONS: dict[str, Callable[[str, str], str]] = {
    "facilities": _states,
    "facility_stars": _stars,
    "facility_floor_area": _areas,
}
