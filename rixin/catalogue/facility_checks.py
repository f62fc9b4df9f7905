"""What must hold of a kind of facility beyond its shape: (place in the file, reason) for each fault."""

from rixin.catalogue.checks import Found
from rixin.catalogue.facility_schema import FacilityKind
from rixin.catalogue.work_checks import Known


def facility_faults(_kept: FacilityKind, _known: Known) -> Found:
    yield from ()
