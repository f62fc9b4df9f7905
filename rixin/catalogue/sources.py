"""What metrics can be asked over: cases, and the records of each type. Each source has columns of a few plain kinds.

Days are whole numbers like 20221231 and flags are 0 or 1, so that every engine counts them alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rixin.catalogue.report_text import Split
from rixin.catalogue.schema import Option, Text
from rixin.catalogue.work_schema import Metric, RecordField, RecordType

CASES = "cases"
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


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _options(**names: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, name=_text(*name)) for code, name in names.items())


GROUND: Mapping[str, Column] = {
    "id": Column("number", _text("序号", "Number")),
    "version": Column("number", _text("版本", "Version")),
    "mark": Column("number", _text("校验数", "Check number")),
    "area": Column("code", _text("区域", "Area")),
    "unit": Column("code", _text("单位", "Unit")),
}
"""What the rows of every source have. `mark` follows from id and version; sums of it make a figure's digest."""

_CASES: dict[str, Column] = {
    "type": Column("code", _text("事项类型", "Kind of matter")),
    "matter_class": Column("code", _text("事项大类", "Class")),
    "channel": Column(
        "code",
        _text("渠道", "Channel"),
        _options(
            code=("西湖码", "West Lake code"),
            grid=("网格上报", "Grid worker"),
            desk=("窗口登记", "Desk"),
            hotline=("热线", "Hotline"),
            **{"import": ("导入", "Import"), "open311": ("Open311", "Open311")},
        ),
    ),
    "urgency": Column(
        "code", _text("紧急程度", "Urgency"), _options(ordinary=("一般", "Ordinary"), urgent=("紧急", "Urgent"))
    ),
    "place": Column("text", _text("地点代码", "Place")),
    "phase": Column(
        "code",
        _text("阶段", "Phase"),
        _options(open=("办理中", "Open"), suspended=("挂起", "Suspended"), closed=("已结", "Closed")),
    ),
    "outcome": Column(
        "code",
        _text("结果", "Outcome"),
        _options(
            solved=("办结", "Solved"),
            declined=("不予受理", "Declined"),
            merged=("合并", "Merged"),
            failed=("未果", "Failed"),
        ),
    ),
    "rating": Column(
        "code",
        _text("评价", "Rating"),
        _options(
            satisfied=("满意", "Satisfied"),
            fairly=("基本满意", "Fairly satisfied"),
            not_satisfied=("不满意", "Not satisfied"),
        ),
    ),
    "origin": Column(
        "code",
        _text("纠纷来源", "Where a dispute comes from"),
        _options(
            self=("当事人申请", "A party"),
            police=("警源", "Police"),
            court=("诉源", "Court"),
            petition=("访源", "Petition"),
            grid=("网格排查", "Grid"),
        ),
    ),
    "excluded": Column("flag", _text("评价经批准剔除", "Rating excluded with approval")),
    "opened_day": Column("day", _text("收到日期", "Received on")),
    "accepted_day": Column("day", _text("受理日期", "Accepted on")),
    "dispatched_day": Column(
        "day", _text("派遣日期（已定是否按时响应）", "Dispatched on, once it is told if it was responded to in time")
    ),
    "answered_day": Column("day", _text("答复日期", "Answered on")),
    "handled_day": Column("day", _text("处置日期", "Handled on")),
    "verified_day": Column("day", _text("核查日期", "Verified on")),
    "resolved_day": Column("day", _text("群众确认解决日期", "Resolved, as the resident says, on")),
    "closed_day": Column("day", _text("结案日期", "Closed on")),
    "rated_day": Column("day", _text("评价日期", "Rated on")),
    "due_day": Column(
        "day", _text("办理到期日期（已定是否按期）", "Handling was due on, once it is told if it was kept")
    ),
    "handled_in_time": Column("flag", _text("按期处置", "Handled in time")),
    "responded_in_time": Column("flag", _text("按时签收响应", "Responded to in time")),
    "reopened": Column("number", _text("重办次数", "Times reopened")),
    "reworked": Column("number", _text("返工次数", "Times reworked")),
    "returned": Column("number", _text("退单次数", "Times returned")),
    "extended": Column("number", _text("延期次数", "Times extended")),
    "proposed": Column("code", _text("自动研判的事项类型", "Kind that sorting proposed")),
    "proposal_stands": Column("flag", _text("自动研判的类型被采纳", "The kind proposed stands")),
    "merged_into": Column("number", _text("并入的事项", "Merged into")),
}
CASE_COLUMNS: Mapping[str, Column] = {**GROUND, **_CASES}


