"""What can be asked of service rolls: totals, never a person."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, register, text

_ROLL = Column("code", text("服务名册", "Roll"))
ROLLS: Mapping[str, RegisterSource] = {
    "roll_entries": register("服务名册人次", "Entry of a roll", day=FROM, until=UNTIL, roll=_ROLL),
    "roll_visits": register(
        "名册探访",
        "Call at a person of a roll",
        day=Column("day", text("探访日期", "Day of the call")),
        roll=_ROLL,
        outcome=Column("code", text("探访结果", "Outcome")),
    ),
}
"""Which roll, in which grid, from when until when. No column says who; what was emptied since still counts."""
