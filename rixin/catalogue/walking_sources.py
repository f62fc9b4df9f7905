"""What can be asked of how far dwellings are from facilities."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, register, text

WALKING: Mapping[str, RegisterSource] = {
    "reaches": register(
        "步行可达",
        "Walk from a building to the nearest facility",
        day=FROM,
        until=UNTIL,
        circle=Column("code", text("生活圈", "Circle")),
        building=Column("code", text("楼栋", "Building")),
        dwellings=Column("number", text("住房套数", "Dwellings"), unit="dwelling"),
        facility=Column("code", text("最近设施", "Nearest facility")),
        kind=Column("code", text("最近设施类别", "Kind of the nearest facility")),
        metres=Column("number", text("步行距离", "Metres on foot")),
        minutes=Column("number", text("步行时间", "Minutes on foot"), unit="minute"),
        covered=Column("flag", text("在圈内", "Within the circle")),
        on_network=Column("flag", text("接入步行路网", "On the path network")),
    ),
}
"""One row for each building and circle, as long as dwellings, facility and way stay the same. Without metres there is
no way to any facility.
"""
