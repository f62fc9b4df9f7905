"""Names of enterprises as they are compared: the same company is written in many ways. Pure."""

import re
import unicodedata

from rixin.places.wording import plain
from rixin.texts import cleaned

_NOT_COMPARED = re.compile(r"[\s()（）\[\]【】“”\"'‘’·・,，.。、\-]+")
_HAN = r"[\u4e00-\u9fff()]"
_BESIDE_HAN = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})")
_BRACKETS = str.maketrans("()", "（）")
_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|股份公司|有限合伙|普通合伙|公司)$")
_PLACE = re.compile(r"^浙江省?(?=杭州)|杭州市?")


def tidy(name: str) -> str:
    """As it is kept and shown: without blanks at its ends or in a row."""
    return re.sub(r"\s+", " ", cleaned(name)).strip()


def as_registered(written: str) -> str:
    """From a table: half-width letters and digits, the brackets of Chinese names, and no blanks between characters."""
    text = unicodedata.normalize("NFKC", tidy(written))
    if any("\u4e00" <= sign <= "\u9fff" for sign in text):
        text = _BESIDE_HAN.sub("", text).translate(_BRACKETS)
    return tidy(text)


def core(plain: str) -> str:
    """What is left of a plain name without the place and the form of the company, by which two may be one.

    Blank where nothing is left.
    """
    return _PLACE.sub("", _FORM.sub("", plain))


def plain_name(name: str) -> str:
    """Equal for two spellings of one name: width, case, blanks, brackets and points do not count."""
    return _NOT_COMPARED.sub("", plain(name))
