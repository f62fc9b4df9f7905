"""Whether a new model may replace what is in force: judged on the newest messages, which it has not seen.

The one in force may have learned from some of them; that speaks for it, so who wins is better indeed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rixin.triage.learned.examples import Example
from rixin.triage.learned.model import Model

KEPT_APART = 0.2
"""Share of the messages, the newest, on which the trial is held."""
LEAST = 50
"""Messages from which on a trial says anything."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Shares of `messages` sorted rightly: by the words alone, with what is in force, with the new model."""

    messages: int
    words_alone: float
    in_force: float
    new: float

    @property
    def better(self) -> bool:
        return self.messages >= LEAST and self.new > max(self.words_alone, self.in_force - 1e-9)


Learner = Callable[[Sequence[Example]], Model]
"""Given, so that whoever only reads trials need not load what learning needs."""
Sorter = Callable[[str, Model | None], str]
"""(text, model) → the type that would be proposed."""


def hold(examples: Sequence[Example], learn: Learner, sort: Sorter, in_force: Model | None) -> Trial:
    """`examples` from the oldest to the newest. Raises what `learn` raises."""
    begin = len(examples) - round(KEPT_APART * len(examples))
    kept = examples[begin:]
    new = learn(examples[:begin])

    def right(model: Model | None) -> float:
        hits = sum(sort(example.text, model) == example.label for example in kept)
        return hits / len(kept) if kept else 0.0

    return Trial(len(kept), right(None), right(in_force), right(new))
