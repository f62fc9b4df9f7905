"""A filled form: what stands in which cell, and where each comes from. What is kept of a submission is this. Pure.

The same table is drawn as a page and written as a spreadsheet, whether it was filled now or handed in long ago.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from rixin.catalogue.form_sheet import Place, name_of
from rixin.chain import digest

Value = Decimal | str | date | None
Kind = Literal["words", "figure", "record", "typed"]
Asks = Literal["", "text", "number"]


@dataclass(frozen=True)
class Line:
    """A row or column of the filled sheet: `of` which one of the template it is made, and for what, if it is repeated.

    `key` stays the same from one period to the next: an area's path, the nth month, a record's number.
    """

    of: int
    key: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell that was filled, or had to stay empty."""

    kind: Kind
    key: str
    """What it says, whatever place it stands in: by it two tables are compared."""
    value: Value
    shown: str
    number_format: str = ""
    """Where the template's does not do."""
    figures: tuple[dict[str, Any], ...] = ()
    """What `plain_json` says of each figure in it."""
    record: int | None = None
    """For a field of a record: its number, and in `label` the field's name."""
    label: str = ""
    """Of a field, or of what is typed by hand."""
    remarks: tuple[str, ...] = ()
    """Why it is empty, and what else has to be known."""
    asks: Asks = ""
    needed: bool = False

    @property
    def sourced(self) -> bool:
        return self.kind in ("figure", "record")

    @property
    def compared(self) -> bool:
        """Whether a change of it means anything: the day on which a form is filled does not."""
        return self.kind != "words"

    @property
    def filled(self) -> bool:
        return self.compared and self.value is not None


@dataclass(frozen=True)
class FilledSheet:
    title: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[Place, Cell] = field(default_factory=dict)
    """By the place that each has now."""


@dataclass(frozen=True)
class Placed:
    """A cell with where it stands."""

    sheet: int
    title: str
    place: Place
    cell: Cell

    @property
    def name(self) -> str:
        return name_of(*self.place)


@dataclass(frozen=True)
class Table:
    """`hidden`: records of its lists that whoever filled it may not see; `cut`: those beyond the most that fit."""

    sheets: tuple[FilledSheet, ...]
    hidden: int = 0
    cut: int = 0

    def placed(self) -> Iterator[Placed]:
        for nth, sheet in enumerate(self.sheets):
            for place, cell in sorted(sheet.cells.items()):
                yield Placed(nth, sheet.title, place, cell)

    @cached_property
    def by_key(self) -> dict[str, Cell]:
        return {placed.cell.key: placed.cell for placed in self.placed()}

    @property
    def digest(self) -> str:
        """SHA-256 over what its sources say: neither what is typed nor the day on which it is filled."""
        return digest(
            [[one.sheet, one.place, one.cell.key, _plain(one.cell.value)] for one in self.placed() if one.cell.sourced]
        )

    @property
    def filled(self) -> int:
        return sum(placed.cell.filled for placed in self.placed())

    @property
    def typed(self) -> int:
        return sum(placed.cell.filled and placed.cell.kind == "typed" for placed in self.placed())


# ---- kept as plain data


def as_data(table: Table) -> list[dict[str, Any]]:
    return [
        {
            "title": sheet.title,
            "rows": [[line.of, line.key] for line in sheet.rows],
            "columns": [[line.of, line.key] for line in sheet.columns],
            "cells": [_cell_data(place, cell) for place, cell in sorted(sheet.cells.items())],
        }
        for sheet in table.sheets
    ]


def from_data(data: list[dict[str, Any]]) -> Table:
    return Table(
        tuple(
            FilledSheet(
                sheet["title"],
                tuple(Line(*line) for line in sheet["rows"]),
                tuple(Line(*line) for line in sheet["columns"]),
                dict(_cell(said) for said in sheet["cells"]),
            )
            for sheet in data
        )
    )


_KEPT = ("kind", "key", "shown", "number_format", "record", "label", "asks", "needed")


def _cell_data(place: Place, cell: Cell) -> dict[str, Any]:
    said = {name: kept for name in _KEPT if (kept := getattr(cell, name))}
    lists = {"figures": list(cell.figures), "remarks": list(cell.remarks)}
    return {"at": list(place), "value": _plain(cell.value), **said, **{name: one for name, one in lists.items() if one}}


def _cell(said: Mapping[str, Any]) -> tuple[Place, Cell]:
    row, column = said["at"]
    kept = {name: said[name] for name in _KEPT if name in said}
    cell = Cell(
        **{"shown": "", **kept},
        value=_value(said["value"]),
        figures=tuple(said.get("figures", ())),
        remarks=tuple(said.get("remarks", ())),
    )
    return (row, column), cell


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _value(said: Any) -> Value:
    if isinstance(said, dict):
        return Decimal(said["number"]) if "number" in said else date.fromisoformat(said["day"])
    return None if said is None else str(said)
