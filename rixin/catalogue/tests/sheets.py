"""Spreadsheets for tests of forms, made in memory from plain rows."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Dress = Callable[[Workbook], object]


def workbook(*sheets: list[list[Any]], titles: tuple[str, ...] = (), dress: Dress | None = None) -> bytes:
    """A workbook with one sheet for each list of rows, called 表1, 表2 … `dress` changes it before it is saved."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for nth, rows in enumerate(sheets, start=1):
        page = book.create_sheet(titles[nth - 1] if titles else f"表{nth}")
        for row in rows:
            page.append(row)
    if dress is not None:
        dress(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
