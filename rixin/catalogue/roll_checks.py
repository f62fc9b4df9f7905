"""What must hold of a service roll beyond its shape: (place in the file, reason) for each fault."""

from rixin.catalogue.checks import Found
from rixin.catalogue.roll_schema import Roll
from rixin.catalogue.work_checks import Known


def roll_faults(_kept: Roll, _known: Known) -> Found:
    yield from ()
