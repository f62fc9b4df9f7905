"""Whether any fact came in since: one look at the ends of the histories that all figures are counted from."""

from django.db.models import Max

from rixin.activities.models import ActivityEvent
from rixin.cases.models import CaseEvent
from rixin.catalogue.models import DefinitionVersion
from rixin.choosing.models import ChoosingEvent, Support
from rixin.facilities.models import FacilityEvent
from rixin.goals.models import GoalEvent
from rixin.homes.models import HomeEvent
from rixin.programmes.models import ProjectEvent
from rixin.records.models import RecordEvent
from rixin.registers.models import RegisterEvent
from rixin.rolls.models import RollEvent
from rixin.walking.models import ReachEvent

Stamp = tuple[int, ...]
_HISTORIES = (
    CaseEvent,
    RecordEvent,
    RegisterEvent,
    FacilityEvent,
    GoalEvent,
    ReachEvent,
    ActivityEvent,
    ProjectEvent,
    ChoosingEvent,
    Support,
    HomeEvent,
    RollEvent,
    DefinitionVersion,
)


def of_facts() -> Stamp:
    """The same as long as no case, record, register entry, review or definition was added or changed.

    A look at each index.
    """
    return tuple(history.objects.aggregate(newest=Max("pk"))["newest"] or 0 for history in _HISTORIES)
