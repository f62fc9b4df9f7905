"""Whether a metric is still defined as it was: one digest over its definition and all that it is made of."""

from collections.abc import Iterator

from rixin.catalogue import versions
from rixin.catalogue.work import Work
from rixin.chain import digest


def stands_for(code: str) -> str:
    """The digest of a published metric's definition, "" where none is published."""
    work = versions.work()
    return digest([*_made_of(code, work)]) if code in work.metrics else ""


def _made_of(code: str, work: Work) -> Iterator[object]:
    metric = work.metrics[code].metric
    # Words and remarks may be bettered, and it may be shown elsewhere: that changes no number.
    yield metric.model_dump(mode="json", exclude={"name", "meaning", "note", "better", "indicator"})
    yield str(work.measures[metric.show.unit].factor)
    for other in (metric.of, metric.over):
        if other:
            yield from _made_of(other, work)
