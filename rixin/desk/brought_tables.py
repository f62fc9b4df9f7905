"""Tables that are brought: the form that takes one, and its columns as they are read."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.sheet_lines import LARGEST_FILE


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


@dataclass(frozen=True)
class Column:
    nth: int
    heading: str
    samples: str
    held: str
    """Name of what it holds; "" for nothing."""
