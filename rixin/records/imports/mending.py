"""The rows that could not be imported, as a table to be mended and imported again: only these, each with the reason."""

from pathlib import Path
from typing import IO

from rixin.catalogue.record_headings import columns
from rixin.catalogue.work_schema import RecordType
from rixin.records.imports.columns import ROW, WRONG
from rixin.records.imports.plan import Outcome, Plan
from rixin.sheet_writing import Cell, xlsx
from rixin.sheets import harmless


def write(plan: Plan, record: RecordType, into: Path | IO[bytes]) -> int:
    """Writes the bad rows as XLSX; answers how many.

    Columns whose meaning was chosen get the heading that is known by itself.
    """
    labels = {column.name: column.label.here() for column in columns(record)}
    found = plan.columns
    # A heading in two lines, or one that only this import knew, would not be understood again.
    names = [labels[found.at[nth]] if nth in found.at else name for nth, name in enumerate(found.headings)]
    bad = plan.of("bad")
    with xlsx(into) as sheet:
        sheet.row([harmless(name) for name in (*names, ROW.here(), WRONG.here())])
        for outcome in bad:
            sheet.row([*_cells(outcome, len(names)), outcome.line.number, _reasons(outcome)])
    return len(bad)


def _cells(outcome: Outcome, width: int) -> list[Cell]:
    cells = [harmless(outcome.line.cell(column)) for column in range(width)]
    return [cell if isinstance(cell, Cell) else str(cell) for cell in cells]


def _reasons(outcome: Outcome) -> str:
    return "；".join(
        f"{problem.column}：{problem.message}" if problem.column else problem.message for problem in outcome.problems
    )
