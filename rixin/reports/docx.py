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
    _speak(normal.element.get_or_add_rPr())
    # 22 lines; that 28 signs go on each is seen to sign by sign, since programs differ over grids of signs.
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
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
    if size != Pt(16):
        _off_the_grid(paragraph)
    if indented:
        form.first_line_indent = _INDENT
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in texts:
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.font.bold = LATIN, size, bold
        run.font.color.rgb = None
        _black(run)
        _east_asian(run._element.get_or_add_rPr(), font)
        if indented:
            _closer(run)


def _closer(run: Any) -> None:
    """28 signs of 16 pt on the 156 mm of the type area: each a quarter of a point closer to the next."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    run._element.get_or_add_rPr().append(spacing)


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


def _speak(properties: Any) -> None:
    """By these languages fonts are chosen where those named are missing. Digits of a Chinese text stay together only
    where they are not called Chinese.
    """
    spoken_in = OxmlElement("w:lang")
    spoken_in.set(qn("w:val"), "en-US")
    spoken_in.set(qn("w:eastAsia"), "zh-CN")
    properties.append(spoken_in)


def _chart(made: Any, block: ChartBlock) -> None:
    if block.drawing is None:
        return
    picture = charts.png_of(block.drawing)
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    _off_the_grid(paragraph)
    paragraph.add_run().add_picture(BytesIO(picture), width=Mm(145))
    _line(made.add_paragraph(), [block.caption], BODY, Pt(12), centred=True)


def _off_the_grid(paragraph: Paragraph) -> None:
    """Not some whole lines of the page high: a picture, and what is set in another size than the text."""
    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(free)


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
            _line(paragraph, [text], HEI if nth == 0 else BODY, Pt(12))
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
