"""A form field for areas and money of the registers, as they are typed."""

from typing import Any

from django import forms

from rixin.registers.amounts import hundredths
from rixin.registers.journal import RegisterRefused


class HundredthsField(forms.CharField):
    """A number with at most two digits after the point; the value is in hundredths, None for nothing."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **given)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return hundredths(typed, "")
        except RegisterRefused as refused:
            raise forms.ValidationError(str(refused.message)) from None
