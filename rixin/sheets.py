"""Tables that people send or fetch: CSV, also gzipped, and spreadsheets. One reading for every import of the house."""

import codecs
import csv
import gzip
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, BinaryIO, TypeVar

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet, CalamineWorkbook

Row = list[Any]
T = TypeVar("T")
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods")
_GZIP, _ZIP = b"\x1f\x8b", b"PK"
_CHUNK = 1 << 16
_LARGEST_UNPACKED = 400 * 1024 * 1024
"""Bytes. A spreadsheet is packed: a small file may be far larger than the memory that reads it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BRACKETS = str.maketrans("[【〔", "(((")
_AROUND_A_HEADING = "*:\ufeff"
Cell = tuple[int, int]
"""Row and column, from 0."""


class FileFault(Exception):
    """The file as a whole cannot be used; `message` in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unreadable(ValueError):
    """A cell, or what was typed, is not what its column asks for; `message` in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one row (a line of a table, a feature of a map, both counted as an editor shows them)."""

    row: int
    message: str
    column: str = ""

    def __str__(self) -> str:
        if self.column:
            where = _("Row %(row)d, column %(column)s") % {"row": self.row, "column": self.column}
        else:
            where = _("Row %(row)d") % {"row": self.row}
        return _("%(where)s: %(message)s") % {"where": where, "message": self.message}


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that were merged into one, whose value stands in the first. Both corners belong to it."""

    first: Cell
    last: Cell


def rows(file: BinaryIO, filename: str) -> Iterator[Row]:
    """All rows from the first line on, blank ones too, so that the nth is the one that an editor numbers n.

    A CSV is read as it goes, however long it is; a spreadsheet is held in memory. Raises FileFault, maybe only at the
    row where the file breaks off.
    """
    if _is_spreadsheet(file, filename):
        yield from _of_spreadsheet(file)
        return
    start = file.read(2)
    file.seek(0)
    if start == _GZIP:
        with gzip.open(file) as unpacked:
            yield from _of_csv(unpacked)  # type: ignore[arg-type]
    else:
        yield from _of_csv(file)


def merged(file: BinaryIO, filename: str) -> list[Block]:
    """The merged cells of a spreadsheet; none of a CSV, which has lost them. Raises FileFault."""
    if not _is_spreadsheet(file, filename):
        return []
    return [Block(first, last) for first, last in _sheet(file).merged_cell_ranges or []]


def plain_heading(cell: Any) -> str:
    """A heading in one spelling, without blanks and without what is in brackets, such as a unit or an example."""
    written = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).translate(_BRACKETS).lower()
    return "".join(written.partition("(")[0].replace("_", " ").split()).strip(_AROUND_A_HEADING)


def as_text(given: Any) -> str:
    """A cell as it is read on the screen: 3.0 is 3, and a day without a time is a day. "" for an empty one."""
    if given is None:
        return ""
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    if isinstance(given, datetime):
        return given.date().isoformat() if given.time() == time() else given.isoformat(" ", "minutes")
    return str(given).strip()


def harmless(cell: T) -> T | str:
    """A cell that a spreadsheet would run as a formula gets the sign by which it stays text."""
    # What begins with such a sign already gets one more, so that taking it back gives what was there.
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA) else cell


def without_guard(text: str) -> str:
    """Takes back what `harmless` added."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def _is_spreadsheet(file: BinaryIO, filename: str) -> bool:
    start = file.read(2)
    file.seek(0)
    return start == _ZIP or filename.lower().endswith(_SPREADSHEETS)


def _of_spreadsheet(file: BinaryIO) -> Iterator[Row]:
    sheet = _sheet(file)
    # Rows come from the first one on, cells only from the first column in which anything stands.
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield [*left, *row]


def _sheet(file: BinaryIO) -> CalamineSheet:
    """The first sheet. Raises FileFault."""
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > _LARGEST_UNPACKED:
                raise FileFault(_("The spreadsheet is too large. Split it, or save it as CSV."))
        file.seek(0)
        return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except FileFault:
        raise
    except Exception as fault:  # calamine raises one class per file format, and panics on some damaged files
        raise FileFault(_("The file cannot be read as a spreadsheet. Save it anew as XLSX or CSV.")) from fault


def _of_csv(file: BinaryIO) -> Iterator[Row]:
    """In UTF-8, or in GB 18030 as Chinese Excel saves it; comma, semicolon or tab."""
    try:
        written = io.TextIOWrapper(file, encoding=_encoding(file), newline="")
    except (EOFError, OSError, zlib.error) as fault:
        raise FileFault(_("The file is damaged or cut off. Fetch or save it anew.")) from fault
    try:
        mark = _mark(written)
        written.seek(0)
        yield from csv.reader(written, delimiter=mark)
    except csv.Error:
        raise FileFault(_("The file is no proper CSV. Save it anew as XLSX or CSV.")) from None
    finally:
        written.detach()


def _encoding(file: BinaryIO) -> str:
    """Told by reading the file once: what decodes as UTF-8 to its end is UTF-8. Leaves the file at its start."""
    for encoding in ("utf-8-sig", "gb18030"):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    raise FileFault(_("The file is no text. Save it anew as XLSX or CSV."))
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return encoding
    raise FileFault(_("The file is neither UTF-8 nor GB 18030 text. Save it anew as XLSX or CSV."))


def _mark(written: io.TextIOWrapper) -> str:
    """What parts the cells of the first line that has several. A title may stand above it."""
    for _nth in range(10):
        head = written.readline(_CHUNK)
        mark = max(",;\t", key=head.count)
        if mark in head:
            return mark
    return ","
