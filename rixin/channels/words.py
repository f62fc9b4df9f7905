"""What people type, made harmless without changing what it says."""

import re
from typing import Any

from django import forms

from rixin.texts import cleaned

_ENDS_SENTENCE = re.compile(r"[。！？!?；;\n]")
_TITLE = 40


def title_of(text: str) -> str:
    """The first sentence, cut where it is long: what the desk's list shows."""
    first = next((part.strip() for part in _ENDS_SENTENCE.split(text) if part.strip()), text.strip())
    return first if len(first) <= _TITLE else f"{first[: _TITLE - 1]}…"


class WordsField(forms.CharField):
    """Text as a person typed it. Unseen signs are taken out before anything is checked."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(cleaned(value) if isinstance(value, str) else value))
