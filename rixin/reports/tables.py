"""The tables and lists of a report as plain texts, for the documents."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.reports.document import GoalsBlock, ProblemsBlock, TableBlock


@dataclass(frozen=True)
class Cells:
    """`numbers`: which columns hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]


def table_of(block: TableBlock) -> Cells:
    rows = tuple(tuple(cell.text for cell in row) for row in block.rows)
    return Cells(block.head, rows, (False, *(True for _cell in block.head[1:])))


def goals_table(block: GoalsBlock) -> Cells:
    rows = tuple((goal.name, goal.unit, goal.target, goal.now.text, goal.due, goal.state_name) for goal in block.goals)
    head = (_("Goal"), _("Unit"), _("Target"), _("Now"), _("By"), _("State"))
    return Cells(head, rows, (False, False, True, True, False, False))


def problem_texts(block: ProblemsBlock) -> list[str]:
    """Numbered; or what is said where there is nothing to propose."""
    texts = ["".join(run.text for run in runs) for runs in block.items]
    return [f"{nth}. {text}" for nth, text in enumerate(texts, start=1)] or [block.nothing]
