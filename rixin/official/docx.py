"""Pages of DOCX in the layout of official documents, for whatever is written on them.

Source: GB/T 9704-2012: A4, margins 37 mm above, 35 below, 28 left, 26 right; text in FangSong 3 (16 pt), 22 lines of
28 signs; headings in Hei, Kai and FangSong; title in Xiaobiaosong 2 (22 pt); page number 4 (14 pt) between dashes, on
the outer side.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

TITLE, BODY, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
_LINE = Pt(28.95)
"""22 lines on the 225 mm of the type area."""
_INDENT = Pt(32)
"""Two signs of 16 pt."""
_HEADINGS = {1: (HEI, False), 2: (KAI, False), 3: (BODY, True)}


def begin(title_lines: Sequence[str]) -> Any:
    """A document with its pages laid out and its title written."""
    made = Docx()
    _lay_out(made)
    for line in title_lines:
        write_line(made.add_paragraph(), [line], TITLE, Pt(22), centred=True)
    made.core_properties.title = "".join(title_lines)
    made.core_properties.author = ""
    return made


def written(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def write_heading(made: Any, level: int, texts: Iterable[str]) -> None:
    font, bold = _HEADINGS[level]
    write_line(made.add_paragraph(style=f"Heading {level}"), texts, font, Pt(16), bold=bold, indented=True)


def write_text(made: Any, texts: Iterable[str]) -> None:
    write_line(made.add_paragraph(), texts, BODY, Pt(16), indented=True)


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


def write_line(
    paragraph: Paragraph,
    texts: Iterable[str],
    font: str,
    size: Any,
    *,
    bold: bool = False,
    indented: bool = False,
    centred: bool = False,
) -> None:
    """`size` in points. `indented`: a paragraph of the running text, 28 signs to a line."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE if size <= Pt(16) else Pt(36)
    if size != Pt(16):
        off_the_grid(paragraph)
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


def off_the_grid(paragraph: Paragraph) -> None:
    """Not some whole lines of the page high: a picture, and what is set in another size than the text."""
    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(free)
