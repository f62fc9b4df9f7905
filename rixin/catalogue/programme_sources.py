"""What can be asked of projects and their steps."""

from collections.abc import Mapping

from rixin.catalogue.columns import FROM, UNTIL, Column, RegisterSource, options, register, text

_PROJECT = Column("code", text("项目", "Project"))
_KIND = Column("code", text("项目类别", "Kind of project"))
_LEVEL = Column("code", text("级别", "Level"))
_YEAR = Column("number", text("计划年度", "Plan of the year"))
_STATUS = Column(
    "code",
    text("状态", "State"),
    options(open=("进行中", "Under way"), done=("已完成", "Done"), stopped=("已停止", "Stopped")),
)


def _money(zh: str, en: str) -> Column:
    return Column("number", text(zh, en), unit="yuan", decimals=2)


PROGRAMMES: Mapping[str, RegisterSource] = {
    "project_steps": register(
        "项目节点",
        "Step of a project",
        day=Column("day", text("完成日期", "Done on")),
        planned=Column("day", text("计划日期", "Planned for")),
        project=_PROJECT,
        kind=_KIND,
        step=Column("code", text("节点", "Step")),
        milestone=Column(
            "code",
            text("里程碑", "Milestone"),
            options(
                started=("开工", "Started"),
                completed=("完工", "Completed"),
                accepted=("验收", "Accepted"),
                recognised=("认定", "Recognised"),
            ),
        ),
        level=_LEVEL,
        on_time=Column("flag", text("按期完成", "Done by its planned day")),
        year=_YEAR,
        place=Column("code", text("地点", "Place")),
    ),
    "projects": register(
        "项目",
        "Project",
        day=FROM,
        until=UNTIL,
        project=_PROJECT,
        kind=_KIND,
        level=_LEVEL,
        year=_YEAR,
        status=_STATUS,
        budget=_money("预算", "Budget"),
        paid=_money("已支付", "Paid"),
    ),
    "project_payments": register(
        "项目支付",
        "Payment of a project",
        day=Column("day", text("支付日期", "Paid on")),
        project=_PROJECT,
        kind=_KIND,
        level=_LEVEL,
        year=_YEAR,
        amount=_money("金额", "Amount"),
    ),
}
"""Steps are there once they are done, payments unless they were taken back; a project from its opening to its end."""
