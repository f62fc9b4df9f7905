"""The sources of metrics: their columns, and how the database in use lays them out as rows."""

from collections.abc import Mapping

from rixin.cases import asked as cases
from rixin.catalogue import versions
from rixin.catalogue.sources import CASE_COLUMNS, CASES, Column, record_columns
from rixin.records import asked as records


def columns_of(source: str) -> Mapping[str, Column]:
    """Raises KeyError for a source that the catalogue does not know."""
    if source == CASES:
        return CASE_COLUMNS
    return record_columns(versions.work().records[source].type)


def relation(vendor: str, source: str) -> str:
    """The SELECT that gives the source's rows with these columns."""
    if source == CASES:
        return cases.relation(vendor)
    return records.relation(vendor, versions.work().records[source].type)


def all_sources() -> list[str]:
    return [CASES, *versions.work().records]
