"""Examples to learn from and to be judged by: messages with the label that a person gave."""

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from rixin.triage.duplicates import Seen

_MOST_OF_A_CELL = 1_000_000


class UnusableExamples(ValueError):
    """A file that nothing can be learned from; says why, for who started the command."""


@dataclass(frozen=True, slots=True)
class Example:
    id: str
    text: str
    """Title and message."""
    label: str


@dataclass(frozen=True, slots=True)
class Skipped:
    row: int
    reason: str


def read_file(path: Path) -> tuple[list[Example], list[Skipped]]:
    """Columns `id`, `theme`, `time`, `detail`, `label`; UTF-8, plain or gzipped.

    Rows without text or label are skipped. Raises UnusableExamples.
    """
    try:
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        table = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UnusableExamples(_("%(file)s is not in UTF-8.") % {"file": path.name}) from wrong
    except (OSError, EOFError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        raise UnusableExamples(_("%(file)s cannot be read: %(reason)s") % {"file": path, "reason": reason}) from wrong
    return read_table(table, path.name)


def read_table(table: str, name: str) -> tuple[list[Example], list[Skipped]]:
    """Raises UnusableExamples."""
    csv.field_size_limit(_MOST_OF_A_CELL)
    reader = csv.DictReader(io.StringIO(table.replace("\0", ""), newline=""))
    missing = {"detail", "label"} - set(reader.fieldnames or ())
    if missing:
        columns = "、".join(sorted(missing))
        raise UnusableExamples(_("%(file)s has no column %(columns)s.") % {"file": name, "columns": columns})
    examples: list[Example] = []
    skipped: list[Skipped] = []
    try:
        for number, row in enumerate(reader, start=2):
            text = "\n".join(filter(None, ((row.get("theme") or "").strip(), (row["detail"] or "").strip())))
            label = (row["label"] or "").strip()
            if text and label:
                examples.append(Example((row.get("id") or "").strip() or str(number), text, label))
            else:
                skipped.append(Skipped(number, _("no message") if label else _("no label")))
    except csv.Error as wrong:
        raise UnusableExamples(f"{name}: {wrong}") from wrong
    if not examples:
        raise UnusableExamples(_("%(file)s has no row with a message and a label.") % {"file": name})
    return examples, skipped


def twins(examples: Iterable[Example]) -> list[int]:
    """For each example the number of its group: those that say nearly the same are never divided between folds."""
    seen: Seen[int] = Seen()
    group: list[int] = []
    for at, example in enumerate(examples):
        earlier = seen.add(at, example.text)
        group.append(group[earlier[0].key] if earlier else at)
    return group
