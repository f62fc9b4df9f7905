"""`python -m benchmarks.misspelt MESSAGES.csv`: whether places are found whose names are misspelt.

Reports of the demonstration that name a place, each with one sign of the name replaced by another one of the same sound
that occurs in the messages of the file (column detail); and the messages themselves, which are of another city, so that
whatever is understood there as a slip is none. Beside it the same look-up without slips.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks import figures
from benchmarks.ground import ground, hardware, rows_of, told

_SEED = 7
_REPORTS = 2_000
_SHORTEST = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=Path)
    path = parser.parse_args().messages
    with ground():
        foreign = [row["detail"] for row in rows_of(path)]
        told(f"{_REPORTS} reports with a slip")
        right, exact_right = _found(_by_sound(foreign))
        told(f"{len(foreign)} messages of another city")
        wrong, seconds, slowest = _wrongly(foreign)
        rows = [
            ("found though misspelt", f"{right / _REPORTS:.1%}", f"{exact_right / _REPORTS:.1%}"),
            (f"wrongly understood, of {len(foreign):,}", str(wrong), "0"),
            ("one message: mean, slowest", f"{1000 * seconds / len(foreign):.2f} ms, {1000 * slowest:.1f} ms", ""),
        ]
        head = ("", "slips understood", "as written only")
        figures.keep("misspelt", f"{hardware()}\n\n{figures.table(head, rows)}")


def _by_sound(texts: list[str]) -> dict[str, list[str]]:
    """The signs that people write, by their sound."""
    from rixin.places.misspelt import readings

    found: dict[str, list[str]] = defaultdict(list)
    for sign in sorted(set("".join(texts))):
        for sound in readings(sign)[:1]:
            found[sound].append(sign)
    return found


def _found(by_sound: dict[str, list[str]]) -> tuple[int, int]:
    """Of the reports those whose place is found with slips understood, and without."""
    from rixin.places import gazetteer
    from rixin.places.misspelt import readings

    atlas, random = gazetteer.current(), Random(_SEED)
    right = exact = done = 0
    for text in _reports():
        named = next((match for match in atlas.find_in_text(text) if match.place and match.precision == "place"), None)
        if (
            named is None
            or named.place is None
            or len(named.place.name_zh) < _SHORTEST
            or named.place.name_zh not in text
        ):
            continue
        name = named.place.name_zh
        at = random.randrange(len(name))
        others = [sign for sound in readings(name[at])[:1] for sign in by_sound[sound] if sign != name[at]]
        if not others:
            continue
        slipped = text.replace(name, name[:at] + random.choice(others) + name[at + 1 :])
        found = [match for match in atlas.find_in_text(slipped) if match.place]
        hit = bool(found) and found[0].place is not None and found[0].place.code == named.place.code
        right += hit
        exact += hit and not found[0].meant
        done += 1
        if done == _REPORTS:
            return right, exact
    raise SystemExit(f"Only {done} reports name a place.")


def _reports() -> Iterator[str]:
    from rixin.demo.maker import Maker
    from rixin.demo.year import CODE_CASES, plan

    maker = Maker(Random(_SEED), datetime(2023, 1, 1, tzinfo=UTC))
    for entry in plan(maker, CODE_CASES):
        yield maker.said(entry)


def _wrongly(foreign: list[str]) -> tuple[int, float, float]:
    from rixin.places import gazetteer

    atlas = gazetteer.current()
    wrong, seconds, slowest = 0, 0.0, 0.0
    for text in foreign:
        began = time.perf_counter()
        found = atlas.find_in_text(text)
        took = time.perf_counter() - began
        seconds, slowest = seconds + took, max(slowest, took)
        wrong += any(match.meant for match in found)
    return wrong, seconds, slowest


if __name__ == "__main__":
    main()
