"""What must hold of head counts beyond their shape: (place in the file, reason) for each fault."""

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.head_count_schema import HeadCounts
from rixin.catalogue.limits import not_held
from rixin.catalogue.register_checks import twice
from rixin.catalogue.work_checks import Known

DWELLINGS = "dwellings"


def head_count_faults(kept: HeadCounts, known: Known) -> Found:
    codes = [one.code for one in kept.fields]
    yield from twice(codes, "fields")
    wholes = {one.code: one.part_of for one in kept.fields}
    for nth, one in enumerate(kept.fields):
        here = ("fields", nth)
        if one.code == DWELLINGS:
            yield (*here, "code"), _("“dwellings” is what the register has: choose another code")
        if one.unit not in known.measures:
            yield (*here, "unit"), _("there is no unit of measure “{code}”").format(code=one.unit)
        if one.part_of is not None and one.part_of not in (DWELLINGS, *codes):
            yield (*here, "part_of"), _("there is no field “{name}”").format(name=one.part_of)
        elif _is_part_of_itself(one.code, wholes):
            yield (*here, "part_of"), _("“{name}” would be a part of itself").format(name=one.code)
        for fault in not_held(one.code, one.name.zh, one.name.en):
            yield (*here, "code"), fault


def _is_part_of_itself(code: str, wholes: dict[str, str | None]) -> bool:
    seen, at = {code}, wholes.get(code)
    while at is not None and at not in seen:
        seen.add(at)
        at = wholes.get(at)
    return at == code
