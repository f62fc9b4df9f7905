"""The lines of a table as its file has them, with merged cells filled in. Pure but for the language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from rixin import sheets
from rixin.sheets import Block, FileFault, Row, as_text, plain_heading, without_guard
from rixin.texts import cleaned

MOST_ROWS = 20_000
LARGEST_FILE = 20 * 1024 * 1024
_SUMS = {"合计", "总计", "小计", "共计", "累计", "本页合计", "全年合计", "total", "sum", "subtotal", "grandtotal"}
_LONGEST_SUM = 20
_SUM_SAID = re.compile(r"^(?:合计|总计|小计|共计|累计)[:：]?\s*[\d,，.]+\s*\w{0,3}$")
"""A sum in one cell with its number, such as 合计：16家."""
_NOTE = re.compile(
    r"^(?:注|备注|说明|填报人|填表人|制表人|制表|审核人?|复核人?|单位负责人|负责人|联系电话|填报日期|制表日期|note|remarks?|signed)\s*[:：]"
)


@dataclass(frozen=True)
class Line:
    """`number`: as an editor counts, from 1. `shared`: columns whose one cell was merged over several lines."""

    number: int
    cells: Row
    shared: frozenset[int] = frozenset()

    def cell(self, column: int) -> Any:
        return self.cells[column] if column < len(self.cells) else None

    def words(self) -> list[str]:
        """What stands in the line, from left to right."""
        return [text for cell in self.cells if (text := as_text(cell))]


def read(file: BinaryIO, filename: str) -> list[Line]:
    """The lines in which anything stands. Raises FileFault."""
    file.seek(0, 2)
    if file.tell() > LARGEST_FILE:
        raise FileFault(_("The file is larger than %(mb)d MB. Split it, for example by year.") % {"mb": 20})
    file.seek(0)
    found = [
        Line(number, [_plain(cell) for cell in row])
        for number, row in enumerate(islice(sheets.rows(file, filename), MOST_ROWS + 1), start=1)
    ]
    if len(found) > MOST_ROWS:
        raise FileFault(_("The table has more than %(most)d rows. Split it.") % {"most": MOST_ROWS})
    file.seek(0)
    lines = [line for line in filled(found, sheets.merged(file, filename)) if any(line.words())]
    if not lines:
        raise FileFault(_("The file is empty."))
    return lines


def filled(lines: Sequence[Line], blocks: Iterable[Block]) -> list[Line]:
    """The lines with each cell that was merged downwards repeated; a line that has nothing else stays blank."""
    shared: dict[int, dict[int, Any]] = {}
    for block in blocks:
        (top, column), (bottom, _right) = block.first, block.last
        if top == bottom or bottom >= len(lines):
            continue
        for at in range(top, bottom + 1):
            shared.setdefault(at, {})[column] = lines[top].cell(column)
    return [_with(line, shared[at]) if at in shared and line.words() else line for at, line in enumerate(lines)]


def _with(line: Line, values: dict[int, Any]) -> Line:
    cells = [*line.cells, *[""] * (max(values) + 1 - len(line.cells))]
    for column, value in values.items():
        cells[column] = value
    return Line(line.number, cells, frozenset(values))


def _plain(cell: Any) -> Any:
    return without_guard(cleaned(cell).strip()) if isinstance(cell, str) else cell


def is_sum(line: Line) -> bool:
    words = [word for word in line.words() if len(word) <= _LONGEST_SUM]
    return any(plain_heading(word) in _SUMS or _SUM_SAID.match(word) for word in words)


def is_note(line: Line) -> bool:
    return bool(_NOTE.match(line.words()[0].lower()))
