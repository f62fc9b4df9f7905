"""What the rows of every source of metrics are made of: columns of a few plain kinds.

Days are whole numbers like 20221231 and flags are 0 or 1, so that every engine counts them alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rixin.catalogue.schema import Option, Text

ColumnKind = Literal["code", "text", "number", "day", "flag"]


@dataclass(frozen=True)
class Column:
    kind: ColumnKind
    label: Text
    options: tuple[Option, ...] = ()
    """For a code: its values, where they are known."""
    unit: str | None = None
    decimals: int = 0
    """A number is kept as a whole number of its last digit."""


def text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def options(**names: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, name=text(*name)) for code, name in names.items())


GROUND: Mapping[str, Column] = {
    "id": Column("number", text("序号", "Number")),
    "version": Column("number", text("版本", "Version")),
    "mark": Column("number", text("校验数", "Check number")),
    "area": Column("code", text("区域", "Area")),
    "unit": Column("code", text("单位", "Unit")),
}
"""What the rows of every source have. `mark` follows from id and version; sums of it make a figure's digest."""


@dataclass(frozen=True)
class RegisterSource:
    """Rows of a register. `name`: of one such row."""

    name: Text
    columns: Mapping[str, Column]


def register(zh: str, en: str, **columns: Column) -> RegisterSource:
    return RegisterSource(text(zh, en), {**GROUND, **columns})


FROM, UNTIL = Column("day", text("起始日期", "From")), Column("day", text("终止日期", "Until"))
"""The first day of what holds for a time, and the first one on which it no longer does."""
