"""What the catalogue's definitions say of units, for `rixin check` and before publishing."""

from collections.abc import Iterator
from functools import cache

from django.db import DatabaseError
from django.utils.translation import gettext as _

from rixin.catalogue.faults import Loc
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.catalogue.programme_schema import ProjectKind
from rixin.catalogue.schema import MatterType
from rixin.people import units
from rixin.people.bundled import read_units

OF_THE_PLACE = "community"
"""As a type's unit: the committee of the community in which the matter lies."""


def unit_faults(matter: MatterType) -> Iterator[tuple[Loc, str]]:
    """A type whose unit nobody knows would have no one to handle it."""
    if matter.unit not in {OF_THE_PLACE, *_known_codes()}:
        yield (
            ("unit",),
            _("there is no unit “{code}”: name one of units.yaml, or “{community}”").format(
                code=matter.unit, community=OF_THE_PLACE
            ),
        )


def keeper_faults(pipeline: Pipeline) -> Iterator[tuple[Loc, str]]:
    """A pipeline whose unit nobody knows would be kept by no one."""
    yield from _unknown(pipeline.unit, ("unit",))


def project_faults(kind: ProjectKind) -> Iterator[tuple[Loc, str]]:
    """The same of a kind of project and its steps."""
    yield from _unknown(kind.unit, ("unit",))
    for nth, step in enumerate(kind.steps):
        if step.unit is not None:
            yield from _unknown(step.unit, ("steps", nth, "unit"))


def _unknown(code: str, where: Loc) -> Iterator[tuple[Loc, str]]:
    if code not in _known_codes():
        yield where, _("there is no unit “{code}”: name one of units.yaml").format(code=code)


def _known_codes() -> set[str]:
    """The units of the bundled file and those that the office added; without a database only the former."""
    bundled = _bundled_codes()
    try:
        return {*bundled, *(unit.code for unit in units.all_open())}
    except DatabaseError:
        return {*bundled}


@cache
def _bundled_codes() -> frozenset[str]:
    """Read once: there is a question for every type of the catalogue."""
    return frozenset(unit.code for unit in read_units().all_units())
