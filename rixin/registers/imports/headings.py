"""The columns of a table of enterprises: what each may be headed, on the way in and in the empty table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import MeasureUnit
from rixin.registers.imports.figure_headings import FIGURES, WAN, YUAN, figure_in, unit_in
from rixin.registers.models import Measured
from rixin.sheet_columns import Means
from rixin.sheets import plain_heading

NAME, CODE, INDUSTRY, ADDRESS, AREA = "name", "code", "industry", "address", "area"
BUILDING, ROOM, FLOOR, SIZE, LEASE_END = "building", "room", "floor", "size", "lease_end"
CAPITAL, FOUNDED, SINCE, STANDING, HOW, WHERE = "capital", "founded", "since", "standing", "how", "where"
BUSINESS, TRAITS, TRAIT_DAY, NOTE = "business", "traits", "trait_day", "note"
CONTACT_NAME, CONTACT_PHONE, CONTACT_POST = "contact_name", "contact_phone", "contact_post"
PERSONAL = (CONTACT_NAME, CONTACT_PHONE)
SEVERAL = (ADDRESS, INDUSTRY, AREA, ROOM, SINCE, TRAITS)
"""What several columns may hold: the first one that says something counts; of traits all."""
_YEARS_OFFERED = 4


@dataclass(frozen=True)
class Heading:
    """`how`: what is written there. `example`: a cell of it."""

    name: str
    label: Text
    how: str | Promise
    example: str
    aliases: str = ""
    """What else the column may be headed, with | between."""


HEADINGS: tuple[Heading, ...] = (
    Heading(
        NAME,
        Text(zh="企业名称", en="Name of the enterprise"),
        gettext_lazy("The full name as it is registered."),
        "杭州示例科技有限公司",
        "单位名称|公司名称|名称|企业|公司|公司名|单位|企业全称|企业名|市场主体名称|enterprise|company|name",
    ),
    Heading(
        CODE,
        Text(zh="统一社会信用代码", en="Unified social credit code"),
        gettext_lazy("Eighteen signs. By it the enterprise is found again whatever its name."),
        "91330106MA0000001W",
        "信用代码|社会信用代码|税号|纳税人识别号|统一信用代码|统一代码|credit code",
    ),
    Heading(
        INDUSTRY,
        Text(zh="行业", en="Industry"),
        gettext_lazy("A section or division of GB/T 4754, by name or code, such as I65."),
        "I65",
        "所属行业|国民经济行业|行业类别|行业门类|行业大类|行业代码|所属行业门类|行业分类",
    ),
    Heading(
        AREA,
        Text(zh="社区", en="Community"),
        gettext_lazy("A name of the area tree. Blank: told by the address or the building."),
        "",
        "所属社区|所在社区|区域|所属区域|网格|所属网格|辖区",
    ),
    Heading(
        ADDRESS,
        Text(zh="地址", en="Address"),
        gettext_lazy("Where it is registered or works."),
        "",
        "注册地址|办公地址|经营地址|住所|详细地址|经营场所|公司地址|企业地址|登记地址|注册地",
    ),
    Heading(
        BUILDING,
        Text(zh="楼宇", en="Office building"),
        gettext_lazy("The name of a building that is known."),
        "",
        "所在楼宇|大厦|楼宇名称|所属楼宇|办公楼宇|入驻楼宇|building",
    ),
    Heading(
        ROOM,
        Text(zh="房号", en="Room"),
        gettext_lazy("Several rooms of one enterprise: one line each, or with 、 between rooms that are known."),
        "301",
        "房间号|室号|房间|门牌号|房间编号|room number",
    ),
    Heading(
        FLOOR,
        Text(zh="楼层", en="Floor"),
        gettext_lazy("Needed only where the number of a new room does not tell it."),
        "3",
        "所在楼层|层",
    ),
    Heading(
        SIZE,
        Text(zh="面积（㎡）", en="Floor area (m²)"),
        gettext_lazy("Of the room, in square metres. Needed for a room that is new."),
        "120.5",
        "租赁面积|办公面积|建筑面积|使用面积|房屋面积",
    ),
    Heading(
        LEASE_END,
        Text(zh="租约到期日", en="End of the lease"),
        gettext_lazy("Its last day."),
        "2026-12-31",
        "租约到期|到期日|到期日期|合同到期日|租赁到期日|租约截止日期|租约到期时间|租期至",
    ),
    Heading(
        CAPITAL,
        Text(zh="注册资本（万元）", en="Registered capital (ten thousand yuan)"),
        gettext_lazy("In the unit of the heading, or with a unit behind the number, such as 500万元."),
        "500",
        "注册资金|注册资本金|认缴资本|capital",
    ),
    Heading(
        FOUNDED,
        Text(zh="成立日期", en="Founded on"),
        gettext_lazy("A date such as 2018-03-05."),
        "2018-03-05",
        "成立时间|注册日期|注册时间|设立日期|成立日",
    ),
    Heading(
        SINCE,
        Text(zh="登记日期", en="Since"),
        gettext_lazy("Since when it is what its state says: came, works elsewhere, left, closed. Blank: today."),
        "2022-03-05",
        "迁入日期|入驻日期|迁入时间|入驻时间|落户日期|变动日期|迁出日期|注销日期|登记时间",
    ),
    Heading(
        STANDING,
        Text(zh="状态", en="State"),
        gettext_lazy("存续, 异地经营, 外地注册, 迁出 or 注销. Blank: as known."),
        "存续",
        "经营状态|登记状态|企业状态|存续状态",
    ),
    Heading(
        HOW,
        Text(zh="方式", en="How it came"),
        gettext_lazy("新注册 or 迁入; blank: it was here before."),
        "新注册",
        "来源方式|入驻方式|引进方式|登记方式|新增方式",
    ),
    Heading(
        WHERE,
        Text(zh="迁入地", en="Where from or where to"),
        gettext_lazy("Where it came from or moved to."),
        "",
        "迁出地|原注册地|来源地|迁入迁出地",
    ),
    Heading(
        BUSINESS,
        Text(zh="主营业务", en="Business"),
        gettext_lazy("What it does; only the first 400 signs are kept."),
        "",
        "经营范围|主要业务|主营",
    ),
    Heading(
        TRAITS,
        Text(zh="梯度/资质", en="Recognitions and groups"),
        gettext_lazy("Such as 专精特新 or 高新技术企业, several with 、 between them."),
        "高新技术企业",
        "梯度|资质|企业资质|资质认定|培育梯度|所属系|荣誉|称号|认定情况",
    ),
    Heading(
        TRAIT_DAY,
        Text(zh="认定日期", en="Recognised on"),
        gettext_lazy("From which day the recognitions of the line hold. Blank: from today."),
        "2022-12-24",
        "认定时间|获评日期|获评时间",
    ),
    Heading(
        CONTACT_NAME,
        Text(zh="联系人", en="Contact"),
        gettext_lazy("Kept sealed; opened only for a purpose."),
        "",
        "企业联系人|联系人姓名",
    ),
    Heading(
        CONTACT_PHONE,
        Text(zh="联系电话", en="Telephone of the contact"),
        gettext_lazy("Kept sealed; opened only for a purpose."),
        "",
        "电话|手机|手机号|联系方式|联系人电话|手机号码",
    ),
    Heading(
        CONTACT_POST, Text(zh="职务", en="Post of the contact"), gettext_lazy("Such as 办公室主任."), "", "联系人职务"
    ),
    Heading(
        NOTE,
        Text(zh="备注", en="Remarks"),
        gettext_lazy("Stands in the history of the enterprise, with the name of the file."),
        "",
        "说明|note",
    ),
)
"""In the order of the empty table. Figures of a year follow: see `figure_columns`."""


def meaning() -> Means:
    """What a column headed so holds, as `held` writes it; "" where the heading says nothing."""
    known = _by_alias()

    def means(heading: str) -> str:
        name = figure_in(heading) or known.get(plain_heading(heading), "")
        return held(name, unit_in(heading) or WAN) if "." in name or name == CAPITAL else name

    return means


def held(name: str, unit: str) -> str:
    """capital@wan_yuan"""
    return f"{name}@{unit}"


def base(name: str) -> str:
    """What is held, without its unit."""
    return name.partition("@")[0]


def unit_of(name: str) -> MeasureUnit | None:
    return versions.work().measures.get(name.partition("@")[2])


def figure_of(name: str) -> tuple[Measured, Period] | None:
    """What a column of figures holds: of which period; None for any other column."""
    measured, dot, period = base(name).partition(".")
    return (Measured(measured), Period.read(period)) if dot else None


def label(name: str) -> str:
    """In the reader's language."""
    if figure := figure_of(name):
        measured, period = figure
        said = _("{measured} of {period}").format(measured=FIGURES[measured][0].here(), period=period)
    else:
        said = next((one.label.here() for one in HEADINGS if one.name == base(name)), base(name))
    unit = unit_of(name)
    return f"{plain_label(said)}（{unit.name.here()}）" if unit else said


