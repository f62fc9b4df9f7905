"""`python -m benchmarks.triage MESSAGES.csv`: how well and how fast messages are sorted by what was learned.

Columns id, theme, time, detail, label. Five-fold cross-validation with near twins kept together, beside a plain linear
classifier over the same words in the same folds: what anybody gets without the four views.
"""

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import figures

if TYPE_CHECKING:
    from rixin.triage.learned.examples import Example

_FOLDS = 5
_SINGLES = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=Path)
    path = parser.parse_args().messages
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rixin.config.settings")
    import django

    django.setup()
    figures.keep("triage", measured(path))


def measured(path: Path) -> str:
    from benchmarks.ground import hardware, told
    from rixin.triage.learned.examples import read_file
    from rixin.triage.learned.scoring import cross_validate
    from rixin.triage.learned.training import train

    examples, _skipped = read_file(path)
    told(f"Cross-validation, {_FOLDS} folds of {len(examples)} messages")
    ours = cross_validate(examples, _FOLDS)
    told("The plain classifier in the same folds")
    plain_f1, plain_accuracy, plain_speed = _plain(examples)
    told("All of them, for size and time")
    began = time.perf_counter()
    model = train(examples)
    trained = time.perf_counter() - began
    singles = []
    for example in examples[:_SINGLES]:
        began = time.perf_counter()
        model.classify(example.text)
        singles.append(time.perf_counter() - began)
    rows = [
        ("macro F1", f"{ours.macro_f1:.4f}", f"{plain_f1:.4f}", f"{ours.macro_f1 - plain_f1:+.4f}"),
        ("accuracy", f"{ours.accuracy:.4f}", f"{plain_accuracy:.4f}", f"{ours.accuracy - plain_accuracy:+.4f}"),
        ("expected calibration error, ten bins", f"{ours.expected_calibration_error:.4f}", "says no confidence", ""),
        (
            "messages a second, one after the other",
            f"{ours.messages_per_second:.0f}",
            f"{plain_speed:.0f}",
            f"{ours.messages_per_second / plain_speed:.2f} times",
        ),
    ]
    return "\n\n".join(
        [
            f"{hardware()}; one core.",
            f"{len(examples)} messages, {len(ours.per_class)} labels. Training on all, calibration included: "
            f"{trained:.0f} s; the model: {len(model.to_bytes()) / 1e6:.1f} MB. One message with its explanation: "
            f"p50 {1000 * median(singles):.2f} ms, p99 {figures.percentile(singles, 0.99):.2f} ms.",
            figures.table(["figure", "four views", "words alone", "difference"], rows),
            figures.table(
                ["label", "precision", "recall", "F1", "messages"],
                [
                    (label, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", str(one.support))
                    for label, one in ours.per_class.items()
                ],
            ),
        ]
    )


def _plain(examples: "Sequence[Example]") -> tuple[float, float, float]:
    """(macro F1, accuracy, messages a second) of TF-IDF over words and linear support vectors, asked one by one."""
    import numpy as np
    import rjieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import accuracy_score, f1_score
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    from rixin.triage.learned.examples import twins
    from rixin.triage.learned.training import SEED, folds

    texts = [example.text for example in examples]
    labels = np.array([example.label for example in examples])
    answers = np.unique(labels, return_inverse=True)[1]
    said = np.empty(len(texts), dtype=labels.dtype)
    seconds = 0.0
    for learned, kept in folds(answers, twins(examples), _FOLDS):
        words = TfidfVectorizer(analyzer=rjieba.cut, sublinear_tf=True, min_df=2)
        model = make_pipeline(words, LinearSVC(C=0.3, random_state=SEED))
        model.fit([texts[at] for at in learned], labels[learned])
        began = time.perf_counter()
        for at in kept:
            said[at] = model.predict([texts[at]])[0]
        seconds += time.perf_counter() - began
    return float(f1_score(labels, said, average="macro")), float(accuracy_score(labels, said)), len(texts) / seconds


if __name__ == "__main__":
    main()
