"""What metrics ask of proposals and ratings: rows with the columns that `catalogue.choosing_sources` names, in SQL."""

from collections.abc import Callable

from rixin.choosing.queries import KEEPER
from rixin.facts import MARK, days_of_month, plain_day


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _proposals(vendor: str, month: str) -> str:
    """A supporter changes what the row says and not its version, so both together are the version of the row."""
    version = "(p.version + p.supporters)"
    columns = {
        "id": "p.id",
        "version": version,
        "mark": MARK.format(id="p.id", version=version),
        "area": "p.area_path",
        "unit": f"'{KEEPER}'",
        "day": plain_day(vendor, "p.raised_on"),
        "year": "r.year",
        "source": "p.source",
        "state": "p.state",
        "listed_day": plain_day(vendor, "p.listed_on"),
        "chosen_day": plain_day(vendor, "p.chosen_on"),
        "supporters": "p.supporters",
    }
    return _select(columns, "choosing_proposal p JOIN choosing_round r ON r.id = p.round_id", "p.raised_on", month)


def _ratings(vendor: str, month: str) -> str:
    """A rating never changes; its project may move to another unit."""
    version = "p.version"
    columns = {
        "id": "g.id",
        "version": version,
        "mark": MARK.format(id="g.id", version=version),
        "area": "p.area_path",
        "unit": "u.code",
        "day": plain_day(vendor, "g.day"),
        "project": "CAST(p.id AS varchar(20))",
        "year": "p.year",
        "rating": "g.rating",
    }
    tables = (
        "choosing_projectrating g JOIN programmes_project p ON p.id = g.project_id"
        " JOIN people_unit u ON u.id = p.unit_id"
    )
    return _select(columns, tables, "g.day", month)


def _select(columns: dict[str, str], tables: str, day: str, month: str) -> str:
    chosen = ", ".join(f'{said} AS "{name}"' for name, said in columns.items())
    where = f" WHERE {days_of_month(day, month)}" if month else ""
    return f"SELECT {chosen} FROM {tables}{where}"  # noqa: S608 - constants


_RELATIONS: dict[str, Callable[[str, str], str]] = {"proposals": _proposals, "project_ratings": _ratings}
