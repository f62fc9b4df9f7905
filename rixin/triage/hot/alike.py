"""How much any two messages speak of the same. Pure.

Words and runs of characters, those that few messages share counting most (tf-idf, cosine). Titles are compared with
titles and messages with messages: a title alone is too short, a message alone tells too much.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

from rixin.triage.hot.message import Message
from rixin.triage.learned.reading import STOP
from rixin.triage.wording import bare

READ = 400
"""Characters of a message that are read: what it is about stands at the beginning."""
TITLE_WEIGHS = 0.4
COMMON = 0.05
"""What more of the messages than this have in common tells nothing of one matter …"""
COMMON_LEAST = 50
"""… except in so few messages that one matter may be in many of them."""
SLIGHT = 0.05
"""Below this a likeness is taken for none."""
NEAR, FAR = 3.0, 0.3
"""By what a likeness counts within one grid, and between communities: there the same words are mostly two matters."""
OTHER_KIND = 0.2
"""And between messages that were sorted differently."""
NEAREST = 100
"""So many of the likest are kept for each message: more would only cost memory."""
_AT_ONCE = 2_000

Numbers = NDArray[np.int64]
Likeness: TypeAlias = sparse.csr_array
"""Square and symmetric, from 0 up, nothing on the diagonal."""


def likeness(messages: Sequence[Message[Any]]) -> Likeness:
    """Of the n-th message to all others."""
    views = [
        np.sqrt(TITLE_WEIGHS) * _weighed([marks(message.title) for message in messages]),
        np.sqrt(1 - TITLE_WEIGHS) * _weighed([marks(message.text[:READ]) for message in messages]),
    ]
    rows = sparse.hstack(views, format="csr")
    counts = _Counts(messages)
    slices = [_nearest(rows[at : at + _AT_ONCE] @ rows.T, at, counts) for at in range(0, len(messages), _AT_ONCE)]
    found = sparse.vstack(slices, format="csr") if slices else sparse.csr_array((0, 0), dtype=np.float32)
    return sparse.csr_array(found.maximum(found.T))


def marks(text: str) -> list[str]:
    """What a message is compared by: its words, and its runs of two and three characters."""
    words = [word for word in rjieba.cut(bare(text)) if word not in STOP]
    whole = "".join(words)
    pairs = [one + other for one, other in pairwise(whole)]
    triples = [pair + last for pair, last in zip(pairs, whole[2:], strict=False)]
    return [word for word in words if len(word) > 1] + pairs + triples


def _weighed(documents: Sequence[list[str]]) -> sparse.csr_array:
    """Each document of length one, or of no length where nothing tells it from the others."""
    # Heavy, and needed by the nightly look alone: the pages import this module too.
    from sklearn.feature_extraction.text import TfidfVectorizer

    most = max(COMMON_LEAST, int(COMMON * len(documents)))
    reading = TfidfVectorizer(analyzer=list, min_df=1, max_df=most, sublinear_tf=True, dtype=np.float32)
    try:
        return sparse.csr_array(reading.fit_transform(documents))
    except ValueError:  # not one mark in all of them, or only such as all share
        return sparse.csr_array((len(documents), 1), dtype=np.float32)


class _Counts:
    """By what the likeness of any two messages counts, for where they are from and how they were sorted."""

    def __init__(self, messages: Sequence[Message[Any]]) -> None:
        self._communities = _numbered([_area(message.where, 2) for message in messages])
        self._grids = _numbered([_area(message.where, 3) for message in messages])
        self._kinds = _numbered([message.kind for message in messages])

    def of(self, here: Numbers, there: Numbers) -> NDArray[np.float32]:
        grid = self._grids[here]
        same_grid = (grid == self._grids[there]) & (grid > 0)
        apart = _differ(self._communities[here], self._communities[there])
        unlike = _differ(self._kinds[here], self._kinds[there])
        placed = np.where(same_grid, NEAR, np.where(apart, FAR, 1.0))
        return np.where(unlike, placed * OTHER_KIND, placed).astype(np.float32)


def _differ(here: Numbers, there: Numbers) -> NDArray[np.bool_]:
    """Where both are known."""
    return (here != there) & (here > 0) & (there > 0)


def _area(path: str, depth: int) -> str:
    """The first so many parts of a path; "" if it has fewer."""
    parts = path.split("/")[:-1]
    return "/".join(parts[:depth]) if len(parts) >= depth else ""


def _numbered(names: Sequence[str]) -> Numbers:
    """Equal numbers for equal names, 0 for none."""
    numbers = {name: nth for nth, name in enumerate(sorted({*names, ""}))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _nearest(rows: sparse.csr_array, first: int, counts: _Counts) -> sparse.csr_array:
    """Of each row what is like enough, without itself; `first`: number of the first row."""
    rows = sparse.csr_array(rows)
    at = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)) + first
    rows.data *= counts.of(at, rows.indices)
    rows.data[(rows.data < SLIGHT) | (rows.indices == at)] = 0
    rows.eliminate_zeros()
    for nth in np.flatnonzero(np.diff(rows.indptr) > NEAREST):
        part = rows.data[rows.indptr[nth] : rows.indptr[nth + 1]]
        part[np.argpartition(part, -NEAREST)[:-NEAREST]] = 0
    rows.eliminate_zeros()
    return rows
