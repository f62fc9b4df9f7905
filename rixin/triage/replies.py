"""What a drafted answer may still lack, before it is sent: advice, never a gate. Pure.

Looked for: the points that were raised, a date, a contact, plain language, blanks left open, and numbers of persons
that do not belong into a public answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import rjieba
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.privacy.masking import BANK_CARD, ID_NUMBER, MOBILE, OLD_ID_NUMBER, masked
from rixin.texts import all_han
from rixin.triage.learned.reading import STOP
from rixin.triage.wording import plain

Ground = Literal["points", "outcome", "date", "contact", "long", "officialese", "blank", "personal"]
_SAYS: dict[Ground, Promise] = {
    "points": _("Not taken up, it seems: %(facts)s."),
    "outcome": _("It says that the report came in or was passed on, but not what was done or found."),
    "date": _("No date: say when it was done, or by when it will be."),
    "contact": _("No contact: say whom to ask, with a telephone number or a counter."),
    "long": _("A sentence is hard to read for its length: %(facts)s."),
    "officialese": _("Plainer words help: %(facts)s."),
    "blank": _("Something was left open: %(facts)s."),
    "personal": _("A number of a person in a public answer: %(facts)s. Does it belong there?"),
}
TAKEN_UP = 0.25
"""Share of the content of a point that an answer speaks of, from which on it is taken up."""
LONG = 90
"""Signs of a sentence that few people read to its end."""
_MOST_POINTS, _QUOTED, _READ = 3, 30, 2_000
_ENDS = re.compile(r"[。！？!?；;\n]+")
_ASKS = re.compile(
    r"[吗呢]$|请|希望|要求|建议|恳请|盼望|能否|能不能|可否|是否|何时|什么时候|多久|为什么|为何|怎么|如何|多少|哪里|哪儿|哪个|谁"
)
_SAYS_NOTHING = re.compile(
    r"有关|部门|领导|政府|相关|单位|解决|处理|说法|答复|回复|重视|关注|问题|情况|合理|尽快|老百姓|百姓|群众|居民|市民|我们|大家|书记|市长|县长"
    r"|监督|调查|反映|投诉|咨询|帮忙|帮助|及时|采取|措施|进行|给予|感谢|明确|具体|[\d]+"
)
"""Said in asking for anything whatever: an answer need not repeat it."""
_LEAST = 2
"""Characters of content that a sentence needs to be a point."""
_POLITE = re.compile(r"^(?:请问|您好|你好|谢谢|感谢|尊敬的.{0,8}|领导好?)[,，:：]?$")
_DATE = re.compile(
    r"\d{1,2}\s?月(?:\d{1,2}\s?[日号]|[初中底上下])|\d{4}\s?[-/年.]\s?\d{1,2}|[今明昨当次][日天晚]|[本下这上]个?[周月]|月底|年[底内]"
    r"|[\d一二三四五六七八九十两半]+个?(?:工作日|小时|天|日|周|月)(?:内|后|之内)"
)
_CONTACT = re.compile(
    r"\d{3,4}[-—–－]?\d{7,8}|(?<!\d)\d{7,8}(?!\d)|(?<!\d)1\d{4}(?!\d)|1[3-9]\d{9}|电话|热线|窗口|[Tt]el"
)
_RECEIVED_ONLY = re.compile(r"收悉|已转|转交|转办|转至|耐心等待")
_DONE = re.compile(
    r"经(?:查|核|调查|现场|了解|走访)|核实|属实|已(?:于|经|在|完成|清|修|拆|更换|整改|安装|联系|约谈|处罚|责令|要求|安排|列入)"
    r"|完成|整改|修复|清理|拆除|安装|处罚|不符合|可以|按照|根据|需要|应当|办理|目前|计划|将(?:于|在|会)|下一步"
)
_BLANK = re.compile(r"[{｛][^{}｛｝]{0,40}[}｝]|[XxＸ×]{2,}|[*＊]{2,}|_{2,}|＿{2,}|…{3,}|[（(]\s*[)）]")
_PLAINER = {
    "予以": "给、已",
    "兹": "现在",
    "责成": "要求",
    "届时": "到时",
    "拟": "打算",
    "该": "这个",
    "妥善处置": "说明怎么处理",
    "高度重视": "说明做了什么",
    "依法依规": "说明依据哪条规定",
    "引起重视": "说明做了什么",
    "特此函复": "答复如上",
    "此复": "答复如上",
    "酌情": "看情况",
    "上述": "前面说的",
}
_MOST_PLAINER = 4


@dataclass(frozen=True, slots=True)
class Advice:
    ground: Ground
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """In the reader's language."""
        return str(_SAYS[self.ground]) % {"facts": "、".join(self.facts)}


def advice(message: str, answer: str) -> list[Advice]:
    """In the order of weight. [] for an answer that lacks nothing, and for one that is not begun."""
    if not answer.strip():
        return []
    return list(_advice(message[:_READ], answer[:_READ]))


def _advice(message: str, answer: str) -> Iterator[Advice]:
    if found := _personal(answer):
        yield Advice("personal", found)
    if found := tuple(dict.fromkeys(_BLANK.findall(answer))):
        yield Advice("blank", found)
    if _RECEIVED_ONLY.search(answer) and not _DONE.search(answer):
        yield Advice("outcome")
    if missed := tuple(f"“{_short(point)}”" for point in points(message) if share_taken_up(point, answer) < TAKEN_UP):
        yield Advice("points", missed[:_MOST_POINTS])
    if not _DATE.search(plain(answer)):
        yield Advice("date")
    if not _CONTACT.search(answer):
        yield Advice("contact")
    if long := [sentence for sentence in _sentences(answer) if len(sentence) > LONG]:
        yield Advice("long", (f"“{_short(max(long, key=len))}”",))
    if plainer := [f"{word} → {better}" for word, better in _PLAINER.items() if word in answer]:
        yield Advice("officialese", tuple(plainer[:_MOST_PLAINER]))


def points(message: str) -> list[str]:
    """The sentences that ask for something; where none does, the message as a whole."""
    sentences = [
        sentence
        for sentence in _sentences(message)
        if len(_content(sentence)) >= _LEAST and not _POLITE.match(sentence)
    ]
    asking = [sentence for sentence in sentences if _ASKS.search(sentence)]
    return asking or ([message] if sentences else [])


def share_taken_up(point: str, answer: str) -> float:
    """0 to 1: of the characters of its words that carry a subject those that the answer has, too."""
    content = _content(point)
    if not content:
        return 1.0
    said = set(plain(answer))
    return sum(sign in said for sign in content) / len(content)


@lru_cache(maxsize=256)
def _content(text: str) -> str:
    """Each character of the words that carry a subject, once."""
    words = (word for word in rjieba.cut(plain(text)) if word not in STOP and not _SAYS_NOTHING.fullmatch(word))
    signs = dict.fromkeys(sign for word in words for sign in word if all_han(sign))
    return "".join(signs)


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _ENDS.split(text) if sentence.strip()]


def _personal(answer: str) -> tuple[str, ...]:
    """Numbers of persons, masked. The landline of an office is what a resident needs."""
    found = (match[0] for form in (ID_NUMBER, OLD_ID_NUMBER, BANK_CARD, MOBILE) for match in form.finditer(answer))
    return tuple(dict.fromkeys(masked(number) for number in found))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
