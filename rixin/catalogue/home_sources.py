"""What can be asked of dwellings and their head counts."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, register, text

_BUILDING = Column("code", text("楼幢", "Building"))
_STAIRWELL = Column("code", text("单元", "Stairwell"))
HOMES: Mapping[str, RegisterSource] = {
    "dwellings": register(
        "住房",
        "Dwelling",
        day=FROM,
        until=UNTIL,
        building=_BUILDING,
        stairwell=_STAIRWELL,
        floor=Column("number", text("楼层", "Floor")),
    ),
    "head_counts": register(
        "住户人数报数",
        "Head count",
        day=Column("day", text("期末", "End of the period")),
        until=Column("day", text("下一次报数", "Next count")),
        building=_BUILDING,
        stairwell=_STAIRWELL,
        period=Column("code", text("期间", "Period")),
        counted=Column("code", text("报数项目", "What is counted")),
        number=Column("number", text("人数或户数", "How many")),
    ),
}
"""A head count holds from the last day of its period until the next return of the same stairwell."""
