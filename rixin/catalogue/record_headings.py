"""The columns of a table of records: what each is headed, on the way out and on the way in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import RecordType
from rixin.sheets import plain_heading

DAY, AREA, UNIT = "day", "area", "unit"
ADDRESS, SOURCE, STATE, NUMBER = "its.address", "its.source", "its.state", "its.number"
FACILITY = "its.facility"
"""No field can be called so: a code has no point."""


@dataclass(frozen=True)
class Heading:
    """`name`: of a field, or one of those above. `aliases`: what else the column may be headed."""

    name: str
    label: Text
    aliases: tuple[str, ...] = ()


_GROUND: Mapping[str, Heading] = {
    AREA: Heading(
        AREA,
        Text(zh="所属区域", en="Area it belongs to"),
        ("区域", "社区", "网格", "微网格", "所属社区", "所属网格", "所在社区", "所在网格", "area", "community", "grid"),
    ),
    ADDRESS: Heading(
        ADDRESS, Text(zh="地址", en="Address"), ("地点", "详细地址", "具体地址", "位置", "place", "location")
    ),
    FACILITY: Heading(FACILITY, Text(zh="所属设施", en="Facility"), ("设施", "设施名称", "facility")),
    SOURCE: Heading(SOURCE, Text(zh="数据来源", en="Source of the figures"), ("来源", "source")),
    UNIT: Heading(UNIT, Text(zh="登记单位", en="Unit that keeps it"), ("单位", "填报单位", "unit")),
    STATE: Heading(STATE, Text(zh="台账状态", en="State of the record")),
    NUMBER: Heading(NUMBER, Text(zh="台账编号", en="Number of the record")),
}
_DAY = ("日期", "时间", "date", "day")
_PERIOD = ("时期", "期间", "报告期", "统计期", "period")


def columns(record: RecordType) -> list[Heading]:
    """The columns of a table of such records, in order."""
    day = Heading(DAY, record.day, (*record.day_aliases, *(_PERIOD if record.period else ()), *_DAY))
    fields = [Heading(field.name, field.label, (*field.aliases, field.name)) for field in record.fields]
    ground = [FACILITY] if record.facility else [AREA, ADDRESS] if record.place != "none" else []
    ground += [SOURCE] if record.period else []
    return [day, *fields, *(_GROUND[name] for name in (*ground, UNIT, STATE, NUMBER))]


def by_heading(record: RecordType) -> dict[str, str]:
    """Plain heading → name of the column. What a column is called goes before what else it may be called."""
    named = columns(record)
    known: dict[str, str] = {}
    for column in named:
        for label in (column.label.zh, column.label.en):
            known.setdefault(plain_heading(label), column.name)
    for column in named:
        for alias in column.aliases:
            known.setdefault(plain_heading(alias), column.name)
    return known


def ambiguous(record: RecordType) -> Iterator[tuple[tuple[str, str], str]]:
    """(names of two columns, heading that both have)."""
    seen: dict[str, str] = {}
    for column in columns(record):
        for label in dict.fromkeys((column.label.zh, column.label.en)):
            other = seen.setdefault(plain_heading(label), column.name)
            if other != column.name:
                yield (other, column.name), label
