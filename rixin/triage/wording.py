"""How a message is made comparable: one width, one case, no blanks. Pure."""

import re
import unicodedata

# Blanks between Chinese characters mean nothing, invisible characters come along when text is copied, and half of a
# pair of code units is no character at all: what reads UTF-8 would fall over it.
_NOTHING = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufe0e\ufe0f\ud800-\udfff]+")
_SIGNS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Compatibility forms folded (full-width letters become half-width), lower case, without any blank."""
    if text.isascii():
        return _NOTHING.sub("", text).lower()
    folded = _NOTHING.sub("", unicodedata.normalize("NFKC", text).casefold())
    return folded if unicodedata.is_normalized("NFKC", folded) else unicodedata.normalize("NFKC", folded)


def bare(text: str) -> str:
    """`plain` without punctuation: letters, digits and Chinese characters only."""
    return _SIGNS.sub("", plain(text))
