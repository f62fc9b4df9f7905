"""From likenesses to groups: average linkage on a sparse matrix. Pure.

Two groups are joined as long as their messages are alike on average; so one message that is a little like two matters
does not tie the two together. What is not in the matrix counts as no likeness. (Sokal and Michener 1958, UPGMA.)
"""

import heapq
from itertools import pairwise

from rixin.triage.hot.alike import Likeness

ALIKE = 0.08
"""Average likeness down to which groups are joined."""
Shared = list[dict[int, float]]
"""Per group the sum of the likenesses between its messages and those of each other group."""


def groups(likeness: Likeness, least: float = ALIKE) -> list[list[int]]:
    """The numbers of the messages, each in one group; the same matrix gives the same groups."""
    members: list[list[int]] = [[nth] for nth in range(likeness.shape[0])]
    shared = _shared(likeness)
    waiting = [
        (-amount, one, other, 1, 1)
        for one, row in enumerate(shared)
        for other, amount in row.items()
        if one < other and amount >= least
    ]
    heapq.heapify(waiting)
    while waiting:
        _average, one, other, many, others = heapq.heappop(waiting)
        if (many, others) != (len(members[one]), len(members[other])):
            continue  # one of them has grown meanwhile
        if len(shared[one]) < len(shared[other]):
            one, other = other, one
        members[one] += members[other]
        members[other] = []
        _merge(shared, one, other)
        for near, amount in shared[one].items():
            average = amount / (len(members[one]) * len(members[near]))
            if average >= least:
                heapq.heappush(waiting, (-average, one, near, len(members[one]), len(members[near])))
    return [sorted(group) for group in members if group]


def _shared(likeness: Likeness) -> Shared:
    bounds = likeness.indptr.tolist()
    near, amounts = likeness.indices.tolist(), likeness.data.tolist()
    return [dict(zip(near[begin:end], amounts[begin:end], strict=True)) for begin, end in pairwise(bounds)]


def _merge(shared: Shared, one: int, other: int) -> None:
    """`one` takes what `other` shares, which is left with nothing."""
    mine = shared[one]
    mine.pop(other)
    theirs, shared[other] = shared[other], {}
    theirs.pop(one)
    for near, amount in theirs.items():
        row = shared[near]
        row.pop(other)
        mine[near] = row[one] = mine.get(near, 0.0) + amount
