"""What metrics can be asked over: cases, the records of each type, and what is kept in the registers."""

from collections.abc import Mapping

from rixin.catalogue.activity_sources import ACTIVITIES
from rixin.catalogue.choosing_sources import CHOOSING
from rixin.catalogue.columns import GROUND, Column, ColumnKind, RegisterSource, options, text
from rixin.catalogue.enterprise_sources import ENTERPRISES
from rixin.catalogue.facility_sources import FACILITIES
from rixin.catalogue.home_sources import HOMES
from rixin.catalogue.programme_sources import PROGRAMMES
from rixin.catalogue.report_text import Split
from rixin.catalogue.roll_sources import ROLLS
from rixin.catalogue.walking_sources import WALKING
from rixin.catalogue.work_schema import Metric, RecordField, RecordType

CASES = "cases"
_CASES: dict[str, Column] = {
    "type": Column("code", text("事项类型", "Kind of matter")),
    "matter_class": Column("code", text("事项大类", "Class")),
    "channel": Column(
        "code",
        text("渠道", "Channel"),
        options(
            code=("西湖码", "West Lake code"),
            grid=("网格上报", "Grid worker"),
            desk=("窗口登记", "Desk"),
            hotline=("热线", "Hotline"),
            **{"import": ("导入", "Import"), "open311": ("Open311", "Open311")},
        ),
    ),
    "urgency": Column(
        "code", text("紧急程度", "Urgency"), options(ordinary=("一般", "Ordinary"), urgent=("紧急", "Urgent"))
    ),
    "place": Column("text", text("地点代码", "Place")),
    "phase": Column(
        "code",
        text("阶段", "Phase"),
        options(open=("办理中", "Open"), suspended=("挂起", "Suspended"), closed=("已结", "Closed")),
    ),
    "outcome": Column(
        "code",
        text("结果", "Outcome"),
        options(
            solved=("办结", "Solved"),
            declined=("不予受理", "Declined"),
            merged=("合并", "Merged"),
            failed=("未果", "Failed"),
        ),
    ),
    "rating": Column(
        "code",
        text("评价", "Rating"),
        options(
            satisfied=("满意", "Satisfied"),
            fairly=("基本满意", "Fairly satisfied"),
            not_satisfied=("不满意", "Not satisfied"),
        ),
    ),
    "origin": Column(
        "code",
        text("纠纷来源", "Where a dispute comes from"),
        options(
            self=("当事人申请", "A party"),
            police=("警源", "Police"),
            court=("诉源", "Court"),
            petition=("访源", "Petition"),
            grid=("网格排查", "Grid"),
        ),
    ),
    "excluded": Column("flag", text("评价经批准剔除", "Rating excluded with approval")),
    "opened_day": Column("day", text("收到日期", "Received on")),
    "accepted_day": Column("day", text("受理日期", "Accepted on")),
    "dispatched_day": Column(
        "day", text("派遣日期（已定是否按时响应）", "Dispatched on, once it is told if it was responded to in time")
    ),
    "answered_day": Column("day", text("答复日期", "Answered on")),
    "handled_day": Column("day", text("处置日期", "Handled on")),
    "verified_day": Column("day", text("核查日期", "Verified on")),
    "resolved_day": Column("day", text("群众确认解决日期", "Resolved, as the resident says, on")),
    "closed_day": Column("day", text("结案日期", "Closed on")),
    "rated_day": Column("day", text("评价日期", "Rated on")),
    "due_day": Column(
        "day", text("办理到期日期（已定是否按期）", "Handling was due on, once it is told if it was kept")
    ),
    "handled_in_time": Column("flag", text("按期处置", "Handled in time")),
    "responded_in_time": Column("flag", text("按时签收响应", "Responded to in time")),
    "reopened": Column("number", text("重办次数", "Times reopened")),
    "reworked": Column("number", text("返工次数", "Times reworked")),
    "returned": Column("number", text("退单次数", "Times returned")),
    "extended": Column("number", text("延期次数", "Times extended")),
    "proposed": Column("code", text("自动研判的事项类型", "Kind that sorting proposed")),
    "proposal_stands": Column("flag", text("自动研判的类型被采纳", "The kind proposed stands")),
    "merged_into": Column("number", text("并入的事项", "Merged into")),
}
CASE_COLUMNS: Mapping[str, Column] = {**GROUND, **_CASES}


REGISTERS: Mapping[str, RegisterSource] = {
    **ENTERPRISES,
    **FACILITIES,
    **HOMES,
    **ROLLS,
    **ACTIVITIES,
    **PROGRAMMES,
    **WALKING,
    **CHOOSING,
}
"""Everything that is neither a case nor a record, by the name under which metrics ask for it."""
RECORD_GROUND: Mapping[str, Column] = {**GROUND, "day": Column("day", text("日期", "Day"))}

FACILITY = "facility"
"""Of records that belong to one: its number."""

_KINDS: dict[str, ColumnKind] = {
    "text": "text",
    "count": "number",
    "amount": "number",
    "date": "day",
    "yes_no": "flag",
    "choice": "code",
}


def record_columns(record: RecordType) -> dict[str, Column]:
    """The columns of a record type's rows. Long texts are for people: they cannot be asked over and are not copied."""
    fields = {field.name: _column(field) for field in record.fields if field.kind in _KINDS}
    its_own = {FACILITY: Column("code", text("设施", "Facility"))} if record.facility else {}
    return {**RECORD_GROUND, **its_own, **fields}


def _column(field: RecordField) -> Column:
    decimals = field.decimals if field.kind == "amount" else 0
    return Column(_KINDS[field.kind], field.label, tuple(field.options), field.unit, decimals)


def own_day(source: str) -> str:
    """The day that decides about a row's period where a metric names none."""
    return "opened_day" if source == CASES else "day"


def can_narrow(metric: Metric) -> bool:
    """Whether it can be asked of one kind of matter only."""
    return metric.source == CASES


def can_split(metric: Metric, by: Split) -> bool:
    """By kind of matter only cases can be told apart; a point in time and a growth have no months of their own."""
    if by == "type":
        return can_narrow(metric)
    if by == "month":
        return not metric.at_a_point and metric.measure not in ("growth", "ratio")
    return True
