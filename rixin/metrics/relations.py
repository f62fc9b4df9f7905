"""The sources of metrics: their columns, and how the database in use lays them out as rows."""

from collections.abc import Iterator, Mapping

from rixin.cases import asked as cases
from rixin.catalogue import versions
from rixin.catalogue.sources import CASE_COLUMNS, CASES, REGISTERS, Column, record_columns
from rixin.records import asked as records
from rixin.registers import asked as registers


def columns_of(source: str) -> Mapping[str, Column]:
    """Raises KeyError for a source that the catalogue does not know."""
    if source == CASES:
        return CASE_COLUMNS
    if source in REGISTERS:
        return REGISTERS[source].columns
    return record_columns(versions.work().records[source].type)


def copied_columns(source: str) -> Mapping[str, Column]:
    """Those that leave the database with the Parquet copy. Of what people wrote only what a figure asks for is one."""
    asked = set(_asked_for(source))
    known = columns_of(source)
    return {
        name: column
        for name, column in known.items()
        if source == CASES or source in REGISTERS or column.kind != "text" or name in asked
    }


def _asked_for(source: str) -> Iterator[str]:
    """The fields that any metric has in its conditions, or tells apart."""
    for kept in versions.work().metrics.values():
        metric = kept.metric
        if metric.source == source:
            yield metric.field or ""
            for where in (metric.where, metric.part, metric.asked, *(reason.where for reason in metric.excluded)):
                yield from where


def relation(vendor: str, source: str, month: str = "") -> str:
    """The SELECT that gives the source's rows with these columns; with a month (202203), those of its own days."""
    if source == CASES:
        return cases.relation(vendor, month)
    if source in REGISTERS:
        return registers.relation(vendor, source, month)
    return records.relation(vendor, versions.work().records[source].type, month)


def all_sources() -> list[str]:
    return [CASES, *REGISTERS, *versions.work().records]
