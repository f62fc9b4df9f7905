"""Rows into a CSV or XLSX one after the other, so that a file may be longer than memory."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | float | Decimal | date | None
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
    def __init__(self, into: Path | IO[bytes]) -> None:
        self._into = into
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
        self._book.save(self._into)


def plain_text(cell: Cell) -> Cell:
    """Without the control signs that a spreadsheet cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell


@contextmanager
def xlsx(into: Path | IO[bytes]) -> Iterator[Sheet]:
    """A spreadsheet, written only when the block was left without an error."""
    sheet = _Xlsx(into)
    yield sheet
    sheet.close()


@contextmanager
def written(path: Path, form: str) -> Iterator[Sheet]:
    """A file of this form, "csv" or "xlsx"."""
    if form == "xlsx":
        with xlsx(path) as sheet:
            yield sheet
        return
    lines = _Csv(path)
    try:
        yield lines
    finally:
        lines.close()


class _Line:
    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A CSV line by line, for an answer that goes out as it is written."""
    writer = csv.writer(_Line())
    yield MARK
    for row in rows:
        yield writer.writerow([plain_text(cell) for cell in row])
