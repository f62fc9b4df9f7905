"""Which words mean that somebody may be hurt now. Pure.

The word list is the same wherever Rixin runs, so it is code and not catalogue. It errs on the side of haste: an urgent
matter that turns out harmless costs one look, the other mistake may cost a life.
"""

import re

from rixin.triage.wording import plain

URGENT = (
    *("漏电", "触电", "被电到", "冒火花", "电线断", "短路冒烟"),
    *("燃气泄漏", "煤气泄漏", "天然气泄漏", "煤气味", "燃气味", "天然气味", "漏煤气", "漏气", "煤气中毒"),
    *("着火", "起火", "失火", "冒烟", "火情", "火灾", "爆炸", "自燃"),
    *("坍塌", "塌陷", "塌方", "倒塌", "地陷", "路塌", "墙塌"),
    *("爆管", "水管爆", "溢水", "喷水", "倒灌", "水漫", "被淹"),
    *("被困", "困在电梯", "电梯困人", "关在电梯", "电梯坠", "电梯下坠", "救命"),
    *("溺水", "落水", "掉进河", "掉下去了", "昏迷", "晕倒", "流血", "砸伤", "砸到人", "压到人", "中毒", "受伤了"),
    *("井盖不见", "井盖没了", "没有井盖", "井盖缺失"),
    *("持刀", "拿刀", "打老婆", "家暴", "轻生", "跳楼", "自杀", "想不开"),
    *("有毒物", "剧毒", "不明液体", "树倒", "砸下来", "掉下来砸", "要倒了", "快塌了"),
)
# The same words where nothing has happened: a wish, a rule, a fear, a thing that bears the name.
HARMLESS = (
    *("漏电保护", "防漏电", "防触电", "当心触电", "怕漏电", "担心漏电", "没有漏电"),
    *("燃气泄漏报警", "防燃气泄漏", "燃气泄漏演练", "没有煤气味", "防煤气中毒"),
    *("万一着火", "要是着火", "如果着火", "真着火", "容易着火", "会着火", "万一起火", "容易起火", "可能起火", "会起火"),
    *(
        "万一失火",
        "火灾隐患",
        "引发火灾",
        "引起火灾",
        "造成火灾",
        "发生火灾",
        "火灾风险",
        "预防火灾",
        "防火灾",
        "火灾演练",
    ),
    *("容易自燃", "喷水池", "洒水喷水", "食物中毒演练", "万一塌陷", "怕坍塌", "防溺水", "严防溺水", "被困难"),
    *("怕爆炸", "容易爆炸", "可能爆炸", "万一爆炸", "会爆炸", "信息爆炸", "防止坍塌", "烟囱冒烟", "油烟机冒烟"),
)
_WORDS = re.compile("|".join(sorted((*URGENT, *HARMLESS), key=len, reverse=True)))
_HARMLESS = frozenset(HARMLESS)


def urgent_words(text: str) -> tuple[str, ...]:
    """The words of danger in `text`, each once, in the order of the text; empty where nothing is urgent."""
    found = (match[0] for match in _WORDS.finditer(plain(text)))
    return tuple(dict.fromkeys(word for word in found if word not in _HARMLESS))
