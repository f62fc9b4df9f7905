"""What can be asked of livelihood projects before and after they are built: what was raised, and how it was rated."""

from collections.abc import Mapping

from rixin.catalogue.columns import Column, RegisterSource, options, register, text

_DAY = Column("day", text("日期", "Day"))
CHOOSING: Mapping[str, RegisterSource] = {
    "proposals": register(
        "民生实事建议",
        "Proposal for a livelihood project",
        day=_DAY,
        year=Column("number", text("项目年度", "Year in which it would be built")),
        source=Column(
            "code",
            text("来源", "Where it comes from"),
            options(
                resident=("居民网上提出", "A resident, on the page"),
                meeting=("座谈会议", "A meeting"),
                topic=("热点问题", "A hot topic"),
                matter=("群众诉求", "A matter"),
            ),
        ),
        state=Column(
            "code",
            text("状态", "State"),
            options(
                raised=("待审阅", "Waiting to be read"),
                published=("已公布", "Published"),
                hidden=("不予公布", "Not published"),
                merged=("已合并", "Joined with another one"),
                listed=("候选", "On the short list"),
                declined=("未列入候选", "Not on the short list"),
                chosen=("票选确定", "Chosen"),
                passed=("本年度未入选", "Not chosen this year"),
            ),
        ),
        listed_day=Column("day", text("列入候选日期", "Put on the short list on")),
        chosen_day=Column("day", text("票选确定日期", "Chosen on")),
        supporters=Column("number", text("支持数", "Supporters")),
    ),
    "project_ratings": register(
        "民生实事评价",
        "Rating of a livelihood project",
        day=_DAY,
        project=Column("text", text("项目", "Project")),
        year=Column("number", text("项目年度", "Year of the project")),
        rating=Column(
            "code",
            text("评价", "Rating"),
            options(
                satisfied=("满意", "Satisfied"),
                fairly=("基本满意", "Fairly satisfied"),
                not_satisfied=("不满意", "Not satisfied"),
            ),
        ),
    ),
}
