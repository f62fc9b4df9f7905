"""What can be asked of the register of facilities."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, options, register, text

_OF_FACILITY = {
    "facility": Column("code", text("设施", "Facility")),
    "kind": Column("code", text("设施类型", "Kind of facility")),
    "level": Column("code", text("级别", "Level")),
}
FACILITIES: Mapping[str, RegisterSource] = {
    "facilities": register(
        "设施状态",
        "State of a facility",
        day=FROM,
        until=UNTIL,
        **_OF_FACILITY,
        state=Column(
            "code",
            text("状态", "State"),
            options(
                planned=("筹建", "Being prepared"),
                open=("开放", "Open"),
                paused=("暂停开放", "Closed for a time"),
                ended=("已停用", "Closed for good"),
            ),
        ),
        first=Column("flag", text("首次启用", "First opening")),
    ),
    "facility_stars": register(
        "设施星级",
        "Stars of a facility",
        day=FROM,
        until=UNTIL,
        **_OF_FACILITY,
        stars=Column("number", text("星级", "Stars")),
    ),
    "facility_floor_area": register(
        "设施面积",
        "Floor area of a facility",
        day=FROM,
        until=UNTIL,
        **_OF_FACILITY,
        size=Column("number", text("面积", "Floor area"), unit="square_metre", decimals=2),
    ),
}
"""Spans of time: what holds of a facility from `day` until another day."""
