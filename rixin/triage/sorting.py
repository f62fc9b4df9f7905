"""Which type a message is proposed for: by what was learned where that is sure, else by the words. Pure."""

from dataclasses import dataclass
from typing import Literal

from rixin.triage.learned.model import Model
from rixin.triage.rules import OTHER, Classified, Index, classify

_SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Sorting:
    """`best` is None where a person has to decide; `facts` are the words that decided.

    `confidence`: share of messages like this one that were sorted rightly, 0 to 1; None where words decided.
    """

    best: str | None
    by: Literal["words", "learned"]
    facts: tuple[str, ...]
    suggestions: tuple[str, ...]
    confidence: float | None = None

    @property
    def proposed(self) -> str:
        return self.best or OTHER


def sort(text: str, index: Index, model: Model | None, *, title: str = "") -> Sorting:
    """Danger that the words name stands, whatever was learned; a type that is not in `index` is never proposed."""
    spoken = classify(text, index, title=title)
    by_words = tuple(one.code for one in spoken.ranked)
    found = model.classify(f"{title}\n{text}") if model else None
    if model is None or found is None or found.label is None:
        return _by_words(spoken, by_words)
    learned = [code for code, _chance in found.ranked if code in index.known and code != OTHER]
    suggestions = tuple(dict.fromkeys([*by_words[:1], *learned[:2], *by_words, *learned]))[:_SUGGESTED]
    sure = found.label in learned and found.confidence >= model.sure_from
    if sure and spoken.best not in index.urgent:
        return Sorting(found.label, "learned", found.words, suggestions, found.confidence)
    return _by_words(spoken, suggestions)


def _by_words(spoken: Classified, suggestions: tuple[str, ...]) -> Sorting:
    return Sorting(spoken.best, "words", spoken.decided_by, suggestions)
