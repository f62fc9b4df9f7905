"""Figures of a run, and the page of the docs on which they are kept."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "developers" / "benchmarks.md"


def percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds, by the nearest rank: a value that really occurred."""
    ranked = sorted(seconds)
    return 1000 * ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def keep(part: str, text: str) -> None:
    """Prints the part and puts it in place of what the page holds between its two marks."""
    print(text)
    begin, end = f"<!-- {part} -->", f"<!-- end of {part} -->"
    page = PAGE.read_text(encoding="utf-8")
    if begin not in page or end not in page:
        raise SystemExit(f"{PAGE.name} has no marks for “{part}”: nothing was written there.")
    written = f"{begin}\nMeasured on {datetime.now(UTC):%Y-%m-%d}.\n\n{text}\n{end}"
    replaced = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _found: written, page, flags=re.DOTALL)
    PAGE.write_text(replaced, encoding="utf-8")
