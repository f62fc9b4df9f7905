"""Tables of enterprises as offices have them: untidy, half wrong, and with a word of what is wrong in each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from openpyxl import Workbook

from rixin.registers.tests.builders import a_code

HEADINGS = (
    "序号", "单位名称", "统一社会信用代码", "所属行业", "所属社区", "注册地址", "注册资本（万元）", "成立时间",
    "入驻日期", "经营状态", "方式", "2022年税收（万元）", "资质", "联系人", "联系电话", "备注",
)  # fmt: skip
FIRST_ROW = 5
"""A title, a note and two lines of headings stand above the rows."""
_FULL_WIDTH = str.maketrans(
    "0123456789ABCDEFGHJKLMNPQRTUWXY", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＸＹ"
)
_FIRST = "云天海山风林川石明和瑞祥启智慧星辰光远博"
_SECOND = "深蓝峰泽然舟帆桥禾麦松竹梅兰锐捷讯联创"
_TRADES = ("科技", "文化", "贸易", "网络", "电子商务", "管理咨询", "生物医药", "建筑设计")
_DAYS: tuple[Any, ...] = (
    "2018-03-05",
    "2018/3/5",
    "2018.03.05",
    "2018年3月5日",
    "２０１８年３月５日",
    43164,
    "20180305",
)


@dataclass
class Messy:
    """`wrong`: row → what its cell holds; `doubtful`: rows of which a person decides; `good`: rows that are ready."""

    content: bytes = b""
    good: list[int] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)
    doubtful: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


def messy(count: int, *, seed: int = 1, first: int = 0, faults: bool = True) -> Messy:
    """A workbook of so many enterprises. `first`: number of the first one, so that two tables have none in common."""
    random = Random(seed)
    told = Messy()
    rows: list[list[Any]] = []
    for nth in range(count):
        row = FIRST_ROW + nth
        cells = _row(random, first + nth)
        told.names[row] = "".join(str(cells[1]).split())
        _spoil(random, nth if faults else -1, cells, rows, row, told)
        rows.append(cells)
    if faults and count:
        rows.append(["", "合计", "", "", "", "", 1234, "", "", "", "", 5678, "", "", "", ""])
        rows.append(["", "填表人：张三", *[""] * 14])
    told.content = workbook(rows, merge=["A1:P1", "A2:P2", "N3:O3"])
    return told


def workbook(rows: Sequence[Sequence[Any]], merge: Sequence[str] = ()) -> bytes:
    """Below a title, a note and headings, of which those of the contact stand in two lines."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["２０２２年辖区企业情况汇总表"])
    sheet.append(["单位：某街道经济办        日期：2022年12月"])
    sheet.append([*HEADINGS[:13], "联系人信息", "", HEADINGS[15]])
    sheet.append([*[""] * 13, "联系人", "联系电话", ""])
    for row in rows:
        sheet.append(list(row))
    for cells in merge:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(random: Random, number: int) -> list[Any]:
    trade = _TRADES[number % len(_TRADES)]
    brand = "".join(_SECOND[number // len(_SECOND) ** place % len(_SECOND)] for place in range(3))
    name = f"杭州{_FIRST[number % len(_FIRST)]}{brand}{trade}有限公司"
    code = a_code(1_000_000 + number)
    return [
        number + 1,
        random.choice([name, f" {name}", f"{name[:4]} {name[4:]}"]),
        random.choice([code, code.translate(_FULL_WIDTH), f" {code} "]),
        random.choice(["软件和信息技术服务业", "I65", "信息传输、软件和信息技术服务业", "批发业", "商务服务业"]),
        "德加社区", "",
        random.choice([500, "500", "500万", "500万元", "0.05亿元", "５００"]),
        random.choice(_DAYS),
        random.choice(["2022-03-01", "2022/5/6", "2022年7月1日", ""]),
        random.choice(["存续", "在业", "存续（在营、开业、在册）", ""]),
        random.choice(["新注册", "迁入", ""]),
        random.choice([12.5, "8.2", "1,200", "", "/"]),
        random.choice(["高新技术企业", "专精特新、高新技术企业", "", ""]),
        random.choice(["李四", ""]), random.choice(["0571-88886666", "13800000000", ""]),
        "",
    ]  # fmt: skip


def _spoil(random: Random, nth: int, cells: list[Any], rows: list[list[Any]], row: int, told: Messy) -> None:
    """Every tenth row has something wrong, another thing each time; every fifteenth stands there twice."""
    if nth > 0 and nth % 15 == 0:
        cells[1:] = rows[nth - 1][1:]
        if row - 1 in told.good:
            told.repeated.append(row)
            return
    kind = nth // 10 % 5
    if nth <= 0 or nth % 10:
        told.good.append(row)
        return
    if kind == 0:
        code = str(cells[2]).strip().translate({value: chr(key) for key, value in _FULL_WIDTH.items()})
        cells[2] = code[:-1] + ("1" if code[-1] != "1" else "2")
        told.wrong[row] = "code"
    elif kind == 1:
        cells[3], told.wrong[row] = "炒菜业", "industry"
    elif kind == 2:
        cells[4], told.wrong[row] = "不存在社区", "area"
    elif kind == 3:
        cells[7], told.wrong[row] = "2099-01-01", "founded"
    else:
        cells[6], told.wrong[row] = random.choice(["很多", "五百"]), "capital"
