"""What tables and maps call a field: English and Chinese headings, kinds and levels, and how cells are written."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from rixin.places.models import Kind, Level
from rixin.sheets import Unreadable, plain_heading

Field = str

HEADINGS: Final[dict[Field, tuple[str, ...]]] = {
    "code": ("code", "id", "编码", "代码", "编号", "地点编码", "区域编码", "网格编码", "网格编号", "社区编码"),
    "kind": ("kind", "type", "类型", "类别", "地点类型"),
    "level": ("level", "层级", "级别"),
    "name_zh": ("name_zh", "name", "名称", "中文名", "地点名称", "区域名称", "网格名称", "社区名称"),
    "name_en": ("name_en", "英文名", "英文名称"),
    "aliases": ("aliases", "alias", "别名", "简称", "曾用名", "俗称"),
    "parent": ("parent", "parent_code", "quarter", "上级", "上级编码", "所属小区", "小区", "小区名称", "所属"),
    "house_number": ("house_number", "building", "楼幢", "楼幢号", "幢", "幢号", "楼栋", "楼栋号", "楼号"),
    "address": ("address", "地址", "门牌", "门牌地址", "详细地址"),
    "area": ("area", "area_code", "grid", "网格", "所属网格", "所属区域", "社区", "所属社区"),
    "lat": ("lat", "latitude", "y", "纬度"),
    "lng": ("lng", "lon", "long", "longitude", "x", "经度"),
    "retired_on": ("retired_on", "停用日期", "撤销日期", "注销日期"),
}
_FIELDS = {plain_heading(heading): field for field, headings in HEADINGS.items() for heading in headings}

KINDS: Final[dict[str, Kind]] = {
    "小区": Kind.QUARTER,
    "居民小区": Kind.QUARTER,
    "楼幢": Kind.BUILDING,
    "楼栋": Kind.BUILDING,
    "幢": Kind.BUILDING,
    "门牌": Kind.BUILDING,
    "道路": Kind.ROAD,
    "河道": Kind.RIVER,
    "公园": Kind.PARK,
    "广场": Kind.SQUARE,
    "学校": Kind.SCHOOL,
    "市场": Kind.MARKET,
    "农贸市场": Kind.MARKET,
    "商务楼宇": Kind.OFFICE_BUILDING,
    "楼宇": Kind.OFFICE_BUILDING,
    "设施": Kind.FACILITY,
    "公共设施": Kind.FACILITY,
    "地标": Kind.LANDMARK,
} | {kind.value: kind for kind in Kind}

LEVEL_NAMES: Final[dict[str, Level]] = {
    "区": Level.DISTRICT,
    "区县": Level.DISTRICT,
    "街道": Level.SUBDISTRICT,
    "镇街": Level.SUBDISTRICT,
    "社区": Level.COMMUNITY,
    "村": Level.COMMUNITY,
    "网格": Level.GRID,
    "微网格": Level.MICROGRID,
} | {level.value: level for level in Level}

_HALF: dict[int, int | str] = {
    full: full - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for full in range(*span)
}
_HALF |= {0x3000: " ", 0xA0: " ", ord("－"): "-", ord("．"): ".", ord("，"): ",", ord("／"): "/"}


def text_of(cell: object) -> str:
    """A cell as text: full-width letters and digits become plain ones; 3.0 from a spreadsheet is 3."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return " ".join(str(cell).translate(_HALF).split())


def field_of(heading: object) -> Field | None:
    """Which field a heading means; what is in brackets, such as a unit or an example, does not count."""
    return _FIELDS.get(plain_heading(heading))


def words_of(cell: object) -> tuple[str, ...]:
    """Several words in one cell, or a list."""
    if isinstance(cell, list | tuple):
        return tuple(filter(None, map(text_of, cell)))
    plain = text_of(cell)
    for mark in ("；", "、", "|", ","):
        plain = plain.replace(mark, ";")
    return tuple(word.strip() for word in plain.split(";") if word.strip())


def degrees_of(cell: object) -> float:
    """Raises Unreadable."""
    written = text_of(cell).rstrip("°NEne ")
    try:
        return float(written)
    except ValueError:
        raise Unreadable(
            _("“%(value)s” is not a number of degrees. Write it like 30.286512.") % {"value": text_of(cell)[:40]}
        ) from None


def day_of(cell: object) -> date | None:
    """None for an empty cell. Raises Unreadable."""
    written = text_of(cell)
    if not written:
        return None
    plain = written.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split(" ")[0].split("-"))
        return date(year, month, day)
    except ValueError:
        raise Unreadable(_("“%(value)s” is not a date. Write it like 2022-12-31.") % {"value": written[:40]}) from None


def kind_of(cell: object) -> Kind | None:
    """None for an empty cell. Raises Unreadable."""
    written = text_of(cell)
    if not written:
        return None
    if kind := KINDS.get(written.lower().replace(" ", "_")):
        return kind
    known = _(", ").join(str(kind.label) for kind in Kind)
    raise Unreadable(
        _("“%(value)s” is no kind of place. Known are: %(known)s.") % {"value": written[:40], "known": known}
    )


def level_of(cell: object) -> Level | None:
    """None for an empty cell. Raises Unreadable."""
    written = text_of(cell)
    if not written:
        return None
    if level := LEVEL_NAMES.get(written.lower()):
        return level
    known = _(", ").join(str(level.label) for level in Level)
    raise Unreadable(_("“%(value)s” is no level. Known are: %(known)s.") % {"value": written[:40], "known": known})
