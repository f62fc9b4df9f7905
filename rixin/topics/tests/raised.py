"""Matters that many raise at once, for tests: six neighbours about one barbecue, and others about nothing in common."""

from datetime import datetime, timedelta
from typing import Any

from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL, a_case

STREET, COMMUNITY, GRID = "330106013/", "330106013/001/", "330106013/001/01/"
JUNE = datetime(2022, 6, 1, 20, 0, tzinfo=LOCAL)
SMOKE = (
    ("烧烤店油烟", "楼下新开的烧烤店油烟直接往楼上飘，窗户不敢开。"),
    ("油烟扰民", "一楼烧烤店没有装油烟净化，晚上全是烟味。"),
    ("烧烤店扰民到半夜", "烧烤店开到凌晨，油烟和吵闹影响休息。"),
    ("楼下烧烤", "我住二楼，烧烤店的油烟熏得孩子咳嗽。"),
    ("请查处烧烤店", "底商烧烤店油烟排放不达标，请查处。"),
    ("油烟太大", "烧烤店排烟口正对着我家阳台，油烟太大。"),
)
OTHERS = (
    ("路灯不亮", "文二西路路灯坏了三盏。"),
    ("共享单车乱停", "地铁口单车堆满人行道。"),
    ("装修噪音", "隔壁装修中午还在打孔。"),
    ("树枝挡住红绿灯", "路口的梧桐树枝该修剪了。"),
    ("电梯困人", "七幢电梯又停在五楼。"),
    ("流浪猫", "车库里有许多小猫没人管。"),
)


def raised(said: tuple[tuple[str, str], ...] = SMOKE, first: datetime = JUNE, **given: Any) -> list[Case]:
    """One a day from `first` on."""
    given = {"area_path": GRID, "type": "cooking_smoke", **given}
    return [
        a_case(key=f"{title}{first}", title=title, text=text, at=first + timedelta(days=nth), **given)
        for nth, (title, text) in enumerate(said)
    ]


def in_between() -> list[Case]:
    return raised(OTHERS, JUNE - timedelta(days=60), type="exposed_rubbish")
