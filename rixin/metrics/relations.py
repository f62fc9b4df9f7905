"""The sources of metrics: their columns, and how the database in use lays them out as rows."""

from collections.abc import Callable, Iterator, Mapping

from rixin.activities import asked as activities
from rixin.cases import asked as cases
from rixin.catalogue import versions
from rixin.catalogue.activity_sources import ACTIVITIES
from rixin.catalogue.choosing_sources import CHOOSING
from rixin.catalogue.columns import Column
from rixin.catalogue.enterprise_sources import ENTERPRISES
from rixin.catalogue.facility_sources import FACILITIES
from rixin.catalogue.home_sources import HOMES
from rixin.catalogue.programme_sources import PROGRAMMES
from rixin.catalogue.roll_sources import ROLLS
from rixin.catalogue.sources import CASE_COLUMNS, CASES, REGISTERS, record_columns
from rixin.catalogue.walking_sources import WALKING
from rixin.choosing import asked as choosing
from rixin.facilities import asked as facilities
from rixin.homes import asked as homes
from rixin.programmes import asked as programmes
from rixin.records import asked as records
from rixin.registers import asked as enterprises
from rixin.rolls import asked as rolls
from rixin.walking import asked as walking

_KEPT_BY: Mapping[str, Callable[[str, str, str], str]] = {
    source: relation
    for sources, relation in (
        (ENTERPRISES, enterprises.relation),
        (FACILITIES, facilities.relation),
        (HOMES, homes.relation),
        (ROLLS, rolls.relation),
        (ACTIVITIES, activities.relation),
        (PROGRAMMES, programmes.relation),
        (WALKING, walking.relation),
        (CHOOSING, choosing.relation),
    )
    for source in sources
}


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
        return _KEPT_BY[source](vendor, source, month)
    return records.relation(vendor, versions.work().records[source].type, month)


def all_sources() -> list[str]:
    return [CASES, *REGISTERS, *versions.work().records]
