"""Tables that people send or fetch: CSV, also gzipped, and spreadsheets. One reading for every import of the house."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeVar

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

Row = list[Any]
T = TypeVar("T")
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods")
_GZIP, _ZIP = b"\x1f\x8b", b"PK"
_CHUNK = 1 << 16
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class FileFault(Exception):
    """The file as a whole cannot be used; `message` in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def rows(file: BinaryIO, filename: str) -> Iterator[Row]:
    """All rows from the first line on, blank ones too, so that the nth is the one that an editor numbers n.

    A CSV is read as it goes, however long it is; a spreadsheet is held in memory. Raises FileFault, maybe only at the
    row where the file breaks off.
    """
    start = file.read(2)
    file.seek(0)
    if start == _ZIP or filename.lower().endswith(_SPREADSHEETS):
        yield from _of_spreadsheet(file)
    elif start == _GZIP:
        with gzip.open(file) as unpacked:
            yield from _of_csv(unpacked)  # type: ignore[arg-type]
    else:
        yield from _of_csv(file)


def harmless(cell: T) -> T | str:
    """A cell that a spreadsheet would run as a formula gets the sign by which it stays text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def without_guard(text: str) -> str:
    """Takes back what `harmless` added."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _of_spreadsheet(file: BinaryIO) -> Iterator[Row]:
    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        above = sheet.start[0] if sheet.start else 0
        found = sheet.iter_rows()
    except Exception as fault:  # calamine raises one class per file format, and panics on some damaged files
        raise FileFault(_("The file cannot be read as a spreadsheet. Save it anew as XLSX or CSV.")) from fault
    yield from ([] for _nth in range(above))
    yield from found


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
