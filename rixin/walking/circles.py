"""The circles of the installation: those that the catalogue writes out, and each kind of facility with a walk."""

from collections.abc import Mapping

from rixin.catalogue import versions
from rixin.catalogue.circle_schema import Circle
from rixin.catalogue.facility_schema import FacilityKind


def known() -> Mapping[str, Circle]:
    """By code, those first that are written out."""
    work = versions.work()
    of_kinds = {code: _of(kind) for code, kind in work.facilities.items() if kind.walk is not None}
    return {**work.circles, **of_kinds}


def _of(kind: FacilityKind) -> Circle:
    return Circle(
        code=kind.code,
        name=kind.name,
        meaning=kind.meaning,
        unit=kind.unit,
        kinds=[kind.code],
        minutes=kind.walk or 1,
    )
