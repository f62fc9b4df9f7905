"""How well a model does on messages whose label is known. Calibration error as in Guo et al. 2017."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from rixin.triage.learned.examples import Example, twins
from rixin.triage.learned.model import Learned, Model
from rixin.triage.learned.training import folds, train

_BINS = 10


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Shares from 0 to 1; `support`: examples that bear the label."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Score:
    """macro_f1: mean over the labels of the examples; expected_calibration_error: over ten bins of equal width."""

    messages: int
    macro_f1: float
    accuracy: float
    expected_calibration_error: float
    messages_per_second: float
    per_class: dict[str, LabelScore]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def evaluate(model: Model, examples: Sequence[Example]) -> Score:
    """Asks the model one message after the other, on one core."""
    model.classify(examples[0].text)  # the dictionary and the tables are loaded once, not for each message
    begin = time.perf_counter()
    found = [model.classify(example.text, explain=False) for example in examples]
    return score(examples, found, time.perf_counter() - begin)


def cross_validate(examples: Sequence[Example], count: int = 5) -> Score:
    """Each message judged by a model that saw neither it nor its near twins."""
    labels = {label: number for number, label in enumerate(sorted({example.label for example in examples}))}
    answers = np.array([labels[example.label] for example in examples])
    found: dict[int, Learned] = {}
    seconds = 0.0
    for learned, kept in folds(answers, twins(examples), count):
        model = train([examples[at] for at in learned])
        begin = time.perf_counter()
        found |= {int(at): model.classify(examples[at].text, explain=False) for at in kept}
        seconds += time.perf_counter() - begin
    return score(examples, [found[at] for at in range(len(examples))], seconds)


def score(examples: Sequence[Example], found: Sequence[Learned], seconds: float) -> Score:
    """`found[i]`: what was said of `examples[i]`; `seconds`: how long all took."""
    right = [example.label for example in examples]
    said = [one.label or "" for one in found]
    labels = sorted(set(right))
    precision, recall, f1, support = precision_recall_fscore_support(right, said, labels=labels, zero_division=0)
    per_class = {
        label: LabelScore(float(precision[at]), float(recall[at]), float(f1[at]), int(support[at]))
        for at, label in enumerate(labels)
    }
    hits = np.array([one == other for one, other in zip(said, right, strict=True)])
    return Score(
        messages=len(examples),
        macro_f1=float(np.mean(f1)),
        accuracy=float(hits.mean()),
        expected_calibration_error=calibration_error(hits, np.array([one.confidence for one in found])),
        messages_per_second=len(examples) / seconds if seconds else 0.0,
        per_class=per_class,
    )


def calibration_error(hits: Any, confidence: Any) -> float:
    """Mean distance between how sure and how often right, over bins of confidence, by their size."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = (
        abs(hits[bins == one].mean() - confidence[bins == one].mean()) * (bins == one).mean() for one in np.unique(bins)
    )
    return float(sum(gaps))