def plain_label(text: str) -> str:
    """Without the unit in brackets."""
    return re.sub(r"\s*[(（].*[)）]$", "", text)


def choices(today: date, also: Sequence[str] = ()) -> list[tuple[str, str]]:
    """(name, label) of what a column may hold; `also` those that a table holds beyond these."""
    names = [name for one in HEADINGS for name in _named(one)]
    names += list(figure_names(today))
    names += [name for name in also if name and name not in names]
    return [(name, label(name)) for name in names]


def is_known(name: str) -> bool:
    """Whether a column can hold this."""
    named, at, unit = name.partition("@")
    if at and unit not in versions.work().measures:
        return False
    if named in {one.name for one in HEADINGS}:
        return True
    try:
        return figure_of(name) is not None
    except ValueError:
        return False


def figure_names(today: date) -> Iterator[str]:
    for measured in FIGURES:
        for year in range(today.year, today.year - _YEARS_OFFERED, -1):
            yield held(f"{measured}.{year}", WAN)
            yield held(f"{measured}.{year}", YUAN)


def figure_columns(today: date) -> list[Heading]:
    """Those of the empty table: of the year before."""
    year = today.year - 1
    return [
        Heading(
            held(f"{measured}.{year}", WAN),
            Text(zh=f"{year}年{said.zh}（万元）", en=f"{said.en} of {year} (ten thousand yuan)"),
            _("Of the whole year. A column for each further year; a quarter is headed {quarter}.").format(
                quarter=f"{year}年一季度{said.zh}（万元）"
            ),
            "",
        )
        for measured, (said, _aliases) in FIGURES.items()
    ]


def _named(heading: Heading) -> Iterator[str]:
    if heading.name == CAPITAL:
        yield from (held(CAPITAL, unit) for unit in (WAN, YUAN))
    else:
        yield heading.name


def _by_alias() -> dict[str, str]:
    known: dict[str, str] = {}
    for one in HEADINGS:
        for written in (one.label.zh, one.label.en, *one.aliases.split("|")):
            if written:
                known.setdefault(plain_heading(written), one.name)
    for trait in versions.work().traits.values():
        for written in (trait.name.zh, trait.name.en):
            known.setdefault(plain_heading(written), TRAITS)
    return known
