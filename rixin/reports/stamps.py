"""Whether any fact came in since: one look at the ends of the histories that all figures are counted from."""

from django.db.models import Max

from rixin.cases.models import CaseEvent
from rixin.catalogue.models import DefinitionVersion
from rixin.homes.models import HomeEvent
from rixin.records.models import RecordEvent
from rixin.registers.models import RegisterEvent
from rixin.rolls.models import RollEvent

Stamp = tuple[int, ...]
_HISTORIES = (CaseEvent, RecordEvent, RegisterEvent, HomeEvent, RollEvent, DefinitionVersion)


def of_facts() -> Stamp:
    """The same as long as no case, record, register entry or definition was added or changed: a look at each index."""
    return tuple(history.objects.aggregate(newest=Max("pk"))["newest"] or 0 for history in _HISTORIES)
