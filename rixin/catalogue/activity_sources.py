"""What can be asked of events, teams and volunteers."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, options, register, text

_KIND = Column("code", text("活动种类", "Kind of event"))
_SORT = Column("code", text("类别", "Sort"))
_STATE = Column(
    "code",
    text("状态", "State"),
    options(planned=("计划中", "Planned"), held=("已举办", "Held"), cancelled=("已取消", "Cancelled")),
)
_DAY = Column("day", text("举办日期", "Held on"))

ACTIVITIES: Mapping[str, RegisterSource] = {
    "events": register(
        "活动",
        "Event",
        day=_DAY,
        kind=_KIND,
        sort=_SORT,
        state=_STATE,
        team=Column("code", text("承办队伍", "Team")),
        people=Column("number", text("参加人次", "Attendances"), unit="person_time"),
        sessions=Column("number", text("已开课次", "Sessions held"), unit="occasion"),
    ),
    "event_employers": register(
        "参会用人单位",
        "Employer at a fair",
        day=_DAY,
        kind=_KIND,
        state=_STATE,
        event=Column("code", text("活动", "Event")),
        enterprise=Column("code", text("在册企业", "Enterprise of the register")),
        posts=Column("number", text("提供岗位", "Posts offered"), unit="post"),
        agreements=Column("number", text("签订就业（意向）协议", "Agreements signed"), unit="person"),
    ),
    "teams": register(
        "文化队伍",
        "Cultural team",
        day=FROM,
        until=UNTIL,
        kind=_KIND,
        level=Column("code", text("层级", "Level")),
        members=Column("number", text("成员数", "Members"), unit="person"),
    ),
    "volunteer_hours": register(
        "志愿服务时长",
        "Hours of volunteers",
        day=Column("day", text("服务日期", "Day")),
        volunteer=Column("code", text("志愿者", "Volunteer")),
        origin=Column(
            "code",
            text("来源", "From"),
            options(
                enterprise=("企业", "Enterprises"),
                university=("高校", "Universities"),
                charity=("公益组织", "Charities"),
                residents=("居民", "Residents"),
            ),
        ),
        people=Column("number", text("服务人次", "People who helped"), unit="person"),
        newcomers=Column("number", text("其中首次参加", "Of them for the first time"), unit="person"),
        hours=Column("number", text("服务时长", "Hours"), unit="hour", decimals=2),
    ),
}
"""Of events that were planned, held or cancelled one row each; of a fair one row for each employer."""
