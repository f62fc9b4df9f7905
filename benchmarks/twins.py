"""`python -m benchmarks.twins`: whether repetitions of a matter are found among those that are open.

Years of the demonstration, in which neighbours report what others reported some hours before, from some metres off and
in words of their own. Fitted anew on two years, so that the weights of the product can be checked; judged on two
others, beside what is usually done: the same kind within 300 metres.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from benchmarks import figures
from benchmarks.ground import ground, hardware, told

if TYPE_CHECKING:
    from rixin.triage.twins import Likeness

_FITTED_ON, _JUDGED_ON = (1, 2), (3, 4)
_OPEN_FOR = timedelta(days=5)
_NEAR = 300


@dataclass(frozen=True)
class Pair:
    """`new`: number of the report that came in later."""

    new: int
    same: bool
    likeness: "Likeness"
    facts: tuple[float, ...]


def main() -> None:
    with ground():
        weights = _fitted()
        pairs = [pair for seed in _JUDGED_ON for pair in _pairs(seed)]
        figures.keep("twins", f"{hardware()}\n\n{_table(pairs)}\n\nFitted anew: {weights}")


def _fitted() -> str:
    from sklearn.linear_model import LogisticRegression

    pairs = [pair for seed in _FITTED_ON for pair in _pairs(seed)]
    found = LogisticRegression(C=10, max_iter=2000).fit([pair.facts for pair in pairs], [pair.same for pair in pairs])
    return f"{', '.join(f'{weight:.2f}' for weight in found.coef_[0])}; {found.intercept_[0]:.2f}."


def _pairs(seed: int) -> Iterator[Pair]:
    """Each report beside those of the last days in its community that are near or of its kind."""
    from rixin.demo.maker import Maker
    from rixin.demo.year import CODE_CASES, plan
    from rixin.triage.duplicates import about_the_same
    from rixin.triage.twins import Report, compare, features

    told(f"Year {seed}")
    maker = Maker(Random(seed), datetime(2023, 1, 1, tzinfo=UTC))
    entries = plan(maker, CODE_CASES)
    recent: dict[str, list[tuple[int, Report]]] = defaultdict(list)
    numbers = {entry: nth for nth, entry in enumerate(entries)}
    for nth, entry in enumerate(entries):
        text = maker.said(entry)
        kind, here = entry.taken_for or entry.type, entry.here
        report = Report(text, kind, entry.at, here.position, here.place_code)
        community = "/".join(here.area_path.split("/")[:2])
        still = [(other, earlier) for other, earlier in recent[community] if entry.at - earlier.at < _OPEN_FOR]
        for other, earlier in still:
            likeness = compare(report, earlier)
            if likeness.same_kind or (likeness.metres or 0) <= _NEAR:
                about = about_the_same(text, earlier.text)
                facts = features(
                    likeness.metres or 0,
                    likeness.same_kind,
                    likeness.same_place,
                    likeness.hours,
                    about,
                    likeness.wording,
                )
                same = entry.original is not None and numbers.get(entry.original) == other
                yield Pair(nth + seed * len(entries), same, likeness, facts)
        recent[community] = [*still, (nth, report)]


def _table(pairs: list[Pair]) -> str:
    wanted = sum(pair.same for pair in pairs)
    ways = {
        "same kind within 300 m": [
            pair for pair in pairs if pair.likeness.same_kind and (pair.likeness.metres or 0) <= _NEAR
        ],
        "shown": [pair for pair in pairs if pair.likeness.is_shown],
        "very probably the same": [pair for pair in pairs if pair.likeness.is_probable],
    }
    rows = []
    for name, found in ways.items():
        right = sum(pair.same for pair in found)
        rows.append((name, f"{right / len(found):.3f}", f"{right / wanted:.3f}", str(len(found))))
    first, among = _ranked(pairs)
    return (
        f"{figures.table(('', 'precision', 'recall', 'proposals'), rows)}\n\n"
        f"{wanted} repetitions in {len(_JUDGED_ON)} years; the right matter stands first in {first:.1%} "
        f"of them, among the first five in {among:.1%}."
    )


def _ranked(pairs: list[Pair]) -> tuple[float, float]:
    of_report: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        of_report[pair.new].append(pair)
    ranked = [
        sorted(each, key=lambda pair: -pair.likeness.chance)
        for each in of_report.values()
        if any(pair.same for pair in each)
    ]
    first = sum(each[0].same for each in ranked) / len(ranked)
    return first, sum(any(pair.same for pair in each[:5]) for each in ranked) / len(ranked)


if __name__ == "__main__":
    main()
