"""Tables that are fetched, as answers: written row after row, so that memory does not grow with them."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse

from rixin.sheet_writing import MIME, Cell, xlsx

MOST_XLSX = 100_000
"""Rows of a spreadsheet that is written while somebody waits."""


def xlsx_answer(rows: Iterable[list[Cell]], name: str) -> FileResponse:
    """The heading comes first. `name`: of the file, without its ending."""
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by the answer once it is sent
    with xlsx(file) as sheet:
        for row in rows:
            sheet.row(row)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=MIME["xlsx"])
