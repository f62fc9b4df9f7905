"""Words that several forms of a report share, and the language in which it speaks whoever reads it."""

from collections.abc import Iterable
from typing import Any, Literal

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rixin.metrics import wording

Language = Literal["zh", "en"]
LANGUAGES: dict[Language, str] = {"zh": "简体中文", "en": "English"}
_CODES = {"zh": "zh-hans", "en": "en"}

RULES: dict[str, Promise] = {
    "late": pgettext_lazy("rule by which a problem is proposed", "Late"),
    "late_steps": pgettext_lazy("rule by which a problem is proposed", "Steps of projects done late"),
    "topic": pgettext_lazy("rule by which a problem is proposed", "Raised by many"),
    "repeated": pgettext_lazy("rule by which a problem is proposed", "Again and again"),
    "worse_kind": pgettext_lazy("rule by which a problem is proposed", "Growing"),
    "worse_figure": pgettext_lazy("rule by which a problem is proposed", "Worse than a year before"),
}


def spoken(language: str) -> Any:
    """A context, or a decorator, in which texts are made in the report's language and not in the reader's."""
    return translation.override(_CODES[language])


def spoken_now() -> Language:
    return "zh" if wording.chinese() else "en"


def on_one_line(lines: Iterable[str], language: str) -> str:
    """The lines of a title put together, as the language parts words."""
    return ("" if language == "zh" else " ").join(line.strip() for line in lines)
