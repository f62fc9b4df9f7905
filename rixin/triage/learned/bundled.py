"""Invented messages with the type they belong to: what sorting learns from before the office has solved a matter."""

import csv
from pathlib import Path

from rixin.catalogue import versions
from rixin.triage.learned import sources
from rixin.triage.learned.examples import Example

FILE = Path(__file__).with_name("bundled.csv")


def register() -> None:
    sources.register(examples)


def examples() -> list[Example]:
    """Of the types that are published."""
    known = {version.rules.type.code for version in versions.current_types()}
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Example(f"bundled {nth}", row["message"], row["expected"])
        for nth, row in enumerate(rows, start=1)
        if row["expected"] in known
    ]
