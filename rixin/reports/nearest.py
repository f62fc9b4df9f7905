"""The figures that somebody may have meant who wrote one that there is not. Pure but for the names."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from rixin.catalogue import versions
from rixin.catalogue.report_text import REFERENCE_ENDS

_NEAR = 0.55
_MOST = 3


@dataclass(frozen=True)
class Suggestion:
    code: str
    name: str


def nearest(said: str) -> list[Suggestion]:
    """At most three, the nearest first; by code and by name, in Chinese and English."""
    asked = REFERENCE_ENDS.sub("", said.strip("{} ")).strip().lower()
    if not asked:
        return []
    scored = [(max(_likeness(asked, name) for name in names), code, shown) for code, shown, names in _names()]
    near = sorted((score, code, name) for score, code, name in scored if score >= _NEAR)
    return [Suggestion(code, name) for _score, code, name in reversed(near[-_MOST:])]


def _names() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Code, name in the reader's language, and all names of each metric."""
    for code, kept in versions.work().metrics.items():
        name = kept.metric.name
        yield code, name.here(), (code, name.zh.lower(), name.en.lower())


def _likeness(asked: str, name: str) -> float:
    if asked in name or name in asked:
        shorter, longer = sorted((len(asked), len(name)))
        return 0.6 + 0.4 * shorter / longer
    return SequenceMatcher(None, asked, name).ratio()
