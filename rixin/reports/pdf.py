"""A report as PDF in the layout of official documents, set by Typst."""

from pathlib import Path
from typing import Any

from rixin.official.pdf import typeset
from rixin.reports import charts
from rixin.reports.document import (
    Block,
    ChartBlock,
    Document,
    GoalsBlock,
    HeadingBlock,
    ParagraphBlock,
    ProblemsBlock,
    TableBlock,
)
from rixin.reports.tables import Cells, goals_table, problem_texts, table_of
from rixin.reports.words import spoken

_PAGE = Path(__file__).parent / "layout" / "report.typ"


def write(document: Document) -> bytes:
    with spoken(document.language):
        blocks = [_data(block) for block in document.blocks]
    given = {"title": document.title_lines, "language": document.language, "blocks": blocks}
    return typeset(_PAGE, "report", given)


def _data(block: Block) -> dict[str, Any]:
    if isinstance(block, HeadingBlock):
        return {"kind": "heading", "level": block.level, "text": "".join(run.text for run in block.runs)}
    if isinstance(block, ParagraphBlock):
        return {"kind": "paragraph", "text": "".join(run.text for run in block.runs)}
    if isinstance(block, ChartBlock):
        drawn = charts.svg_of(block.drawing) if block.drawing else ""
        return {"kind": "chart", "svg": drawn.replace('"currentColor"', '"#000"'), "caption": block.caption}
    if isinstance(block, ProblemsBlock):
        return {"kind": "problems", "texts": problem_texts(block)}
    if isinstance(block, TableBlock):
        return _table(table_of(block))
    if isinstance(block, GoalsBlock):
        return _table(goals_table(block)) if block.goals else {"kind": "paragraph", "text": block.nothing}
    raise TypeError(block)


def _table(cells: Cells) -> dict[str, Any]:
    return {"kind": "table", "head": cells.head, "rows": cells.rows, "numbers": cells.numbers}
