"""Which column of a file holds what: by its heading, or as the person who imports says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar, get_args

from django.utils.translation import gettext as _

from rixin.sheets import FileFault, Row, plain_heading

Field = Literal[
    "title",
    "text",
    "time",
    "name",
    "phone",
    "address",
    "lat",
    "lng",
    "outside_number",
    "type",
    "type_code",
]
Name = TypeVar("Name", bound=str)
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
_HEADINGS: Final[dict[Field, tuple[str, ...]]] = {
    "title": ("title", "theme", "subject", "主题", "标题", "留言主题", "诉求标题", "工单标题", "事件标题"),
    "text": (
        *("text", "detail", "details", "content", "description", "message"),
        *("内容", "详情", "正文", "留言详情", "留言内容", "诉求内容", "反映内容", "工单内容", "事件描述", "问题描述"),
    ),
    "time": (
        *("time", "date", "datetime", "written at", "created at"),
        *("时间", "日期", "留言时间", "反映时间", "来电时间", "诉求时间", "上报时间", "登记时间", "提交时间"),
    ),
    "name": ("name", "reporter", "姓名", "联系人", "反映人", "来电人", "诉求人", "报告人", "留言人"),
    "phone": (
        *("phone", "telephone", "tel", "mobile"),
        *("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "来电号码", "电话号码"),
    ),
    "address": (
        *("address", "location", "place"),
        *("地址", "地点", "位置", "详细地址", "事发地址", "事发地点", "发生地点", "诉求地址", "问题地点"),
    ),
    "lat": ("lat", "latitude", "纬度"),
    "lng": ("lng", "lon", "long", "longitude", "经度"),
    "outside_number": (
        *("id", "number", "outside number"),
        *("编号", "工单编号", "工单号", "留言编号", "诉求编号", "受理编号", "来件编号", "外部编号"),
    ),
    "type": ("type", "kind of matter", "类型", "事项类型", "诉求类型", "问题类型"),
    "type_code": ("type code", "code of the kind", "事项类型代码", "类型代码"),
}
_BY_HEADING: Final[dict[str, Field]] = {
    plain_heading(heading): field for field, names in _HEADINGS.items() for heading in names
}
_LOOK_FOR_HEADINGS = 10
"""Rows at the top of a file among which the headings are: a title and notes may stand above them."""
_MARKS = re.compile(r"[,，;；]")


@dataclass(frozen=True)
class Columns:
    """`at`: field → number of the column; `row`: where the headings stand, from 1."""

    row: int
    headings: tuple[str, ...]
    at: Mapping[Field, int]

    def heading(self, field: Field) -> str:
        return self.headings[self.at[field]] if field in self.at else field

    @property
    def unused(self) -> list[str]:
        return [name for nth, name in enumerate(self.headings) if name and nth not in self.at.values()]


def asked(written: str, fields: Sequence[Name]) -> dict[str, Name]:
    """ "主题=title,详情=text" as heading → field. Raises FileFault."""
    by_name: dict[str, Name] = {str(field): field for field in fields}
    found: dict[str, Name] = {}
    for part in filter(None, map(str.strip, _MARKS.split(written))):
        heading, sign, field = (piece.strip() for piece in part.rpartition("="))
        if not sign or not heading or field not in by_name:
            raise FileFault(
                _("“%(part)s” does not map a column. Write heading=field; the fields are: %(fields)s.")
                % {"part": part, "fields": ", ".join(by_name)}
            )
        found[plain_heading(heading)] = by_name[field]
    return found


def find(top: Iterable[Row], mapping: Mapping[str, Field]) -> Columns:
    """The first row of `top` in which a column for the text is known. Raises FileFault, naming what was found."""
    looked_at: list[tuple[str, ...]] = []
    for line, row in enumerate(top, start=1):
        if line > _LOOK_FOR_HEADINGS:
            break
        headings = tuple("" if cell is None else str(cell).strip() for cell in row)
        known = [_field(heading, mapping) for heading in headings]
        if "text" in known:
            return _columns(line, headings, known, mapping)
        if any(headings):
            looked_at.append(headings)
    if not looked_at:
        raise FileFault(_("The file is empty."))
    # Of a title, notes and headings the row of most cells is the one meant.
    found = max(looked_at, key=lambda headings: sum(map(bool, headings)))
    raise FileFault(
        _(
            "No column for the text was found. The headings are: %(found)s. "
            'Say which one holds what, for example: --columns "%(example)s=text". The fields are: %(fields)s.'
        )
        % {
            "found": "、".join(name[:40] for name in found if name),
            "example": next((name[:40] for name in reversed(found) if name), "内容"),
            "fields": ", ".join(FIELDS),
        }
    )


def _columns(line: int, headings: tuple[str, ...], known: list[Field | None], mapping: Mapping[str, Field]) -> Columns:
    present = {plain_heading(heading) for heading in headings}
    if missing := [heading for heading in mapping if heading not in present]:
        raise FileFault(
            _("There is no column “%(heading)s”. The headings are: %(found)s.")
            % {"heading": missing[0], "found": "、".join(filter(None, headings))}
        )
    at: dict[Field, int] = {}
    for column, field in enumerate(known):
        if field is None:
            continue
        if field in at:
            raise FileFault(
                _("The columns “%(one)s” and “%(other)s” both hold “%(field)s”. Say with --columns which one is meant.")
                % {"one": headings[at[field]], "other": headings[column], "field": field}
            )
        at[field] = column
    if ("lat" in at) != ("lng" in at):
        raise FileFault(_("A position needs both columns, latitude and longitude. Only one of them was found."))
    return Columns(line, headings, at)


def _field(heading: str, mapping: Mapping[str, Field]) -> Field | None:
    """What was asked for goes before what the heading means: a field that is mapped is not looked for elsewhere."""
    plain = plain_heading(heading)
    if plain in mapping:
        return mapping[plain]
    field = _BY_HEADING.get(plain)
    return None if field in mapping.values() else field
