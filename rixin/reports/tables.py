"""The tables of a report as plain texts, for the documents."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.metrics import wording
from rixin.people import units
from rixin.reports.document import GoalsBlock, TableBlock
from rixin.reports.words import GOAL_STATES


@dataclass(frozen=True)
class Cells:
    """`numbers`: which columns hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]


def table_of(block: TableBlock) -> Cells:
    rows = tuple((wording.name_of(now.code), wording.shown(now), wording.shown(before)) for now, before in block.rows)
    return Cells((_("Figure"), _("This period"), _("A year before")), rows, (False, True, True))


def goals_table(block: GoalsBlock) -> Cells:
    rows = tuple(
        (
            progress.goal.name.here(),
            units.by_code(progress.goal.unit).name,
            ("" if progress.goal.least else "≤ ") + f"{progress.goal.target:f}",
            wording.shown(progress.figure),
            progress.due.isoformat(),
            str(GOAL_STATES[progress.state]),
        )
        for progress in block.goals
    )
    head = (_("Goal"), _("Unit"), _("Target"), _("Now"), _("By"), _("State"))
    return Cells(head, rows, (False, False, True, True, False, False))
