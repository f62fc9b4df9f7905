"""A report as DOCX in the layout of official documents."""

from io import BytesIO
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from rixin.official import docx as official
from rixin.official.docx import BODY, HEI
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


def write(document: Document) -> bytes:
    made = official.begin(document.title_lines)
    made.add_paragraph()
    with spoken(document.language):
        for block in document.blocks:
            _put(made, block)
    made.core_properties.title = document.title
    return official.written(made)


def _put(made: Any, block: Block) -> None:
    if isinstance(block, HeadingBlock):
        official.write_heading(made, block.level, [run.text for run in block.runs])
    elif isinstance(block, ParagraphBlock):
        official.write_text(made, [run.text for run in block.runs])
    elif isinstance(block, ProblemsBlock):
        for text in problem_texts(block):
            official.write_text(made, [text])
    elif isinstance(block, ChartBlock):
        _chart(made, block)
    elif isinstance(block, TableBlock):
        _table(made, table_of(block))
    elif isinstance(block, GoalsBlock) and block.goals:
        _table(made, goals_table(block))
    elif isinstance(block, GoalsBlock):
        official.write_text(made, [block.nothing])


def _chart(made: Any, block: ChartBlock) -> None:
    if block.drawing is None:
        return
    picture = charts.png_of(block.drawing)
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    official.off_the_grid(paragraph)
    paragraph.add_run().add_picture(BytesIO(picture), width=Mm(145))
    official.write_line(made.add_paragraph(), [block.caption], BODY, Pt(12), centred=True)


def _table(made: Any, cells: Cells) -> None:
    table = made.add_table(rows=0, cols=len(cells.head))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(cells)
    for nth, row in enumerate([cells.head, *cells.rows]):
        line = table.add_row()
        _keep_whole(line, heading=nth == 0)
        for cell, text, number, width in zip(line.cells, row, cells.numbers, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            official.write_line(paragraph, [text], HEI if nth == 0 else BODY, Pt(12))
            paragraph.paragraph_format.line_spacing = Pt(20)
            if number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    after = made.add_paragraph().paragraph_format
    after.line_spacing_rule, after.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(10)


def _widths(cells: Cells) -> list[Any]:
    """The type area of 156 mm: the first column has what the others leave of it, as long as their longest texts are."""
    columns = list(zip(cells.head, *cells.rows, strict=True))
    others = [
        min(max(map(_breadth, column)), _WIDEST if number else _WIDEST_WORDS) * 6.5 + 20
        for column, number in zip(columns[1:], cells.numbers[1:], strict=True)
    ]
    return [Pt(442 - sum(others)), *map(Pt, others)]


_WIDEST, _WIDEST_WORDS = 24, 10
"""Halves of a sign of 12 pt, in columns of numbers and of words that are not the first."""


def _breadth(text: str) -> int:
    """In halves of a sign: letters and digits have one, Chinese signs two."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def _keep_whole(row: Any, *, heading: bool) -> None:
    """A row is not broken between two pages; the first one stands on each."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if heading else [])):
        properties.append(OxmlElement(name))
