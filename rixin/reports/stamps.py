"""Whether any fact came in since: one look at the ends of the histories that all figures are counted from."""

from django.db import connection

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

    One statement that looks at the end of each index.
    """
    ends = (f"(SELECT MAX(id) FROM {history._meta.db_table})" for history in _HISTORIES)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(ends))
        return tuple(newest or 0 for newest in cursor.fetchone())
