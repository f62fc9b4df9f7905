"""What is brought, and what was typed and decided about rows."""

import re
from collections import defaultdict
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.registers.imports import headings
from rixin.sheet_lines import LARGEST_FILE, MOST_ROWS

_CELL = re.compile(r"^cell-(\d{1,6})-([a-zA-Z0-9_.-]{1,40})$")
_ROW = re.compile(r"^row-(\d{1,6})$")
_LONGEST_DECISION = 40


class TableForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX or CSV. It is looked at first; nothing is entered before you have seen it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than %(mb)d MB. Split it.") % {"mb": 20})
        return file


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
