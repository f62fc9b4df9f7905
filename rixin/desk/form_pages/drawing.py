"""A filled form as rows of a page's table: merged cells, what opens, what is typed, what is marked and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from rixin.catalogue.form_sheet import Block, Place, Sheet, TemplateCell, read
from rixin.desk.form_pages.asking import TYPED
from rixin.metrics import wording
from rixin.reports.forms.growth import Growth
from rixin.reports.forms.standing import Standing
from rixin.reports.forms.table import Cell, FilledSheet

Mark = Literal["", "revised", "other", "missing"]
_EMS_PER_SIGN = 0.36


@dataclass(frozen=True)
class Box:
    """One cell of the page. `key` opens its source; `mark` says what is to be seen of it at once."""

    text: str = ""
    tall: int = 1
    wide: int = 1
    look: str = ""
    key: str = ""
    mark: Mark = ""
    told: str = ""
    """Why it is marked, in words."""
    field: str = ""
    """The name of the field in which it is typed, and what stands there."""
    label: str = ""
    lines: int = 1
    number: bool = False
    needed: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Drawn:
    """`widths` of the columns, in hundredths of the whole; `least` of the whole, in ems: narrower, nobody reads it."""

    title: str
    widths: list[int]
    least: int
    rows: list[list[Box]]


@dataclass(frozen=True)
class Said:
    """What a page says of cells beside the form itself, by their keys."""

    other: Mapping[str, str] = field(default_factory=dict)
    """Which would be other today, and how."""
    typing: bool = False
    """Whether blanks can be typed into."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed and refused."""
    faults: Mapping[str, str] = field(default_factory=dict)


def drawn(standing: Standing, said: Said) -> list[Drawn]:
    sheets = zip(read(standing.version.content), standing.table.sheets, strict=True)
    return [_Drawing(sheet, filled, standing, said).drawn() for sheet, filled in sheets]


class _Drawing:
    def __init__(self, sheet: Sheet, filled: FilledSheet, standing: Standing, said: Said) -> None:
        self._sheet, self._filled, self._standing, self._said = sheet, filled, standing, said
        growth = Growth(filled)
        self._blocks = {(one.top, one.left): one for block in sheet.merged.values() for one in growth.blocks(block)}
        self._covered = {place for block in self._blocks.values() for place in _inside(block)}

    def drawn(self) -> Drawn:
        widths = [self._sheet.widths[line.of - 1] for line in self._filled.columns]
        in_all = sum(widths)
        shares = [round(100 * width / in_all) for width in widths]
        return Drawn(self._sheet.title, shares, round(in_all * _EMS_PER_SIGN), self._rows())

    def _rows(self) -> list[list[Box]]:
        found = [
            [
                self._box(row, column)
                for column in range(1, len(self._filled.columns) + 1)
                if (row, column) not in self._covered
            ]
            for row in range(1, len(self._filled.rows) + 1)
        ]
        return [row for row in found if row]

    def _box(self, row: int, column: int) -> Box:
        block = self._blocks.get((row, column), Block(row, column, row, column))
        tall, wide = block.bottom - row + 1, block.right - column + 1
        of = (self._filled.rows[row - 1].of, self._filled.columns[column - 1].of)
        template, cell = self._sheet.cells.get(of), self._filled.cells.get((row, column))
        boxed = "boxed " if of in self._sheet.boxed else ""
        if cell is None:
            text = str(template.value) if template is not None and not template.text.marked else ""
            return Box(text, tall, wide, boxed + _look(template, wide))
        if cell.asks and self._said.typing:
            return self._blank(cell, (row, column), tall, wide, f"{boxed}blank")
        # A column of numbers stays one where one of them is missing.
        number = isinstance(cell.value, Decimal) or (template is not None and template.text.number is not None)
        look = "number" if number and cell.kind != "words" else _look(template, wide)
        mark, told = self._mark(cell)
        return Box(cell.shown, tall, wide, boxed + look, cell.key if cell.compared else "", mark, told)

    def _mark(self, cell: Cell) -> tuple[Mark, str]:
        if cell.key in self._said.other:
            return "other", self._said.other[cell.key]
        if cell.key in self._standing.changes:
            then = self._standing.changes[cell.key].then
            return "revised", then.shown or wording.NONE if then is not None else ""
        if cell.kind == "figure" and cell.value is None:
            return "missing", "; ".join(cell.remarks)
        return "", ""

    def _blank(self, cell: Cell, place: Place, tall: int, wide: int, look: str) -> Box:
        return Box(
            self._said.typed.get(cell.key, cell.shown),
            tall,
            wide,
            look,
            field=f"{TYPED}{cell.key}",
            label=" ".join([cell.label, *self._made_for(place)]),
            lines=3 if wide > 3 and cell.asks == "text" else 1,
            number=cell.asks == "number",
            needed=cell.needed,
            fault=self._said.faults.get(cell.key, ""),
        )

    def _made_for(self, place: Place) -> list[str]:
        """The area of a row that is repeated for each, so that its blanks can be told apart."""
        row, column = place
        keys = [self._filled.rows[row - 1].key, self._filled.columns[column - 1].key]
        return [wording.area(key) if "/" in key else key for key in keys if key]


def _inside(block: Block) -> list[Place]:
    """The cells that a merged block covers beside its first one."""
    places = (
        (row, column) for row in range(block.top, block.bottom + 1) for column in range(block.left, block.right + 1)
    )
    return [place for place in places if place != (block.top, block.left)]


def _look(cell: TemplateCell | None, wide: int) -> str:
    if cell is None:
        return ""
    if cell.bold:
        return "title" if cell.row == 1 else "head"
    return "note" if wide > 3 else "centred" if cell.align == "center" else ""
