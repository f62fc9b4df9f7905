"""What was typed and decided about the rows of a table."""

import re
from collections import defaultdict

from django.http import QueryDict

from rixin.registers.imports import headings
from rixin.sheet_lines import MOST_ROWS

_CELL = re.compile(r"^cell-(\d{1,6})-([a-zA-Z0-9_.-]{1,40})$")
_ROW = re.compile(r"^row-(\d{1,6})$")
_LONGEST_DECISION = 40


def said(data: QueryDict) -> tuple[dict[int, dict[str, str]], dict[int, str]]:
    """Cells typed anew and decisions, by row. What names no row or no column is passed over."""
    mended: dict[int, dict[str, str]] = defaultdict(dict)
    decided: dict[int, str] = {}
    for name, typed in data.items():
        if (cell := _CELL.match(name)) and headings.is_known(cell[2]) and int(cell[1]) <= MOST_ROWS:
            mended[int(cell[1])][cell[2]] = str(typed)
        elif (row := _ROW.match(name)) and int(row[1]) <= MOST_ROWS:
            decided[int(row[1])] = str(typed)[:_LONGEST_DECISION]
    return dict(mended), decided
