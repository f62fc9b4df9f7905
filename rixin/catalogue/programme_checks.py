"""What must hold of a kind of project beyond its shape: (place in the file, reason) for each fault."""

from rixin.catalogue.checks import Found
from rixin.catalogue.programme_schema import ProjectKind
from rixin.catalogue.work_checks import Known


def programme_faults(_kept: ProjectKind, _known: Known) -> Found:
    yield from ()
