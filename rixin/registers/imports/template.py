"""The empty table of enterprises: the same headings by which tables are read, each explained."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from rixin import empty_tables
from rixin.catalogue import versions
from rixin.empty_tables import Column
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.models import Level
from rixin.registers import industries, queries
from rixin.registers.imports.headings import (
    AREA,
    BUILDING,
    HEADINGS,
    HOW,
    INDUSTRY,
    NAME,
    STANDING,
    TRAITS,
    Heading,
    figure_columns,
)
from rixin.registers.models import How, Standing


def build(staff: Staff, today: date) -> bytes:
    """As XLSX, in the reader's language, with the areas and buildings of the person."""
    columns = [_column(heading, staff) for heading in (*HEADINGS, *figure_columns(today))]
    meaning = _("A line for each enterprise. Only the name is needed; a blank cell changes nothing.")
    return empty_tables.build(_("Enterprises"), meaning, columns)


def _column(heading: Heading, staff: Staff) -> Column:
    how = str(heading.how)
    if heading.example:
        how = _("{how} For example: {example}").format(how=how, example=heading.example)
    also = heading.aliases.replace("|", "、")
    if also:
        how = _("{how} Also headed: {names}.").format(how=how, names=also)
    return Column(heading.label.here(), heading.name == NAME, how, tuple(_offered(heading.name, staff)))


def _offered(name: str, staff: Staff) -> Iterator[str]:
    offering: Mapping[str, Callable[[Staff], Iterable[str]]] = {
        INDUSTRY: _industries,
        AREA: _communities,
        BUILDING: lambda staff: (building.name for building in queries.buildings_visible_to(staff)),
        STANDING: lambda _staff: map(str, Standing.labels),
        HOW: lambda _staff: (str(how.label) for how in (How.FOUND, How.NEW, How.MOVED_IN)),
        TRAITS: _traits,
    }
    return iter(offering[name](staff)) if name in offering else iter(())


def _industries(_staff: Staff) -> Iterator[str]:
    for section in industries.sections():
        yield from (f"{section.code}{division.code}" for division in section.divisions)


def _communities(staff: Staff) -> Iterator[str]:
    for area in sorted(gazetteer.current().areas.values(), key=lambda area: area.path):
        if area.level == Level.COMMUNITY and not area.retired and queries.may_keep(staff, area.path):
            yield area.name


def _traits(_staff: Staff) -> Iterator[str]:
    for trait in versions.work().traits.values():
        if trait.lasts:
            yield from (option.name.here() for option in trait.options)
