"""What metrics ask of programmes: rows with the columns that `catalogue.programme_sources` names, in SQL."""

from collections.abc import Callable

from rixin.facts import of_month, plain_day, select, versioned


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _ground(row: str) -> dict[str, str]:
    return {
        **versioned(f"{row}.id", f"{row}.version"),
        "area": "p.area_path",
        "unit": "u.code",
    }


_OF_PROJECT = {"project": "CAST(p.id AS varchar(20))", "kind": "p.kind", "level": "p.level", "year": "p.year"}
_UNIT = "JOIN people_unit u ON u.id = p.unit_id"


def _steps(vendor: str, month: str) -> str:
    columns = {
        **_ground("s"),
        **_OF_PROJECT,
        "day": plain_day(vendor, "s.done_on"),
        "planned": plain_day(vendor, "s.planned_on"),
        "step": "s.code",
        "milestone": "s.milestone",
        "on_time": "CASE WHEN s.done_on <= s.planned_on THEN 1 ELSE 0 END",
        "place": "p.place_code",
    }
    tables = f"programmes_step s JOIN programmes_project p ON p.id = s.project_id {_UNIT}"
    return select(columns, tables, "s.done_on IS NOT NULL", of_month("s.done_on", month))


_PAID = "COALESCE((SELECT SUM(m.amount) FROM programmes_payment m WHERE m.project_id = p.id AND NOT m.taken_back), 0)"


def _projects(vendor: str, month: str) -> str:
    columns = {
        **_ground("p"),
        **_OF_PROJECT,
        "day": plain_day(vendor, "p.opened_on"),
        "until": plain_day(vendor, "p.ended_on"),
        "status": "p.status",
        "budget": "p.budget",
        "paid": f"CAST({_PAID} AS bigint)",
    }
    return select(columns, f"programmes_project p {_UNIT}", of_month("p.opened_on", month))


def _payments(vendor: str, month: str) -> str:
    columns = {**_ground("m"), **_OF_PROJECT, "day": plain_day(vendor, "m.day"), "amount": "m.amount"}
    tables = f"programmes_payment m JOIN programmes_project p ON p.id = m.project_id {_UNIT}"
    return select(columns, tables, "NOT m.taken_back", of_month("m.day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {
    "project_steps": _steps,
    "projects": _projects,
    "project_payments": _payments,
}
