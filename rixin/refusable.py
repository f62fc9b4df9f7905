"""A form that says what was refused after it was read."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from rixin.refused import FieldsRefused


class RefusableForm(forms.Form):
    use_required_attribute = False
    SHOWN_AT: ClassVar[Mapping[str, str]] = {}
    """Names that a refusal may use -> the field of this form where it is shown."""

    def refuse(self, refused: FieldsRefused) -> None:
        """Puts the refusal where the person looks."""
        for name, reason in refused.fields.items():
            shown = self.SHOWN_AT.get(name, name)
            self.add_error(shown if shown in self.fields else None, str(reason))
