"""Rows into a CSV or XLSX one after the other, so that a file may be longer than memory."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | float | Decimal | date | None
Format = Literal["csv", "xlsx"]
MOST_XLSX_ROWS = 1_048_575
"""What a sheet holds, without its heading."""
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MARK = "\ufeff"
"""At the start of a CSV it lets spreadsheets read Chinese rightly."""


class Sheet(Protocol):
    def row(self, cells: list[Cell]) -> None: ...


class TooLong(Exception):
    """More rows than the format holds."""


class _Csv:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)

    def row(self, cells: list[Cell]) -> None:
        self._writer.writerow([plain_text(cell) for cell in cells])

    def close(self) -> None:
        self._file.close()


class _Xlsx:
    def __init__(self, path: Path) -> None:
        self._path = path
        # Write-only: rows go to a temporary file as they come, not to memory.
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet()
        self._rows = 0

    def row(self, cells: list[Cell]) -> None:
        if self._rows > MOST_XLSX_ROWS:
            raise TooLong
        self._sheet.append([plain_text(cell) for cell in cells])
        self._rows += 1

    def close(self) -> None:
        self._book.save(self._path)


def plain_text(cell: Cell) -> Cell:
    """Without the control signs that a spreadsheet cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell


@contextmanager
def written(path: Path, form: str) -> Iterator[Sheet]:
    """A file of this form, "csv" or "xlsx", whole only when the block was left without an error."""
    if form == "csv":
        lines = _Csv(path)
        try:
            yield lines
        finally:
            lines.close()
    else:
        sheet = _Xlsx(path)
        yield sheet
        sheet.close()
