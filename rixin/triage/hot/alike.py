"""How much any two messages speak of the same. Pure.

Words and runs of characters, those that few messages share counting most (tf-idf, cosine). Titles are compared with
titles and messages with messages: a title alone is too short, a message alone tells too much.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

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
FAR = 0.5
"""What counts of a likeness between two communities: the same words about two places are mostly two matters."""
NEAREST = 100
"""So many of the likest are kept for each message: more would only cost memory."""
_AT_ONCE = 2_000

Likeness: TypeAlias = sparse.csr_array
"""Square and symmetric, 0 to 1, nothing on the diagonal."""


def likeness(titles: Sequence[str], texts: Sequence[str], where: Sequence[str]) -> Likeness:
    """Of the n-th message to all others. `where`: its area as a path, the second part its community; "" if unknown."""
    views = [
        np.sqrt(TITLE_WEIGHS) * _weighed([marks(title) for title in titles]),
        np.sqrt(1 - TITLE_WEIGHS) * _weighed([marks(text[:READ]) for text in texts]),
    ]
    rows = sparse.hstack(views, format="csr")
    places = _numbered([_community(path) for path in where])
    slices = [_nearest(rows[at : at + _AT_ONCE] @ rows.T, at, places) for at in range(0, len(titles), _AT_ONCE)]
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
    most = max(COMMON_LEAST, int(COMMON * len(documents)))
    reading = TfidfVectorizer(analyzer=list, min_df=1, max_df=most, sublinear_tf=True, dtype=np.float32)
    try:
        return sparse.csr_array(reading.fit_transform(documents))
    except ValueError:  # not one mark in all of them, or only such as all share
        return sparse.csr_array((len(documents), 1), dtype=np.float32)


def _community(path: str) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 1 else ""


def _numbered(names: Sequence[str]) -> NDArray[np.int64]:
    """Equal numbers for equal names, 0 for none."""
    numbers = {name: nth for nth, name in enumerate(sorted({*names, ""}))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _nearest(rows: sparse.csr_array, first: int, places: NDArray[np.int64]) -> sparse.csr_array:
    """Of each row what is like enough, without itself; `first`: number of the first row."""
    rows = sparse.csr_array(rows)
    at = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)) + first
    here, there = places[at], places[rows.indices]
    rows.data[(here != there) & (here > 0) & (there > 0)] *= FAR
    rows.data[(rows.data < SLIGHT) | (rows.indices == at)] = 0
    rows.eliminate_zeros()
    for nth in np.flatnonzero(np.diff(rows.indptr) > NEAREST):
        part = rows.data[rows.indptr[nth] : rows.indptr[nth + 1]]
        part[np.argpartition(part, -NEAREST)[:-NEAREST]] = 0
    rows.eliminate_zeros()
    return rows
