"""From examples to a model: which features count, how much each tells apart, the hyperplanes, and honest confidence.

Weights of features are the geometric mean of the inverse document frequency and of the inverse gravity moment
(Chen, Zhang, Long & Zhang 2016), which is large for what one label says much more often than the others.
Hyperplanes: linear support vectors, classes weighed alike. Confidence: one factor found on messages that the
hyperplanes had not seen (temperature scaling).
"""

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from rixin.triage.learned.examples import Example, UnusableExamples, twins
from rixin.triage.learned.model import Model, probabilities
from rixin.triage.learned.reading import SIGNS_OPENING, VIEWS, Features, Known, Reading, features, read, said

SEED = 20221231
LEAST_OF_A_LABEL = 2
"""Examples; of a label seen once nothing can be learned."""
SURE = 0.9
"""Share of right proposals from which on a person need not decide first."""
NEVER_SURE = 1.01
_RARE = 3
"""Messages in which a feature must occur; with few examples less."""
_FEW_EXAMPLES = 2_000
_MOST_WEIGHTS = 24_000_000
"""Features times labels: at two bytes each a model stays under 50 MB."""
_VIEW_WEIGHTS = (1.0, 0.7, 1.0, 0.7)
_PENALTY = 0.3
_GRAVITY = 7.0
_CALIBRATED_IN = 3
Rows: TypeAlias = csr_matrix
Margins: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]
F = TypeVar("F", str, int)


def train(examples: Sequence[Example], progress: Callable[[str], None] = lambda _step: None) -> Model:
    """A model that also knows how sure it is. Raises UnusableExamples where there is nothing to tell apart."""
    labels, label_of = _labels(examples)
    kept = [example for example in examples if example.label in label_of]
    answers = np.array([label_of[example.label] for example in kept])
    progress(_("Reading %(count)s messages") % {"count": len(kept)})
    found = [features(said(example.text)) for example in kept]
    progress(_("Measuring how sure it may be"))
    margins = _unseen_margins(found, answers, twins(kept), len(labels))
    sharpness = _sharpness(margins, answers)
    sure_from = _sure_from(probabilities(margins, sharpness), answers)
    progress(_("Learning from all"))
    return replace(_fit(found, answers, labels), sharpness=sharpness, sure_from=sure_from)


def without_rare(examples: Iterable[Example]) -> list[Example]:
    """Those whose label occurs often enough to be learned."""
    examples = list(examples)
    counts = Counter(example.label for example in examples)
    return [example for example in examples if counts[example.label] >= LEAST_OF_A_LABEL]


def _labels(examples: Sequence[Example]) -> tuple[tuple[str, ...], dict[str, int]]:
    labels = tuple(sorted({example.label for example in without_rare(examples)}))
    if len(labels) < 2:
        raise UnusableExamples(_("At least two labels with two messages each are needed."))
    return labels, {label: number for number, label in enumerate(labels)}


def _fit(found: Sequence[Features], answers: Numbers, labels: tuple[str, ...]) -> Model:
    known = _known(found, len(labels))
    rows = _rows([read(one, known) for one in found], known)
    scales = np.sqrt(_inverse_frequency(rows) * _gravity(rows, answers, len(labels)))
    view = np.repeat(np.arange(len(VIEWS)), _sizes(known))
    scaled = (rows @ diags(scales)).tocsr()
    parts = [normalize(scaled[:, view == number]) * weight for number, weight in enumerate(_VIEW_WEIGHTS)]
    planes = LinearSVC(C=_PENALTY, class_weight="balanced", random_state=SEED, max_iter=2_000)
    with warnings.catch_warnings():
        # The last digits of the optimum change no answer.
        warnings.simplefilter("ignore", ConvergenceWarning)
        planes.fit(hstack(parts).tocsr(), answers)
    weights, bias = planes.coef_.T, planes.intercept_
    if len(labels) == 2:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return Model(
        labels=labels,
        words=tuple(known.words),
        opening=tuple(known.opening),
        runs=known.runs,
        opening_runs=known.opening_runs,
        weights=(weights * np.array(_VIEW_WEIGHTS)[view][:, None]).astype(np.float32),
        scales=scales.astype(np.float32),
        bias=bias.astype(np.float32),
        sharpness=1.0,
        sure_from=NEVER_SURE,
        examples=len(found),
    )


