"""From likenesses to groups: average linkage on a sparse matrix. Pure.

Two groups are joined as long as their messages are alike on average; so one message that is a little like two matters
does not tie the two together. What is not in the matrix counts as no likeness. (Sokal and Michener 1958, UPGMA.)
"""

import heapq
from collections import defaultdict

from rixin.triage.hot.alike import Likeness

ALIKE = 0.08
"""Average likeness down to which groups are joined."""


def groups(likeness: Likeness, least: float = ALIKE) -> list[list[int]]:
    """The numbers of the messages, each in one group; the same matrix gives the same groups."""
    members: dict[int, list[int]] = {nth: [nth] for nth in range(likeness.shape[0])}
    shared = _shared(likeness)
    waiting = [(-amount, one, other) for one, row in shared.items() for other, amount in row.items() if one < other]
    heapq.heapify(waiting)
    fresh = len(members)
    while waiting and -waiting[0][0] >= least:
        _average, one, other = heapq.heappop(waiting)
        if one not in members or other not in members:
            continue  # one of them has become part of a larger group meanwhile
        members[fresh] = members.pop(one) + members.pop(other)
        _merge(shared, one, other, fresh)
        for near, amount in shared[fresh].items():
            average = amount / (len(members[fresh]) * len(members[near]))
            if average >= least:
                heapq.heappush(waiting, (-average, near, fresh))
        fresh += 1
    return [sorted(group) for group in members.values()]


Shared = dict[int, dict[int, float]]
"""Sum of the likenesses between the messages of two groups."""


def _shared(likeness: Likeness) -> Shared:
    shared: Shared = defaultdict(dict)
    pairs = likeness.tocoo()
    for one, other, amount in zip(*(each.tolist() for each in (*pairs.coords, pairs.data)), strict=True):
        shared[one][other] = amount
    return shared


def _merge(shared: Shared, one: int, other: int, fresh: int) -> None:
    """`fresh` takes the place of both, with them and with their neighbours."""
    into: dict[int, float] = defaultdict(float)
    for gone in (one, other):
        for near, amount in shared.pop(gone).items():
            if near not in (one, other):
                into[near] += amount
                shared[near].pop(gone)
    for near, amount in into.items():
        shared[near][fresh] = amount
    shared[fresh] = dict(into)
