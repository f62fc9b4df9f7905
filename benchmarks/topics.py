"""`python -m benchmarks.topics MESSAGES.csv`: how well what many raise at once is found.

First on the real messages of the file (columns id, theme, time, detail, likes): a table of the ten hottest with their
messages, for people to judge; it is printed and kept nowhere. Then on years of the demonstration into which topics
were planted: precision and recall, beside plain density clustering of the same words, as it is usually done.
"""

import argparse
import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks import figures
from benchmarks.ground import ground, hardware, rows_of, told

if TYPE_CHECKING:
    from rixin.triage.hot.message import Message
    from rixin.triage.hot.topics import Topic

_SEEDS = range(1, 6)
_PLANTED = 12
_CODES = re.compile(r"[A-Z]\d*[市区县]|西地省")
"""What the publisher of the messages put in place of names: said by nearly all, it tells nothing."""
_EPSILONS = (0.4, 0.5, 0.6, 0.7)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=Path)
    path = parser.parse_args().messages
    with ground():
        rows = [*_real(path), *_planted()]
        text = figures.table(("", "topics", "plain density clustering"), rows)
        figures.keep("topics", f"{hardware()}\n\n{text}")


def _real(path: Path) -> Iterator[tuple[str, str, str]]:
    from rixin.triage.hot.topics import topics

    messages = list(_read(path))
    began = time.perf_counter()
    found = topics(messages)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    _clusters(messages, 0.5)
    plain = time.perf_counter() - began
    hot = sorted((topic for topic in found if topic.peak()[1].is_hot), key=lambda topic: -topic.peak()[1].index)
    for topic in hot[:10]:
        _show(topic)
    yield f"{len(messages):,} real messages: topics", str(len(found)), ""
    yield "of them hot", str(len(hot)), ""
    yield "messages a second", f"{len(messages) / seconds:,.0f}", f"{len(messages) / plain:,.0f}"


def _show(topic: "Topic[str]") -> None:
    day, heat = topic.peak()
    told(
        f"{heat.index:.1f} on {day}: {heat.voices} voices, usual {heat.usual:.1f}, {heat.agreed} agreed; "
        f"{'、'.join(topic.words)}"
    )
    for message in topic.messages:
        told(f"    {message.day}  {message.key}  {message.title}")


def _read(path: Path) -> "Iterator[Message[str]]":
    from rixin.triage.hot.message import Message

    for row in rows_of(path):
        title, text = (_CODES.sub("", row[name]) for name in ("theme", "detail"))
        yield Message(row["id"], title, text, _day(row["time"]), agreed=int(row["likes"] or 0))


def _day(written: str) -> date:
    """Of 2019/3/1 10:02:33 and of 2019-03-01."""
    try:
        return date(*map(int, written.split()[0].replace("-", "/").split("/")))
    except (ValueError, TypeError, IndexError) as wrong:
        raise SystemExit(f"“{written}” is no time that this command can read.") from wrong


def _planted() -> Iterator[tuple[str, str, str]]:
    scores: dict[str, list[tuple[float, float]]] = {"ours": [], **{str(epsilon): [] for epsilon in _EPSILONS}}
    for seed in _SEEDS:
        told(f"Year {seed} of {len(_SEEDS)} with {_PLANTED} planted topics")
        messages, planted = _year(seed)
        from rixin.triage.hot.topics import topics

        ours = [topic for topic in topics(messages) if topic.peak()[1].is_hot]
        scores["ours"] += _scores([{one.key for one in topic.messages} for topic in ours], messages, planted)
        for epsilon in _EPSILONS:
            scores[str(epsilon)] += _scores(_clusters(messages, epsilon), messages, planted)
    best = max(_EPSILONS, key=lambda epsilon: mean(_f1(score) for score in scores[str(epsilon)]))
    plain = scores[str(best)]
    yield f"{len(scores['ours'])} topics planted in {len(_SEEDS)} years: precision", *_means(scores["ours"], plain, 0)
    yield "recall", *_means(scores["ours"], plain, 1)
    half = [f"{sum(score[1] >= 0.5 for score in each)}" for each in (scores["ours"], plain)]
    yield "found by half of their messages or more", half[0], half[1]


def _means(ours: list[tuple[float, float]], plain: list[tuple[float, float]], which: int) -> tuple[str, str]:
    return tuple(f"{mean(score[which] for score in each):.3f}" for each in (ours, plain))  # type: ignore[return-value]


def _f1(score: tuple[float, float]) -> float:
    return 2 * score[0] * score[1] / sum(score) if sum(score) else 0.0


def _year(seed: int) -> "tuple[list[Message[int]], list[tuple[set[int], date, date]]]":
    """The messages of a year, and per planted topic its messages and days."""
    from rixin.demo.bursts import Burst, gather
    from rixin.demo.maker import Maker
    from rixin.demo.wording import title_of
    from rixin.demo.year import CODE_CASES, plan
    from rixin.triage.hot.message import Message

    random = Random(seed)
    maker = Maker(random, datetime(2023, 1, 1, tzinfo=UTC))
    kinds = [code for code, talk in sorted(maker.talks.items()) if talk.weight]
    bursts = [
        Burst(
            random.choice(kinds),
            date(2022, 1, 20) + timedelta(days=28 * nth),
            random.randint(6, 25),
            random.randint(8, 25),
        )
        for nth in range(_PLANTED)
    ]
    entries = plan(maker, CODE_CASES)
    planted = gather(entries, maker, bursts, 1.0)
    numbers = {entry: nth for nth, entry in enumerate(entries)}
    messages = []
    for nth, entry in enumerate(entries):
        text = maker.said(entry)
        messages.append(Message(nth, title_of(text), text, entry.at.date(), entry.here.area_path, entry.type))
    days = [(burst.first, burst.first + timedelta(days=burst.days)) for burst in bursts]
    return messages, [({numbers[entry] for entry in one}, *span) for one, span in zip(planted, days, strict=True)]


def _scores(
    found: "Sequence[set[int]]", messages: "Sequence[Message[int]]", planted: Sequence[tuple[set[int], date, date]]
) -> list[tuple[float, float]]:
    """Per planted topic precision and recall of what was found that is most like it, within the days of the topic.

    What else was raised of the matter in the rest of the year was not planted, and belongs to it all the same.
    """
    days = {message.key: message.day for message in messages}
    scores = []
    for wanted, first, last in planted:
        cuts = [{key for key in group if first <= days[key] <= last} for group in found]
        best = max(cuts, key=lambda cut: len(cut & wanted) / (len(cut) + len(wanted)), default=set())
        hits = len(best & wanted)
        scores.append((hits / len(best) if best else 0.0, hits / len(wanted)))
    return scores


def _clusters(messages: "Sequence[Message[Any]]", epsilon: float) -> list[set[Any]]:
    """DBSCAN of tf-idf vectors of words, cosine distance."""
    import rjieba
    from sklearn.cluster import DBSCAN
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [list(rjieba.cut(f"{message.title} {message.text[:400]}")) for message in messages]
    vectors = TfidfVectorizer(analyzer=list, min_df=2, max_df=0.05).fit_transform(texts)
    groups: dict[int, set[Any]] = {}
    for message, label in zip(
        messages, DBSCAN(eps=epsilon, min_samples=5, metric="cosine").fit_predict(vectors), strict=True
    ):
        if label >= 0:
            groups.setdefault(int(label), set()).add(message.key)
    return list(groups.values())


if __name__ == "__main__":
    main()
