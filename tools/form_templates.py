"""Draws the spreadsheets of the bundled forms: `python -m tools.form_templates`.

A spreadsheet cannot be reviewed line by line, this file can. A test holds the two together: change a bundled form
here and draw it anew. An office draws its own forms in its spreadsheet program.
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).resolve().parent.parent / "rixin" / "catalogue" / "wenxin" / "forms"
_THIN = Side(style="thin", color="FF000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFEAF1F3")
Look = Literal["title", "note", "head", "words", "number", "total", "sign"]
MONEY, WHOLE, SHARE, DAY = "#,##0.00", "0", "0.00", "yyyy-mm-dd"


@dataclass(frozen=True)
class Page:
    """A sheet being drawn. Rows and columns count from 1."""

    sheet: Worksheet
    last: int
    """The last column of the table."""

    def put(self, row: int, column: int, text: str, look: Look = "words", *, to: int = 0, down: int = 0) -> None:
        """`to`, `down`: the last column and row of a merged cell; `look`: how it is drawn."""
        right, bottom = to or column, down or row
        for each in self.sheet.iter_rows(min_row=row, max_row=bottom, min_col=column, max_col=right):
            for cell in each:
                if look not in ("title", "note", "sign"):
                    cell.border = _BOX
                if look == "head":
                    cell.fill = _HEAD
        cell = self.sheet.cell(row, column, text)
        cell.font = _FONTS[look]
        if look not in ("title", "note") and self.sheet.row_dimensions[row].height is None:
            self.sheet.row_dimensions[row].height = 22
        centred = look in ("title", "head", "number", "total")
        cell.alignment = Alignment(
            horizontal="center" if centred else "left", vertical="center", wrap_text=look not in ("title", "sign")
        )
        if (right, bottom) != (column, row):
            self.sheet.merge_cells(start_row=row, start_column=column, end_row=bottom, end_column=right)

    def row(self, row: int, cells: Iterable[tuple[str, str]], look: Look = "words", *, first: int = 1) -> None:
        """(text, number format) of cells beside each other; figures stand to the right."""
        for column, (text, number_format) in enumerate(cells, start=first):
            self.put(row, column, text, look)
            cell = self.sheet.cell(row, column)
            if number_format:
                cell.number_format = number_format
                cell.alignment = Alignment(horizontal="center" if number_format == DAY else "right", vertical="center")

    def title(self, text: str, number: str, asked_by: str) -> None:
        self.put(1, 1, text, "title", to=self.last)
        self.sheet.row_dimensions[1].height = 34
        half = self.last // 2
        self.put(2, 1, "填报单位：{office}    {period}", "note", to=half)
        self.put(2, half + 1, f"表号：{number}    制定机关：{asked_by}", "note", to=self.last)
        self.sheet.row_dimensions[2].height = 20

    def signed(self, row: int, *signatures: tuple[str, int, int]) -> None:
        """Who answers for it: (name, last column of the name, last column of what is filled in), beside each other."""
        column = 1
        for name, named, filled in signatures:
            self.put(row, column, f"{name}：", "sign", to=named)
            self.sheet.cell(row, column).alignment = Alignment(horizontal="right", vertical="center")
            self.put(row, named + 1, _SIGNED.get(name, f"{{ask: {name}}}"), "sign", to=filled)
            column = filled + 1

    def printed(self, heads: str, widths: Iterable[float], *, landscape: bool = True) -> None:
        """A4, as wide as the paper, the head on every page."""
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        self.sheet.page_setup.paperSize = self.sheet.PAPERSIZE_A4
        self.sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        self.sheet.print_options.horizontalCentered = True
        self.sheet.print_title_rows = heads
        self.sheet.page_margins.left = self.sheet.page_margins.right = 0.5
        self.sheet.oddFooter.center.text = "第 &P 页 共 &N 页"  # type: ignore[union-attr]
        self.sheet.sheet_view.showGridLines = False


_FONTS: dict[Look, Font] = {
    "title": Font(name="方正小标宋_GBK", size=18, bold=True),
    "note": Font(name="仿宋_GB2312", size=11),
    "head": Font(name="黑体", size=11, bold=True),
    "words": Font(name="仿宋_GB2312", size=11),
    "number": Font(name="仿宋_GB2312", size=11),
    "total": Font(name="仿宋_GB2312", size=11, bold=True),
    "sign": Font(name="仿宋_GB2312", size=11),
}
_SIGNED = {"填表人": "{by}", "报出日期": "{date}"}


def _page(book: Workbook, title: str, last: int) -> Page:
    sheet = book.create_sheet(title)
    return Page(sheet, last)


# ---- 街道主要经济指标月报表

_ECONOMY = [
    ("财政总收入", "万元", "fiscal_revenue_total in wan_yuan", "fiscal_revenue_total_growth", MONEY),
    ("其中：一般公共预算收入", "万元", "budget_revenue in wan_yuan", "budget_revenue_growth", MONEY),
    ("社会消费品零售总额", "万元", "retail_sales in wan_yuan", "retail_sales_growth", MONEY),
    ("固定资产投资", "万元", "fixed_asset_investment in wan_yuan", "fixed_asset_investment_growth", MONEY),
    ("实际利用外资", "万美元", "foreign_capital_used", "foreign_capital_used_growth", MONEY),
    ("走访企业", "家次", "enterprise_visits", "enterprise_visits_growth", WHOLE),
    ("协调解决企业问题", "个", "enterprise_problems_solved", "enterprise_problems_solved_growth", WHOLE),
    ("新注册企业", "家", "enterprises_registered", "enterprises_registered_growth", WHOLE),
    ("新迁入企业", "家", "enterprises_moved_in", "enterprises_moved_in_growth", WHOLE),
]


def _at(mark: str, when: str) -> str:
    """The mark of a figure for another period: the unit stands last."""
    code, _in, unit = mark.partition(" in ")
    return f"{{{code}{when}{f' in {unit}' if unit else ''}}}"


def economy() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    page = _page(book, "主要经济指标", 9)
    page.title("街道主要经济指标月报表", "街统01表", "区统计局")
    for column, text in enumerate(("序号", "指标名称", "计量单位"), start=1):
        page.put(3, column, text, "head", down=4)
    page.put(3, 4, "本月", "head", to=6)
    page.put(3, 7, "1至本月累计", "head", to=9)
    page.row(
        4, [(text, "") for text in ("本月", "上年同月", "同比（%）", "累计", "上年同期", "同比（%）")], "head", first=4
    )
    for nth, (name, unit, mark, growth, number) in enumerate(_ECONOMY, start=1):
        row = 4 + nth
        page.put(row, 1, str(nth), "number")
        page.put(row, 2, name)
        page.put(row, 3, unit, "number")
        figures = [
            (_at(mark, ""), number),
            (_at(mark, "@last"), number),
            (f"{{{growth}}}", SHARE),
            (_at(mark, "@so_far"), number),
            (_at(mark, "@last_so_far"), number),
            (f"{{{growth}@so_far}}", SHARE),
        ]
        page.row(row, figures, "number", first=4)
    row = 5 + len(_ECONOMY)
    page.put(row, 1, "运行情况", "words", to=2)
    page.put(row, 3, "{ask?: 运行情况简要说明}", "words", to=9)
    page.sheet.row_dimensions[row].height = 54
    page.put(
        row + 1,
        1,
        "说明：1.财政、投资、消费、外资数据由区级部门月报确认后汇总；2.同比为与上年同期相比的增减幅度；"
        "3.缺报月份不以零计，留空并注明。",
        "note",
        to=9,
    )
    page.sheet.row_dimensions[row + 1].height = 32
    page.signed(row + 2, ("单位负责人", 2, 3), ("统计负责人", 4, 5), ("填表人", 6, 7), ("报出日期", 8, 9))
    page.printed("1:4", (8, 26, 12, 14, 14, 12, 16, 16, 14))
    page.sheet.freeze_panes = "D5"
    return book


# ---- 安全生产检查与隐患排查情况季报表

_SAFETY = [
    ("出动检查\n（人次）", "safety_inspectors", WHOLE),
    ("检查场所\n（处）", "places_inspected", WHOLE),
    ("发现隐患\n（起）", "safety_hazards_found", WHOLE),
    ("其中：重大\n（起）", "major_hazards_found", WHOLE),
    ("已整改销号\n（起）", "safety_hazards_fixed", WHOLE),
    ("到期隐患\n（起）", "hazards_on_time:denominator", WHOLE),
    ("按期整改率\n（%）", "hazards_on_time", "0.0"),
    ("期末未销号\n（起）", "safety_hazards_open", WHOLE),
    ("安全宣传\n（次）", "publicity_campaigns", WHOLE),
]


def safety() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    page = _page(book, "检查排查情况", 12)
    page.title("安全生产检查与隐患排查情况季报表", "街安02表", "区应急管理局")
    heads = ["序号", "社区", *(head for head, _mark, _format in _SAFETY), "备注"]
    page.row(3, [(head, "") for head in heads], "head")
    page.sheet.row_dimensions[3].height = 36
    page.put(4, 1, "本季合计", "total", to=2)
    page.put(5, 1, "本年累计", "total", to=2)
    for row, when in ((4, ""), (5, "@so_far")):
        marks = [
            (f"{{{mark.replace(':', f'{when}:') if ':' in mark else mark + when}}}", one) for _h, mark, one in _SAFETY
        ]
        page.row(row, marks, "total", first=3)
        page.put(row, 12, "", "words")
    page.put(6, 1, "{for area}{nth}", "number")
    page.put(6, 2, "{area}", "words")
    page.row(6, [(f"{{{mark}}}", one) for _h, mark, one in _SAFETY], "number", first=3)
    page.put(6, 12, "{ask?: 备注}", "words")
    page.put(7, 1, "说明：未注明社区的检查和隐患只计入合计；到期隐患以整改期限在本季的计。", "note", to=12)
    page.signed(8, ("单位负责人", 2, 3), ("审核人", 4, 5), ("填表人", 6, 7), ("报出日期", 9, 11))
    page.printed("1:3", (7, 16, 12, 12, 12, 12, 12, 12, 12, 12, 12, 18))
    page.sheet.freeze_panes = "C4"

    lists = _page(book, "隐患清单", 7)
    lists.put(1, 1, "重大隐患及期末未销号隐患清单", "title", to=7)
    lists.sheet.row_dimensions[1].height = 34
    lists.put(2, 1, "填报单位：{office}    {period}", "note", to=7)
    for row, name, figure in (
        (3, "一、本季发现的重大隐患", "major_hazards_found"),
        (6, "二、期末未销号隐患", "safety_hazards_open"),
    ):
        lists.put(row, 1, f"{name}（{{{figure}}}）", "total", to=7)
        lists.row(
            row + 1,
            [(text, "") for text in ("序号", "发现日期", "社区", "隐患类别", "等级", "整改期限", "销号日期")],
            "head",
        )
        lists.put(
            row + 2, 1, f"{{list safety_hazard of {figure}: nth, day, area, kind, grade, due_on, fixed_on}}", "number"
        )
        lists.row(row + 2, [("", DAY), ("", ""), ("", ""), ("", ""), ("", DAY), ("", DAY)], first=2)
    lists.printed("1:2", (8, 14, 18, 18, 12, 14, 14), landscape=False)
    return book


# ---- 民生服务与群众诉求办理情况季报表

_CHANNELS = [
    ("西湖码", "xihu_code_cases"),
    ("网格上报", "matters_from_grid"),
    ("热线转办", "matters_from_hotline"),
    ("窗口登记", "matters_from_desk"),
]
_RATES = [
    ("响应率", "按时签收响应 / 已派遣", "response_rate"),
    ("按期处置率", "按期处置 / 到期", "on_time_rate"),
    ("结案率", "已结案 / 到期", "closing_rate"),
    ("解决率", "群众确认解决 / 已评价", "resolution_rate"),
    ("满意率", "满意和基本满意 / 已评价", "satisfaction_rate"),
]


def livelihood() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    page = _page(book, "诉求受理", 5)
    page.title("群众诉求受理情况", "街社03表-1", "区社会治理中心")
    page.row(
        3,
        [(text, "") for text in ("受理渠道", "{for month across}{month}月", "本季合计", "上季合计", "本年累计")],
        "head",
    )
    rows = [*_CHANNELS, ("合计", "matters_received")]
    for row, (name, mark) in enumerate(rows, start=4):
        look: Look = "total" if name == "合计" else "number"
        page.put(row, 1, name, look)
        marks = [f"{{{mark}{when}}}" for when in ("", "", "@before", "@so_far")]
        page.row(row, [(text, WHOLE) for text in marks], look, first=2)
    page.printed("1:3", (16, 14, 14, 14, 14))

    rates = _page(book, "办理质效", 6)
    rates.put(1, 1, "群众诉求办理质效", "title", to=6)
    rates.sheet.row_dimensions[1].height = 34
    rates.put(2, 1, "填报单位：{office}    {period}", "note", to=6)
    rates.row(
        3, [(text, "") for text in ("指标", "计算口径", "分子（件）", "分母（件）", "本季（%）", "上季（%）")], "head"
    )
    for row, (name, how, mark) in enumerate(_RATES, start=4):
        rates.row(row, [(name, ""), (how, "")])
        cells = [
            (f"{{{mark}:numerator}}", WHOLE),
            (f"{{{mark}:denominator}}", WHOLE),
            (f"{{{mark}}}", "0.0"),
            (f"{{{mark}@before}}", "0.0"),
        ]
        rates.row(row, cells, "number", first=3)
    rates.put(
        9, 1, "未评价件不计入解决率、满意率分母；经批准剔除的件另有台账。分母少于30件的比率仅供参考。", "note", to=6
    )
    rates.sheet.row_dimensions[9].height = 32
    rates.printed("1:3", (16, 26, 14, 14, 14, 14), landscape=False)

    fairs = _page(book, "招聘会与助餐", 6)
    fairs.put(1, 1, "民生服务开展情况", "title", to=6)
    fairs.sheet.row_dimensions[1].height = 34
    fairs.put(2, 1, "填报单位：{office}    {period}", "note", to=6)
    fairs.put(3, 1, "一、招聘会", "total", to=6)
    fairs.row(
        4,
        [
            (text, "")
            for text in ("序号", "月份", "招聘会（场）", "参会单位（家次）", "提供岗位（个）", "签订协议（人）")
        ],
        "head",
    )
    fairs.put(5, 1, "{for month}{nth}", "number")
    fairs.put(5, 2, "{month}月", "words")
    figures = ("job_fairs", "employers_at_fairs", "jobs_offered", "employment_agreements")
    fairs.row(5, [(f"{{{mark}}}", WHOLE) for mark in figures], "number", first=3)
    fairs.put(6, 1, "合计", "total", to=2)
    fairs.row(6, [(f"{{{mark}}}", WHOLE) for mark in figures], "total", first=3)
    fairs.put(7, 1, "二、其他服务", "total", to=6)
    services = [
        ("老年食堂堂食", "{meals_served}", "文体活动", "{cultural_events}"),
        ("受理劳动投诉", "{labour_complaints}", "纠纷一次性化解率（%）", "{labour_first_time_resolution}"),
        ("接待群众来访（起）", "{petition_visits}", "信访按期答复率（%）", "{petitions_on_time}"),
    ]
    for row, (name, mark, other, of_other) in enumerate(services, start=8):
        fairs.put(row, 1, name, to=2)
        fairs.row(row, [(mark, WHOLE)], "number", first=3)
        fairs.put(row, 4, other, to=5)
        fairs.row(row, [(of_other, "0.0" if "%" in other else WHOLE)], "number", first=6)
    fairs.put(11, 1, "典型做法", to=2)
    fairs.put(11, 3, "{ask?: 典型做法}", to=6)
    fairs.sheet.row_dimensions[11].height = 54
    fairs.signed(12, ("负责人", 1, 2), ("填表人", 3, 4), ("报出日期", 5, 6))
    fairs.printed("1:2", (8, 14, 30, 16, 16, 16), landscape=False)
    return book


FORMS = {
    "economy_monthly.xlsx": economy,
    "safety_quarterly.xlsx": safety,
    "livelihood_quarterly.xlsx": livelihood,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=FOLDER)
    folder = parser.parse_args().to
    for name, drawn in FORMS.items():
        drawn().save(folder / name)


if __name__ == "__main__":
    main()
