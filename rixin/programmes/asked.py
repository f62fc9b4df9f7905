"""What metrics ask of programmes: rows with the columns that `catalogue.programme_sources` names, in SQL."""

from collections.abc import Callable

from rixin.facts import MARK, days_of_month, plain_day


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _select(columns: dict[str, str], tables: str, *conditions: str) -> str:
    """Of names that are constants of this file."""
    chosen = ", ".join(f'{said} AS "{name}"' for name, said in columns.items())
    met = [condition for condition in conditions if condition]
    where = f" WHERE {' AND '.join(met)}" if met else ""
    return f"SELECT {chosen} FROM {tables}{where}"  # noqa: S608 - constants


def _ground(row: str) -> dict[str, str]:
    return {
        "id": f"{row}.id",
        "version": f"{row}.version",
        "mark": MARK.format(id=f"{row}.id", version=f"{row}.version"),
        "area": "p.area_path",
        "unit": "u.code",
    }


_OF_PROJECT = {"project": "CAST(p.id AS varchar(20))", "kind": "p.kind", "level": "p.level", "year": "p.year"}
_UNIT = "JOIN people_unit u ON u.id = p.unit_id"


def _of_month(day: str, month: str) -> str:
    return days_of_month(day, month) if month else ""


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
    return _select(columns, tables, "s.done_on IS NOT NULL", _of_month("s.done_on", month))


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
    return _select(columns, f"programmes_project p {_UNIT}", _of_month("p.opened_on", month))


def _payments(vendor: str, month: str) -> str:
    columns = {**_ground("m"), **_OF_PROJECT, "day": plain_day(vendor, "m.day"), "amount": "m.amount"}
    tables = f"programmes_payment m JOIN programmes_project p ON p.id = m.project_id {_UNIT}"
    return _select(columns, tables, "NOT m.taken_back", _of_month("m.day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {
    "project_steps": _steps,
    "projects": _projects,
    "project_payments": _payments,
}
