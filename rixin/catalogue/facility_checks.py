"""What must hold of facilities' definitions beyond their shape: (place in the file, reason) for each fault."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.facility_schema import FacilityKind, FacilityLayout, LayoutRule
from rixin.catalogue.faults import Loc
from rixin.catalogue.register_checks import twice
from rixin.catalogue.work_checks import Known


def facility_faults(kind: FacilityKind, known: Known) -> Found:
    if kind.group not in known.facility_groups:
        yield ("group",), _("there is no group of facilities “{code}”").format(code=kind.group)
    yield from twice([level.code for level in kind.levels], "levels")


def layout_faults(layout: FacilityLayout, known: Known) -> Found:
    for nth, rule in enumerate(layout.rules):
        for loc, reason in _rule_faults(rule, known):
            yield ("rules", nth, *loc), reason


def _rule_faults(rule: LayoutRule, known: Known) -> Iterator[tuple[Loc, str]]:
    levels: set[str] = set()
    for nth, code in enumerate(rule.kinds):
        kind = known.facilities.get(code)
        if kind is None:
            yield ("kinds", nth), _("there is no kind of facility “{code}”").format(code=code)
        elif code in rule.kinds[:nth]:
            yield ("kinds", nth), _("the code “{code}” is there twice").format(code=code)
        else:
            levels |= {level.code for level in kind.levels}
    for nth, code in enumerate(rule.levels):
        if code not in levels:
            yield ("levels", nth), _("none of these kinds has a level “{code}”").format(code=code)
