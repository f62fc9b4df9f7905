"""What became of each row of an import, as it is kept, shown and fetched."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from rixin.registers.imports import headings
from rixin.registers.imports.outcomes import LABELS, Outcome
from rixin.sheet_writing import Sheet
from rixin.sheets import harmless

Result = dict[str, Any]
"""row, kind, name, code, enterprise (id), changed (names of what), why; once undone: undone, stays."""
DONE = ("new", "changed")
"""Kinds of rows that are not imported another time."""
ROOMS = "rooms"
_UNDONE = {
    "withdrawn": gettext_lazy("Withdrawn"),
    "put_back": gettext_lazy("Put back"),
    "stays": gettext_lazy("Stays: somebody changed it since"),
}
_OTHERS = {
    "section": headings.INDUSTRY,
    "division": headings.INDUSTRY,
    "area_path": headings.AREA,
    "place_code": headings.ADDRESS,
    "founded_on": headings.FOUNDED,
    "former_name": headings.NAME,
}
_ENTERPRISE = pgettext_lazy("part of an enterprise's entry", "The enterprise")


def row_of(outcome: Outcome, enterprises: Mapping[int, int]) -> Result:
    """`enterprises`: id of what was written, by row."""
    said, to = outcome.said, enterprises.get(outcome.to or outcome.row)
    return {
        "row": outcome.row,
        "kind": outcome.kind,
        "name": said.name,
        "code": said.code,
        "enterprise": to or (outcome.entry.pk if outcome.entry else None),
        "changed": list(dict.fromkeys(_changed(outcome))) if outcome.kind == "changed" else [],
        "why": "；".join(_reasons(outcome)),
    }


def merged(before: Sequence[Result], now: Sequence[Result]) -> list[Result]:
    """What was imported before stays as it was told then."""
    kept = {row["row"]: row for row in before if row["kind"] in DONE}
    return sorted([*kept.values(), *(row for row in now if row["row"] not in kept)], key=lambda row: int(row["row"]))


def said_of(row: Result) -> str:
    """What became of it, in the reader's language."""
    if row.get("undone"):
        text = str(_UNDONE[row["undone"]])
        return f"{text}：{labels(row['stays'])}" if row["stays"] and row["undone"] != "stays" else text
    return str(LABELS[row["kind"]])


def labels(names: Sequence[str]) -> str:
    return _(", ").join(dict.fromkeys(label_of(name) for name in names))


def label_of(name: str) -> str:
    """What was changed, as its column is headed."""
    if name == ROOMS:
        return pgettext("of a building", "Rooms")
    if name == "enterprise":
        return str(_ENTERPRISE)
    return headings.plain_label(headings.label(_OTHERS.get(name, name)))


def write_all(results: Sequence[Result], sheet: Sheet) -> None:
    named = [headings.label(headings.NAME), headings.label(headings.CODE)]
    sheet.row([*named, _("Row in the file"), _("Result"), _("What exactly")])
    for row in results:
        told = row["why"] or labels(row["changed"])
        sheet.row([harmless(row["name"]), row["code"], row["row"], said_of(row), harmless(told)])


def _changed(outcome: Outcome) -> Iterator[str]:
    changes = outcome.changes
    yield from sorted(changes.details)
    if changes.name_as:
        yield headings.NAME
    if changes.stand:
        yield headings.STANDING
    if changes.traits:
        yield headings.TRAITS
    for figure in changes.figures:
        yield ".".join(figure.key)
    if changes.lets or changes.renewals:
        yield ROOMS


def _reasons(outcome: Outcome) -> Iterator[str]:
    for name, message in outcome.problems.items():
        yield f"{headings.plain_label(headings.label(name))}：{message}"
    if outcome.doubt is not None:
        yield outcome.doubt.why
    if outcome.to is not None:
        yield _("Belongs to row {row}").format(row=outcome.to)
