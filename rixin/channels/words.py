"""What people type, made harmless without changing what it says."""

import re
from typing import Any

from django import forms

# Control characters but line feed and tab, lone surrogates, and signs that turn the direction of text around.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;\n]")
_TITLE = 40


def cleaned(text: str) -> str:
    """`text` with plain line ends and without signs that nobody sees. Emoji and rare characters stay."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def title_of(text: str) -> str:
    """The first sentence, cut where it is long: what the desk's list shows."""
    first = next((part.strip() for part in _ENDS_SENTENCE.split(text) if part.strip()), text.strip())
    return first if len(first) <= _TITLE else f"{first[: _TITLE - 1]}…"


class WordsField(forms.CharField):
    """Text as a person typed it. Unseen signs are taken out before anything is checked."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(cleaned(value) if isinstance(value, str) else value))
