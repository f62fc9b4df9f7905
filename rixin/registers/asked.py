"""The registers as rows for questions: the columns that `catalogue.sources` names, in the SQL of either database.

What a tenant pays is the building's in which it had its largest rooms on the last day of the return's period; of equal
ones, that entered first. So each yuan is counted once, and the sum of the buildings is that of their tenants.
"""

from collections.abc import Callable

from rixin.catalogue import versions
from rixin.facts import MARK, of_month, plain_day, select, versioned
from rixin.registers.queries import register


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _ground(row: str, area: str) -> dict[str, str]:
    known = register()
    return {
        **versioned(f"{row}.id", f"{row}.version"),
        "area": area,
        "unit": f"'{known.unit if known else ''}'",
    }


def _span(vendor: str, row: str) -> dict[str, str]:
    return {"day": plain_day(vendor, f"{row}.from_day"), "until": plain_day(vendor, f"{row}.until_day")}


def _enterprise() -> dict[str, str]:
    cultural = ", ".join(
        f"'{division.code}'"
        for section in versions.work().industries.values()
        for division in section.divisions
        if division.cultural
    )
    none = "''"
    return {
        "enterprise": "CAST(e.id AS varchar(20))",
        "section": "e.section",
        "division": "e.division",
        "cultural": f"CASE WHEN e.division IN ({cultural or none}) THEN 1 ELSE 0 END",
    }


_OF_ENTERPRISES = "JOIN registers_enterprise e ON e.id = {row}.enterprise_id AND NOT e.withdrawn"


def _standings(vendor: str, month: str) -> str:
    columns = {
        **_ground("s", "e.area_path"),
        **_span(vendor, "s"),
        "standing": "s.standing",
        "how": "s.how",
        **_enterprise(),
    }
    tables = f"registers_standingspan s {_OF_ENTERPRISES.format(row='s')}"
    return select(columns, tables, of_month("s.from_day", month))


def _traits(vendor: str, month: str) -> str:
    columns = {
        **_ground("t", "e.area_path"),
        **_span(vendor, "t"),
        "trait": "t.trait",
        "value": "t.value",
        **_enterprise(),
    }
    tables = f"registers_traitspan t {_OF_ENTERPRISES.format(row='t')}"
    return select(columns, tables, of_month("t.from_day", month))


def _rooms(vendor: str, month: str) -> str:
    columns = {
        **_ground("r", "b.area_path"),
        **_span(vendor, "r"),
        "building": "b.code",
        "use": "r.use",
        "size": "r.area",
    }
    tables = "registers_room r JOIN registers_building b ON b.id = r.building_id"
    return select(columns, tables, of_month("r.from_day", month))


_HELD = (
    "registers_tenancy t JOIN registers_room r ON r.id = t.room_id JOIN registers_building b ON b.id = r.building_id "
    + _OF_ENTERPRISES.format(row="t")
)


def _tenancies(vendor: str, month: str) -> str:
    columns = {
        **_ground("t", "b.area_path"),
        **_span(vendor, "t"),
        "lease_end": plain_day(vendor, "t.lease_end"),
        "building": "b.code",
        "size": "t.area",
        **_enterprise(),
    }
    return select(columns, _HELD, of_month("t.from_day", month))


def _tenants(vendor: str, month: str) -> str:
    """A tenancy for the time of each standing of its tenant: what overlaps of the two spans."""
    first = "CASE WHEN s.from_day > t.from_day THEN s.from_day ELSE t.from_day END"
    until = (
        "CASE WHEN s.until_day IS NULL OR (t.until_day IS NOT NULL AND t.until_day < s.until_day)"
        " THEN t.until_day ELSE s.until_day END"
    )
    version = "(t.version + s.version)"
    columns = {
        **_ground("t", "b.area_path"),
        **versioned("t.id", version),
        "day": plain_day(vendor, first),
        "until": plain_day(vendor, until),
        "building": "b.code",
        "standing": "s.standing",
        **_enterprise(),
    }
    overlap = (
        "JOIN registers_standingspan s ON s.enterprise_id = t.enterprise_id"
        " AND (t.until_day IS NULL OR s.from_day < t.until_day)"
        " AND (s.until_day IS NULL OR t.from_day < s.until_day)"
    )
    return select(columns, f"{_HELD} {overlap}", of_month(first, month))


_HOUSED = (
    "SELECT p.id AS id, r.building_id AS building_id, ROW_NUMBER() OVER"
    " (PARTITION BY p.id ORDER BY SUM(t.area) DESC, r.building_id) AS nth"
    " FROM registers_return p"
    " JOIN registers_tenancy t ON t.enterprise_id = p.enterprise_id"
    " AND t.from_day <= p.last_day AND (t.until_day IS NULL OR t.until_day > p.last_day)"
    " JOIN registers_room r ON r.id = t.room_id GROUP BY p.id, r.building_id"
)
"""Each return with the buildings in which its enterprise had rooms on its last day, the one with most room first."""


def _returns(vendor: str, month: str) -> str:
    columns = {
        **_ground("p", "e.area_path"),
        "day": plain_day(vendor, "p.last_day"),
        "building": "COALESCE(b.code, '')",
        "measured": "p.measured",
        "amount": "p.amount",
        **_enterprise(),
    }
    tables = (
        f"registers_return p {_OF_ENTERPRISES.format(row='p')}"
        f" LEFT JOIN ({_HOUSED}) h ON h.id = p.id AND h.nth = 1"
        " LEFT JOIN registers_building b ON b.id = h.building_id"
    )
    return select(columns, tables, of_month("p.last_day", month))


_TAX = "p.measured = 'tax'"


def _building_taxes(vendor: str, month: str) -> str:
    """`version` follows from the sum itself, so that any change of it is one."""
    year = f"({plain_day(vendor, 'p.last_day')} / 10000)"
    paid = {
        "building_id": "h.building_id",
        "year": year,
        "last_day": "MAX(p.last_day)",
        "tax": "SUM(p.amount)",
        "returns": "COUNT(*)",
    }
    tables = f"registers_return p {_OF_ENTERPRISES.format(row='p')} JOIN ({_HOUSED}) h ON h.id = p.id AND h.nth = 1"
    summed = f"{select(paid, tables, _TAX)} GROUP BY h.building_id, {year}"
    identity, version = "(y.building_id * 10000 + y.year)", "(ABS(y.tax) + y.returns)"
    columns = {
        **_ground("b", "b.area_path"),
        "id": f"CAST({identity} AS bigint)",
        "version": f"CAST({version} AS bigint)",
        "mark": MARK.format(id=identity, version=f"({version} % 1000000007)"),
        "day": plain_day(vendor, "y.last_day"),
        "building": "b.code",
        "tax": "CAST(y.tax AS bigint)",
    }
    tables = f"({summed}) y JOIN registers_building b ON b.id = y.building_id"
    return select(columns, tables, of_month("y.last_day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {
    "standings": _standings,
    "traits": _traits,
    "rooms": _rooms,
    "tenancies": _tenancies,
    "tenants": _tenants,
    "returns": _returns,
    "building_taxes": _building_taxes,
}