def _unseen_margins(found: Sequence[Features], answers: Numbers, groups: Sequence[int], labels: int) -> Margins:
    """(messages, labels): of each message by hyperplanes that had seen neither it nor its near twins."""
    margins = np.zeros((len(found), labels))
    for learned, kept in folds(answers, groups, _CALIBRATED_IN):
        if len(present := np.unique(answers[learned])) < 2:
            continue
        names = tuple(map(str, present))
        part = _fit([found[at] for at in learned], np.searchsorted(present, answers[learned]), names)
        # What was not among the examples of this part is as far away as anything.
        margins[kept] = -1.0
        for at in kept:
            margins[at, present] = part.margins(found[at])
    return margins


def _sharpness(margins: Margins, answers: Numbers) -> float:
    """The factor under which the right answers are likeliest."""

    def surprise(sharpness: float) -> float:
        chances = probabilities(margins, sharpness)[np.arange(len(answers)), answers]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(minimize_scalar(surprise, bounds=(0.1, 20.0), method="bounded").x)


def _sure_from(chances: Margins, answers: Numbers) -> float:
    """The lowest confidence from which on SURE of the answers were right; SURE itself is enough, for it is tuned."""
    confidence = chances.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    right = np.cumsum((chances.argmax(axis=1) == answers)[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(right >= SURE)
    return min(SURE, float(confidence[order[good[-1]]])) if len(good) else NEVER_SURE


def folds(answers: Numbers, groups: Sequence[int], count: int) -> Iterable[tuple[Numbers, Numbers]]:
    """(learned from, kept apart): labels shared out evenly, twins never divided."""
    count = max(2, min(count, len(set(groups))))
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=SEED)
    with warnings.catch_warnings():
        # A label with fewer examples than folds is in some of them only.
        warnings.simplefilter("ignore", UserWarning)
        return list(splitter.split(np.zeros(len(answers)), answers, groups))


def _known(found: Sequence[Features], labels: int) -> Known:
    least = _RARE if len(found) >= _FEW_EXAMPLES else 1
    words = _common((set(one.words) for one in found), least)
    opening = _common((set(one.opening) for one in found), least)
    runs = _common((set(one.runs.tolist()) for one in found), least)
    opening_runs = _common((set(one.runs[one.at < SIGNS_OPENING].tolist()) for one in found), least)
    room = _MOST_WEIGHTS // labels
    kept_words, kept_opening = _most(words, room // 8), _most(opening, room // 8)
    second, third = len(kept_words), len(kept_words) + len(kept_opening)
    kept_runs = np.array(_most(runs, room // 2), dtype=np.int64)
    return Known(
        words={word: number for number, word in enumerate(kept_words)},
        opening={word: number for number, word in enumerate(kept_opening, second)},
        runs=kept_runs,
        runs_from=third,
        opening_runs=np.array(_most(opening_runs, room // 4), dtype=np.int64),
        opening_runs_from=third + len(kept_runs),
    )


def _common(messages: Iterable[set[F]], least: int) -> Counter[F]:
    counted: Counter[F] = Counter()
    for message in messages:
        counted.update(message)
    return Counter({feature: count for feature, count in counted.items() if count >= least})


def _most(counted: Counter[F], room: int) -> list[F]:
    return sorted(counted if len(counted) <= room else (feature for feature, _count in counted.most_common(room)))


def _sizes(known: Known) -> list[int]:
    return [len(known.words), len(known.opening), len(known.runs), len(known.opening_runs)]


def _rows(readings: Sequence[Reading], known: Known) -> Rows:
    ends = np.cumsum([0, *(len(reading.ids) for reading in readings)])
    ids = np.concatenate([reading.ids for reading in readings])
    amounts = np.concatenate([reading.amounts for reading in readings])
    return csr_matrix((amounts, ids, ends), shape=(len(readings), sum(_sizes(known))))


def _inverse_frequency(rows: Rows) -> NDArray[np.float64]:
    count = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.asarray(np.log((rows.shape[0] + 1) / (count + 1)) + 1)


def _gravity(rows: Rows, answers: Numbers, labels: int) -> NDArray[np.float64]:
    """1 for what all labels say alike, up to 1 + _GRAVITY for what one says alone."""
    met = csr_matrix((np.ones(len(rows.data)), rows.indices, rows.indptr), shape=rows.shape)
    share = np.vstack([np.asarray(met[answers == number].mean(axis=0)).ravel() for number in range(labels)]) + 1e-4
    share = -np.sort(-share, axis=0)
    return np.asarray(1 + _GRAVITY * share[0] / (share * np.arange(1, labels + 1)[:, None]).sum(axis=0))
