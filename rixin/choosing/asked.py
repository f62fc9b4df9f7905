"""What metrics ask of proposals and ratings: rows with the columns that `catalogue.choosing_sources` names, in SQL."""

from collections.abc import Callable

from rixin.choosing.queries import KEEPER
from rixin.facts import of_month, plain_day, select, versioned


def relation(vendor: str, source: str, month: str = "") -> str:
    """A SELECT of the source's rows; with a month (202203), those whose own day lies in it."""
    return _RELATIONS[source](vendor, month)


def _proposals(vendor: str, month: str) -> str:
    """A supporter changes what the row says and not its version, so both together are the version of the row."""
    version = "(p.version + p.supporters)"
    columns = {
        **versioned("p.id", version),
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
    tables = "choosing_proposal p JOIN choosing_round r ON r.id = p.round_id"
    return select(columns, tables, of_month("p.raised_on", month))


def _ratings(vendor: str, month: str) -> str:
    """A rating never changes; its project may move to another unit."""
    version = "p.version"
    columns = {
        **versioned("g.id", version),
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
    return select(columns, tables, of_month("g.day", month))


_RELATIONS: dict[str, Callable[[str, str], str]] = {"proposals": _proposals, "project_ratings": _ratings}
