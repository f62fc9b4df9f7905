"""What metrics ask of activities: rows with the columns that `catalogue.activity_sources` names, in SQL."""

from collections.abc import Callable

from rixin.catalogue import versions
from rixin.facts import of_month, plain_day, select, versioned


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _ground(row: str, version: str, area: str, unit: str) -> dict[str, str]:
    return {
        **versioned(f"{row}.id", version),
        "area": area,
        "unit": unit,
    }


def _code(column: str) -> str:
    return f"COALESCE(CAST({column} AS varchar(20)), '')"


_UNIT = "JOIN people_unit u ON u.id = {row}.unit_id"


def _events(vendor: str, month: str) -> str:
    held = "(SELECT COUNT(*) FROM activities_session s WHERE s.event_id = e.id AND s.attendance IS NOT NULL)"
    columns = {
        **_ground("e", "e.version", "e.area_path", "u.code"),
        "day": plain_day(vendor, "e.day"),
        "kind": "e.kind",
        "sort": "e.sort",
        "state": "e.state",
        "team": _code("e.team_id"),
        "people": "e.attendance",
        "sessions": held,
    }
    return select(columns, f"activities_event e {_UNIT.format(row='e')}", of_month("e.day", month))


def _employers(vendor: str, month: str) -> str:
    columns = {
        **_ground("m", "(m.version + e.version)", "e.area_path", "u.code"),
        "day": plain_day(vendor, "e.day"),
        "kind": "e.kind",
        "state": "e.state",
        "event": _code("e.id"),
        "enterprise": _code("m.enterprise_id"),
        "posts": "m.posts",
        "agreements": "m.agreements",
    }
    tables = f"activities_employer m JOIN activities_event e ON e.id = m.event_id {_UNIT.format(row='e')}"
    return select(columns, tables, of_month("e.day", month))


def _teams(vendor: str, month: str) -> str:
    """Of the unit whose work the kind of event is that they put on."""
    units = "".join(f" WHEN '{kind.code}' THEN '{kind.unit}'" for kind in versions.work().activities.values())
    unit = f"CASE t.kind{units} ELSE '' END" if units else "''"
    columns = {
        **_ground("t", "t.version", "t.area_path", unit),
        "day": plain_day(vendor, "t.from_day"),
        "until": plain_day(vendor, "t.until_day"),
        "kind": "t.kind",
        "level": "t.level",
        "members": "t.members",
    }
    return select(columns, "activities_team t", of_month("t.from_day", month))


def _hours(vendor: str, month: str) -> str:
    columns = {
        **_ground("h", "h.version", "h.area_path", "u.code"),
        "day": plain_day(vendor, "h.day"),
        "volunteer": _code("h.volunteer_id"),
        "origin": "h.origin",
        "people": "h.people",
        "newcomers": "h.newcomers",
        "hours": "h.hours",
    }
    tables = f"activities_hours h {_UNIT.format(row='h')}"
    return select(columns, tables, "NOT h.taken_back", of_month("h.day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {
    "events": _events,
    "event_employers": _employers,
    "teams": _teams,
    "volunteer_hours": _hours,
}
