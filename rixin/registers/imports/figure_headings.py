"""Headings that name a figure and its period, and units of money, such as 2022年税收（万元） or 税收（2022）. Pure."""

import re
import unicodedata

from rixin.catalogue.periods import Period
from rixin.catalogue.schema import Text
from rixin.registers.models import Measured

YUAN, WAN = "yuan", "wan_yuan"
"""Codes of units of measure."""
FIGURES: dict[Measured, tuple[Text, str]] = {
    Measured.TAX: (
        Text(zh="税收", en="Tax"),
        "税收收入|税收总额|税收贡献|税收额|入库税收|纳税|纳税额|纳税总额|税额|缴税|实缴税收|上缴税收",
    ),
    Measured.OUTPUT: (Text(zh="产值", en="Output"), "总产值|工业总产值|产值总额"),
}
"""What a column of figures may be headed beside the period: its name, and with | between what else."""
_UNITS = {
    "元": YUAN,
    "tenthousandyuan": WAN,
    "yuan": YUAN,
    "万": WAN,
    "万元": WAN,
    "万元人民币": WAN,
    "亿元": "yi_yuan",
    "亿": "yi_yuan",
}
_OF_UNITS = re.compile(
    r"[(（\[【,，:：]?\s*(?:单位)?[:：]?\s*(亿元|万元人民币|万元|万|元|tenthousandyuan|yuan)\s*[)）\]】]?\s*$"
)
_PERIOD = re.compile(
    r"(?P<year>20\d\d)(?:年度?|-)?(?:第?(?P<quarter>[1-4一二三四])季度?|q(?P<q>[1-4])|(?P<month>1[0-2]|0?[1-9])月份?)?"
)
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_FILLING = re.compile(r"[()\[\]\s年度全的及:_-]+")


def unit_in(heading: str) -> str:
    """Code of the unit of money that the heading names; "" for none."""
    found = _OF_UNITS.search(_plain(heading))
    return _UNITS[found[1]] if found else ""


def figure_in(heading: str) -> str:
    """tax.2022; "" where the heading is none of a figure and a period."""
    text = _plain(heading)
    text = _OF_UNITS.sub("", text) if unit_in(text) else text
    found = list(_PERIOD.finditer(text))
    if len(found) != 1:
        return ""
    rest = _FILLING.sub("", _PERIOD.sub("", text))
    for measured, (said, aliases) in FIGURES.items():
        if rest in (said.zh, said.en.lower(), f"{said.en.lower()}of", *aliases.split("|"), str(measured)):
            return f"{measured}.{_period(found[0])}"
    return ""


def _period(found: re.Match[str]) -> Period:
    year = found["year"]
    quarter = found["q"] or found["quarter"]
    if quarter:
        return Period.read(f"{year}-Q{_QUARTERS.get(quarter, quarter)}")
    return Period.read(f"{year}-{int(found['month']):02d}" if found["month"] else year)


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).lower().split())
