"""Names of enterprises as they are compared: the same company is written in many ways. Pure."""

import re

from rixin.places.wording import plain
from rixin.texts import cleaned

_NOT_COMPARED = re.compile(r"[\s()（）\[\]【】“”\"'‘’·・,，.。、\-]+")


def tidy(name: str) -> str:
    """As it is kept and shown: without blanks at its ends or in a row."""
    return re.sub(r"\s+", " ", cleaned(name)).strip()


def plain_name(name: str) -> str:
    """Equal for two spellings of one name: width, case, blanks, brackets and points do not count."""
    return _NOT_COMPARED.sub("", plain(name))
