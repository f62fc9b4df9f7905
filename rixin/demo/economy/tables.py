"""A table of enterprises that the office of the demonstration was sent: some known, a few new, some to be mended."""

from datetime import datetime
from io import BytesIO
from random import Random

from django.utils import timezone
from openpyxl import Workbook
from stdnum.cn import uscc

from rixin.people.staff import Staff
from rixin.registers.imports import actions
from rixin.registers.models import Enterprise, RegisterImport
from rixin.registers.models.enterprises import PRESENT

_KNOWN = 12
_HEADINGS = ("序号", "单位名称", "统一社会信用代码", "所属行业", "注册资本（万元）", "经营状态", "主营业务", "资质")
_NEW = (
    ("杭州澄野软件有限公司", "I65", 300, "工业数据采集软件"),
    ("杭州听澜文化创意有限公司", "R88", 100, "展览策划"),
    ("杭州拾光检测技术有限公司", "M74", 500, "水质与土壤检测"),
)
_BUSINESS = ("软件开发与运维", "工程设计咨询", "品牌策划", "供应链管理", "信息系统集成")


def bring(random: Random, by: Staff, at: datetime) -> RegisterImport:
    """The table, imported by `by` at `at` as far as it is in order: a wrong check digit and a name that is nearly that
    of another enterprise wait to be mended and decided.
    """
    known = list(Enterprise.objects.filter(withdrawn=False, standing__in=PRESENT).exclude(code="").order_by("pk"))
    chosen = random.sample(known, min(_KNOWN, len(known)))
    batch = actions.bring(_table(random, chosen), "重点企业情况汇总表.xlsx", by=by, at=at)
    found = actions.looked_at(batch, by, timezone.localdate(at))
    return actions.carry_out(batch, by=by, at=at, seen=found.fingerprint) if found.ready else batch


def _table(random: Random, known: list[Enterprise]) -> bytes:
    rows: list[list[object]] = [
        [one.name, one.code, "", "", "存续" if one.standing == "here" else "", random.choice(_BUSINESS), ""]
        for one in known
    ]
    for nth, (name, industry, capital, business) in enumerate(_NEW):
        code = _code(random)
        rows.append([name, code if nth else _misread(code), industry, capital, "存续", business, ""])
    if known:
        rows.append([_nearly(known[0].name), "", "", "", "", "", ""])
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (["重点企业情况汇总表"], list(_HEADINGS), *([nth, *row] for nth, row in enumerate(rows, start=1))):
        sheet.append(row)
    sheet.append(["", f"合计：{len(rows)}家"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _code(random: Random) -> str:
    body = f"91330106MA9{random.randrange(10**6):06d}"
    return body + uscc.calc_check_digit(body)


def _misread(code: str) -> str:
    """With a slip in its last sign."""
    return code[:-1] + ("1" if code[-1] != "1" else "2")


def _nearly(name: str) -> str:
    """As a table shortens it."""
    return name.removeprefix("杭州").replace("有限公司", "有限责任公司")
