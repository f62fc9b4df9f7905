"""A form that says what was refused after it was read."""

from django import forms

from rixin.refused import FieldsRefused


class RefusableForm(forms.Form):
    use_required_attribute = False

    def refuse(self, refused: FieldsRefused) -> None:
        """Puts the refusal where the person looks."""
        for name, reason in refused.fields.items():
            self.add_error(name if name in self.fields else None, str(reason))
