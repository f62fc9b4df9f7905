"""What must hold of a kind of event beyond its shape: (place in the file, reason) for each fault."""

from rixin.catalogue.activity_schema import EventKind
from rixin.catalogue.checks import Found
from rixin.catalogue.work_checks import Known


def activity_faults(_kept: EventKind, _known: Known) -> Found:
    yield from ()
