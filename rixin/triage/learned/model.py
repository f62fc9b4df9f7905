"""A trained classifier: numbers in a file, no code in it. Loading a file from somebody else can run nothing.

model = Model.from_bytes(path.read_bytes())
found = model.classify("楼道灯坏了")       # label, confidence 0 to 1, labels ranked, the words that decided
"""

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rixin.triage.learned.reading import Features, Known, Reading, features, read, said

FORMAT = 1
_MOST_WORDS = 5
Matrix = NDArray[np.float32]


class NotAModel(ValueError):
    """The bytes are no model of this format."""


@dataclass(frozen=True, slots=True)
class Learned:
    """`ranked`: labels with their probabilities, likeliest first; `words`: what spoke for the first, strongest first.

    A message without a single known feature says nothing: `ranked` is then empty and `label` None.
    """

    label: str | None
    confidence: float
    ranked: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """One-against-the-rest hyperplanes over four views, each of length one; margins made probabilities by one factor.

    weights    (features, labels), float32
    scales     (features,): how much a feature tells apart, before the view is brought to length one
    starts     numbers at which the views begin
    bias       (labels,)
    sharpness  factor of the margins before the softmax (temperature scaling, Guo et al. 2017)
    sure_from  confidence from which on nine of ten unseen messages were sorted rightly; above 1 where there is none
    """

    labels: tuple[str, ...]
    words: tuple[str, ...]
    opening: tuple[str, ...]
    runs: NDArray[np.int64]
    opening_runs: NDArray[np.int64]
    weights: Matrix
    scales: Matrix
    bias: Matrix
    sharpness: float
    sure_from: float
    examples: int

    @cached_property
    def known(self) -> Known:
        second, third = len(self.words), len(self.words) + len(self.opening)
        return Known(
            words={word: number for number, word in enumerate(self.words)},
            opening={word: number for number, word in enumerate(self.opening, second)},
            runs=self.runs,
            runs_from=third,
            opening_runs=self.opening_runs,
            opening_runs_from=third + len(self.runs),
        )

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        sizes = [len(self.words), len(self.opening), len(self.runs), len(self.opening_runs)]
        return np.cumsum([0, *sizes])

    def classify(self, text: str, *, explain: bool = True) -> Learned:
        """Never an error, whatever the text; only its first characters are read. In bulk nobody reads explanations."""
        reading = read(features(said(text)), self.known)
        if not len(reading.ids):
            return Learned(None, 0.0, (), ())
        amounts, weights = self._scaled(reading), self.weights[reading.ids]
        chances = probabilities((amounts @ weights + self.bias)[None], self.sharpness)[0]
        order = np.argsort(-chances, kind="stable")
        ranked = tuple((self.labels[at], float(chances[at])) for at in order[:5])
        words = self._deciding(reading, amounts[:, None] * weights, order) if explain else ()
        return Learned(ranked[0][0], ranked[0][1], ranked, words)

    def margins(self, found: Features) -> Matrix:
        """How far on its side of each label's hyperplane a message lies."""
        reading = read(found, self.known)
        return self._scaled(reading) @ self.weights[reading.ids] + self.bias

    def _scaled(self, reading: Reading) -> Matrix:
        """How much each feature counts: every view brought to length one."""
        amounts = reading.amounts * self.scales[reading.ids]
        ends = np.searchsorted(reading.ids, self.starts)
        for begin, end in pairwise(ends):
            if begin < end:
                amounts[begin:end] /= np.sqrt(amounts[begin:end] @ amounts[begin:end])
        return amounts

    def _deciding(self, reading: Reading, parts: Matrix, order: NDArray[np.int64]) -> tuple[str, ...]:
        """Words that spoke for the first label rather than the second; runs of characters are no words."""
        if len(order) < 2:
            return ()
        for_first = parts[:, order[0]] - parts[:, order[1]]
        gained: dict[str, float] = {}
        for at in np.flatnonzero((reading.ids < self.starts[2]) & (for_first > 0)):
            number = int(reading.ids[at])
            word = self.words[number] if number < len(self.words) else self.opening[number - len(self.words)]
            gained[word] = gained.get(word, 0.0) + float(for_first[at])
        return tuple(sorted(gained, key=lambda word: (-gained[word], word))[:_MOST_WORDS])

    def to_bytes(self) -> bytes:
        about = {
            "format": FORMAT,
            "labels": self.labels,
            "words": self.words,
            "opening": self.opening,
            "sharpness": self.sharpness,
            "sure_from": self.sure_from,
            "examples": self.examples,
        }
        written = io.BytesIO()
        np.savez_compressed(
            written,
            about=np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8),
            runs=self.runs,
            opening_runs=self.opening_runs,
            weights=self.weights.astype(np.float16),
            scales=self.scales,
            bias=self.bias,
        )
        return written.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Model":
        """Raises NotAModel."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                about: dict[str, Any] = json.loads(file["about"].tobytes())
                arrays = {name: file[name] for name in ("runs", "opening_runs", "weights", "scales", "bias")}
            if about["format"] != FORMAT:
                raise NotAModel(f"format {about['format']}, not {FORMAT}")
            model = cls(
                labels=tuple(about["labels"]),
                words=tuple(about["words"]),
                opening=tuple(about["opening"]),
                sharpness=float(about["sharpness"]),
                sure_from=float(about["sure_from"]),
                examples=int(about["examples"]),
                **{name: array if "runs" in name else array.astype(np.float32) for name, array in arrays.items()},
            )
        except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as wrong:
            raise NotAModel(str(wrong)) from wrong
        if model.weights.shape != (model.starts[-1], len(model.labels)) or len(model.scales) != model.starts[-1]:
            raise NotAModel("its parts do not fit each other")
        return model


def probabilities(margins: NDArray[Any], sharpness: float) -> NDArray[np.float64]:
    """(messages, labels) of margins → the same shape, each row adding up to 1."""
    sharp = sharpness * (margins - margins.max(axis=1, keepdims=True))
    raised = np.exp(sharp.astype(np.float64))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