@dataclass(frozen=True)
class RegisterSource:
    """Rows of a register. `name`: of one such row."""

    name: Text
    columns: Mapping[str, Column]


def _register(zh: str, en: str, **columns: Column) -> RegisterSource:
    return RegisterSource(_text(zh, en), {**GROUND, **columns})


_FROM, _UNTIL = Column("day", _text("起始日期", "From")), Column("day", _text("终止日期", "Until"))
_ENTERPRISE = Column("code", _text("企业", "Enterprise"))
_SECTION = Column("code", _text("行业门类", "Section of industry"))
_DIVISION = Column("code", _text("行业大类", "Division of industry"))
_CULTURAL = Column("flag", _text("文化产业", "Cultural industry"))
_BUILDING = Column("code", _text("楼宇", "Building"))
_STANDING = Column(
    "code",
    _text("状态", "Standing"),
    _options(
        here=("注册并在此办公", "Registered and working here"),
        elsewhere=("注册在此、异地办公", "Registered here, working elsewhere"),
        working=("在此办公、异地注册", "Working here, registered elsewhere"),
        left=("已迁出", "Moved away"),
        closed=("已注销", "Closed"),
    ),
)
_INDUSTRY = {"section": _SECTION, "division": _DIVISION, "cultural": _CULTURAL}


def _area(zh: str, en: str) -> Column:
    return Column("number", _text(zh, en), unit="square_metre", decimals=2)


def _money(zh: str, en: str) -> Column:
    return Column("number", _text(zh, en), unit="yuan", decimals=2)


REGISTERS: Mapping[str, RegisterSource] = {
    "standings": _register(
        "企业状态",
        "Standing of an enterprise",
        day=_FROM,
        until=_UNTIL,
        enterprise=_ENTERPRISE,
        standing=_STANDING,
        how=Column(
            "code",
            _text("变动方式", "How it came about"),
            _options(
                found=("建册时已在", "Was here when it was entered"),
                new=("新注册", "Newly registered"),
                moved_in=("迁入", "Moved in"),
                changed=("办公或注册地变更", "Place of work or registration changed"),
                moved_out=("迁出", "Moved out"),
                closed=("注销", "Closed"),
            ),
        ),
        **_INDUSTRY,
    ),
    "traits": _register(
        "企业资质与归属",
        "Trait of an enterprise",
        day=_FROM,
        until=_UNTIL,
        enterprise=_ENTERPRISE,
        trait=Column("code", _text("类别", "Trait")),
        value=Column("code", _text("内容", "Value")),
        **_INDUSTRY,
    ),
    "rooms": _register(
        "楼宇房间",
        "Room of a building",
        day=_FROM,
        until=_UNTIL,
        building=_BUILDING,
        use=Column("code", _text("用途", "Use")),
        size=_area("面积", "Area"),
    ),
    "tenancies": _register(
        "租用",
        "Tenancy",
        day=_FROM,
        until=_UNTIL,
        lease_end=Column("day", _text("租约到期", "Lease ends on")),
        enterprise=_ENTERPRISE,
        building=_BUILDING,
        size=_area("租用面积", "Area let"),
        **_INDUSTRY,
    ),
    "tenants": _register(
        "入驻企业",
        "Tenant with a standing",
        day=_FROM,
        until=_UNTIL,
        enterprise=_ENTERPRISE,
        building=_BUILDING,
        standing=_STANDING,
        **_INDUSTRY,
    ),
    "returns": _register(
        "企业税收与产值",
        "Return of an enterprise",
        day=Column("day", _text("期末", "End of the period")),
        enterprise=_ENTERPRISE,
        building=_BUILDING,
        measured=Column(
            "code", _text("指标", "Measured"), _options(tax=("税收", "Tax paid"), output=("产值", "Output"))
        ),
        amount=_money("金额", "Amount"),
        **_INDUSTRY,
    ),
    "building_taxes": _register(
        "楼宇年度税收",
        "Tax of a building in a year",
        day=Column("day", _text("最后一期", "Last return")),
        building=_BUILDING,
        tax=_money("税收", "Tax paid"),
    ),
}
"""What the registers of enterprises and buildings can be asked. Spans of time have `day` and `until`; of a building's
tax there is one row a year, summed over the enterprises that had rooms there at the end of each return's period.
"""
RECORD_GROUND: Mapping[str, Column] = {**GROUND, "day": Column("day", _text("日期", "Day"))}

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
    return {**RECORD_GROUND, **fields}


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
