"""`python -m benchmarks.replies REPLIES.csv`: what the advice finds in real answers (columns theme, detail, reply).

Each answer is read beside its own message, and beside another one: advice that tells nothing apart would say the same.
"""

import argparse
import os
import time
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks import figures
from benchmarks.ground import hardware, rows_of, told

_SEED = 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("replies", type=Path)
    path = parser.parse_args().replies
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rixin.config.settings")
    import django

    django.setup()
    figures.keep("replies", f"{hardware()}\n\n{_measured(path)}")


def _measured(path: Path) -> str:
    rows = [(f"{row['theme']}。{row['detail']}", row["reply"]) for row in rows_of(path)]
    messages = [message for message, _reply in rows]
    others = messages[:]
    Random(_SEED).shuffle(others)
    told(f"{len(rows)} answers")
    began = time.perf_counter()
    own = _grounds(list(rows))
    seconds = time.perf_counter() - began
    foreign = _grounds([(other, reply) for other, (_message, reply) in zip(others, rows, strict=True)])
    table = [
        (ground, f"{own[ground] / len(rows):.1%}", f"{foreign[ground] / len(rows):.1%}")
        for ground in sorted(own | foreign)
    ]
    return (
        f"{figures.table(('advice', 'beside its own message', 'beside another one'), table)}\n\n"
        f"{len(rows):,} answers; {1000 * seconds / len(rows):.2f} ms each."
    )


def _grounds(pairs: list[tuple[str, str]]) -> Counter[str]:
    from rixin.triage.replies import advice

    return Counter(one.ground for message, reply in pairs for one in advice(message, reply))


if __name__ == "__main__":
    main()
