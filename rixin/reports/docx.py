"""A report as DOCX in the layout of official documents.

Source: GB/T 9704-2012: A4, margins 37 mm above, 35 below, 28 left, 26 right; text in FangSong 3 (16 pt), 22 lines of
28 signs; headings in Hei, Kai and FangSong; title in Xiaobiaosong 2 (22 pt); page number 4 (14 pt) between dashes, on
the outer side.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

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

TITLE, BODY, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
_LINE = Pt(28.95)
"""22 lines on the 225 mm of the type area."""
_INDENT = Pt(32)
"""Two signs of 16 pt."""
_HEADINGS = {1: (HEI, False), 2: (KAI, False), 3: (BODY, True)}


def write(document: Document) -> bytes:
    made = Docx()
    _lay_out(made)
    for line in document.title_lines:
        _line(made.add_paragraph(), [line], TITLE, Pt(22), centred=True)
    made.add_paragraph()
    with spoken(document.language):
        for block in document.blocks:
            _put(made, block)
    made.core_properties.title = document.title
    made.core_properties.author = ""
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _put(made: Any, block: Block) -> None:
    if isinstance(block, HeadingBlock):
        font, bold = _HEADINGS[block.level]
        paragraph = made.add_paragraph(style=f"Heading {block.level}")
        _line(paragraph, [run.text for run in block.runs], font, Pt(16), bold=bold, indented=True)
    elif isinstance(block, ParagraphBlock):
        _line(made.add_paragraph(), [run.text for run in block.runs], BODY, Pt(16), indented=True)
    elif isinstance(block, ProblemsBlock):
        for text in problem_texts(block):
            _line(made.add_paragraph(), [text], BODY, Pt(16), indented=True)
    elif isinstance(block, ChartBlock):
        _chart(made, block)
    elif isinstance(block, TableBlock):
        _table(made, table_of(block))
    elif isinstance(block, GoalsBlock) and block.goals:
        _table(made, goals_table(block))
    elif isinstance(block, GoalsBlock):
        _line(made.add_paragraph(), [block.nothing], BODY, Pt(16), indented=True)


def _lay_out(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(27)
    made.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(16)
    _east_asian(normal.element.get_or_add_rPr(), BODY)
    # The line grid of official documents: 22 lines of 28 signs.
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), "579")
    section._sectPr.append(grid)


def _page_number(footer: Any, side: Any) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for part in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if part == "PAGE" else part)
        run.font.size = Pt(14)
        _east_asian(run._element.get_or_add_rPr(), "宋体")
        if part == "PAGE":
            for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
                run._element.append(_field(kind, text))


def _field(kind: str | None, text: str | None) -> Any:
    if text is not None:
        code = OxmlElement("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = text
        return code
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind or "")
    return mark


def _line(
    paragraph: Paragraph,
    texts: Iterable[str],
    font: str,
    size: Any,
    *,
    bold: bool = False,
    indented: bool = False,
    centred: bool = False,
) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE if size <= Pt(16) else Pt(36)
    if indented:
        form.first_line_indent = _INDENT
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in texts:
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.font.bold = LATIN, size, bold
        run.font.color.rgb = None
        _black(run)
        _east_asian(run._element.get_or_add_rPr(), font)


def _black(run: Any) -> None:
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), "000000")
    run._element.get_or_add_rPr().append(colour)


def _east_asian(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.set(qn("w:eastAsia"), font)


def _chart(made: Any, block: ChartBlock) -> None:
    if block.drawing is None:
        return
    picture = charts.png_of(block.drawing)
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run().add_picture(BytesIO(picture), width=Mm(145))
    _line(made.add_paragraph(), [block.caption], BODY, Pt(12), centred=True)


def _table(made: Any, cells: Cells) -> None:
    table = made.add_table(rows=0, cols=len(cells.head))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for nth, row in enumerate([cells.head, *cells.rows]):
        for cell, text, number in zip(table.add_row().cells, row, cells.numbers, strict=True):
            paragraph = cell.paragraphs[0]
            _line(paragraph, [text], HEI if nth == 0 else BODY, Pt(12))
            paragraph.paragraph_format.line_spacing = Pt(20)
            if number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()
