"""What must hold of the totals of one stairwell: parts are not above their whole, and do not overlap. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.catalogue.head_count_checks import DWELLINGS
from rixin.catalogue.head_count_schema import Counted, HeadCounts

MOST = 99_999
"""People or households of one stairwell: more is a slip of the hand."""


@dataclass(frozen=True)
class Judged:
    """By field: why it is refused; and what is so unusual that the person is asked to look again."""

    refused: Mapping[str, str]
    unusual: Mapping[str, str]


def judged(kept: HeadCounts, said: Mapping[str, int | None], dwellings: int) -> Judged:
    """`dwellings`: how many the register has in this stairwell on the last day of the period."""
    refused: dict[str, str] = {}
    for name in said.keys() - {field.code for field in kept.fields}:
        refused[name] = _("This is not counted.")
    for field in kept.fields:
        number = said.get(field.code)
        if number is None and field.required:
            refused[field.code] = _("How many? Write 0 where there is none.")
        elif number is not None and not 0 <= number <= MOST:
            refused[field.code] = _("A whole number from 0 to {most}.").format(most=MOST)
    counted = {name: number for name, number in said.items() if number is not None and name not in refused}
    for whole in dict.fromkeys(field.part_of for field in kept.fields if field.part_of):
        refused |= _too_many(kept, whole, counted, dwellings)
    return Judged(refused, _unusual(kept.fields, counted, dwellings))


def _too_many(kept: HeadCounts, whole: str, counted: Mapping[str, int], dwellings: int) -> dict[str, str]:
    names = {field.code: field.name.here() for field in kept.fields} | {DWELLINGS: _("dwellings of the register")}
    most = dwellings if whole == DWELLINGS else counted.get(whole)
    parts = [field for field in kept.fields if field.part_of == whole and field.code in counted]
    if most is None:
        return {}
    wrong = {
        part.code: _("{number} is more than “{whole}”: {most}.").format(
            number=counted[part.code], whole=names[whole], most=most
        )
        for part in parts
        if counted[part.code] > most
    }
    together = sum(counted[part.code] for part in parts)
    if not wrong and together > most:
        said = _(" and ").join(f"“{part.name.here()}”" for part in parts)
        wrong[parts[-1].code] = _("{parts} together are {number}, more than “{whole}”: {most}.").format(
            parts=said, number=together, whole=names[whole], most=most
        )
    return wrong


def _unusual(fields: Sequence[Counted], counted: Mapping[str, int], dwellings: int) -> dict[str, str]:
    return {
        field.code: _("{number} in {dwellings} dwellings. Is that right?").format(
            number=counted[field.code], dwellings=dwellings
        )
        for field in fields
        if field.at_most == DWELLINGS and counted.get(field.code, 0) > dwellings
    }
