"""Cells of a table of enterprises, each kind read kindly and never guessed. No database; raises Unreadable."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.work_schema import MeasureUnit
from rixin.catalogue.written_numbers import read_number
from rixin.places.wording import plain
from rixin.registers.codes import WrongCode, read_code
from rixin.registers.industries import Industry, UnknownIndustry, read_industry
from rixin.registers.models import How, Standing
from rixin.registers.names import as_registered
from rixin.sheets import Unreadable, as_text, plain_heading
from rixin.written_days import read_day

LONGEST_NAME = 120
FOUNDED_FROM, CAME_FROM = 1949, 1980
"""First years that are believed of a founding and of a coming."""
_LARGEST = 10**15
_NOTHING = {"-", "--", "—", "——", "–", "/", "无", "暂无", "不详", "n/a"}
"""What tables have in a cell of which there is nothing to say."""
_STANDINGS = {
    Standing.HERE: "存续|在业|开业|正常|在营|在册|本地|本地经营|正常经营|存续在营|注册并经营|here",
    Standing.ELSEWHERE: "异地经营|异地办公|外地经营|注册在本地|本地注册异地经营|人户分离|elsewhere",
    Standing.WORKING: "外地注册|异地注册|本地经营外地注册|本地办公外地注册|注册在外地|working",
    Standing.LEFT: "迁出|已迁出|外迁|已外迁|迁移|搬离|left",
    Standing.CLOSED: "注销|已注销|吊销|已吊销|吊销未注销|关闭|closed",
}
_HOWS = {
    How.FOUND: "存量|原有|已有|found",
    How.NEW: "新注册|新设|新设立|新办|新登记|注册|新增注册|new",
    How.MOVED_IN: "迁入|外迁入|引进|招引|新迁入|movedin",
}
_OF_MONEY = re.compile(r"(?:人民币|rmb|cny)", re.IGNORECASE)
_OF_AREA = re.compile(r"\s*(?:㎡|m2|m²|平方米|平米|平方|平)\s*$", re.IGNORECASE)
_PHONE = re.compile(r"^[\d+()\-\s/、,;转]*$")


def blank(given: Any) -> bool:
    return as_text(given).strip().lower() in {"", *_NOTHING}


def name(given: Any) -> str:
    found = as_registered(as_text(given))
    if len(found) > LONGEST_NAME:
        raise Unreadable(_("At most {most} characters; there are {count}.").format(most=LONGEST_NAME, count=len(found)))
    if not re.search(r"[^\W\d_]", found):
        raise Unreadable(_("“{text}” is no name.").format(text=found))
    return found


def code(given: Any) -> str:
    if isinstance(given, float | int):
        raise Unreadable(_("The spreadsheet keeps this code as a number and has lost signs of it. Write it as text."))
    try:
        return read_code(as_text(given))
    except WrongCode as wrong:
        raise Unreadable(wrong.message) from None


def industry(given: Any) -> Industry | None:
    try:
        return read_industry(as_text(given))
    except UnknownIndustry as unknown:
        raise Unreadable(unknown.message) from None


def day(given: Any, *, earliest: int, latest: date | None) -> date:
    """`latest`: the last day on which it may lie, such as today."""
    found = read_day(given, earliest)
    if latest is not None and found > latest:
        raise Unreadable(_("“{day}”: this day has not come yet.").format(day=found.isoformat()))
    return found


def yuan(given: Any, unit: MeasureUnit | None) -> int:
    """Whole yuan. Without a unit behind the number in `unit`."""
    return _whole(given, _money(given, unit))


def fen(given: Any, *, unit: MeasureUnit | None) -> int:
    return _whole(given, _money(given, unit) * 100)


def square_decimetres(given: Any) -> int:
    found: Decimal = read_number(_OF_AREA.sub("", _plain(given)) if isinstance(given, str) else given, None, {})
    if found <= 0:
        raise Unreadable(_("An area is more than nothing."))
    # Tables have areas with four digits after the point, out of a drawing: a hundredth of a metre is enough.
    return _whole(given, (found * 100).to_integral_value())


def standing(given: Any) -> Standing:
    return _one_of(given, {one: f"{words}|{one.label}" for one, words in _STANDINGS.items()})


def how(given: Any) -> How:
    return _one_of(given, {one: f"{words}|{one.label}" for one, words in _HOWS.items()})


def text(given: Any, most: int) -> str:
    found = " ".join(as_text(given).split())
    if len(found) > most:
        raise Unreadable(_("At most {most} characters; there are {count}.").format(most=most, count=len(found)))
    return found


def phone(given: Any) -> str:
    found = text(unicodedata.normalize("NFKC", as_text(given)), 60)
    if not _PHONE.match(found) or sum(sign.isdigit() for sign in found) < 7:
        raise Unreadable(_("This is no telephone number."))
    return found


def traits(given: Any) -> list[tuple[str, str]]:
    """(trait, value) of each that is named, with 、 or a comma between."""
    parts = re.split(r"[、,，;；/\n]+", unicodedata.normalize("NFKC", as_text(given)))
    return list(dict.fromkeys(_trait(part.strip()) for part in parts if not blank(part)))


def _trait(written: str) -> tuple[str, str]:
    asked = plain(plain_heading(written))
    known = list(_known_traits())
    fits = [one for one in known if asked in one.names and not one.of] or [
        one for one in known if len(asked) > 1 and one.like(asked)
    ]
    if len(fits) == 1:
        return fits[0].trait, fits[0].value
    offered = _(", ").join(one.label for one in fits or known)
    if fits:
        raise Unreadable(_("“{text}” may mean several: {known}.").format(text=written, known=offered))
    raise Unreadable(
        _("“{text}” is no recognition or group that is known. There are: {known}.").format(text=written, known=offered)
    )


@dataclass(frozen=True)
class _KnownTrait:
    """`of`: what has to be said beside the value, of which there may be one of the same name elsewhere."""

    trait: str
    value: str
    label: str
    names: frozenset[str]
    of: str

    def like(self, asked: str) -> bool:
        if self.of:
            return self.of in asked and any(name in asked for name in self.names)
        return any(asked in name or name in asked for name in self.names)


def _known_traits() -> Iterator[_KnownTrait]:
    for trait in versions.work().traits.values():
        of = "" if trait.lasts else plain(trait.name.zh).removesuffix("认定")
        for option in trait.options:
            name = plain(option.name.zh)
            names = {
                name,
                plain(plain_heading(option.name.en)),
                name.removesuffix("企业").removesuffix("系"),
                option.code,
            }
            label = f"{option.name.here()}{of}" if of else option.name.here()
            yield _KnownTrait(trait.code, option.code, label, frozenset(names), of)


def _money(given: Any, unit: MeasureUnit | None) -> Decimal:
    """In yuan. 500万 is five million yuan whatever the heading says."""
    measures = versions.work().measures
    own = unit or measures["yuan"]
    if isinstance(given, str):
        given = _OF_MONEY.sub("", _plain(given)).strip()
        given = f"{given}元" if given.endswith(("万", "亿")) else given
    return read_number(given, own, measures) * own.factor


def _whole(given: Any, number: Decimal) -> int:
    if number != int(number):
        raise Unreadable(_("“{number}” is more exact than it is kept.").format(number=as_text(given)))
    if abs(number) >= _LARGEST:
        raise Unreadable(_("“{number}” is too large.").format(number=as_text(given)))
    return int(number)


def _plain(given: Any) -> str:
    return unicodedata.normalize("NFKC", str(given)).strip()


def _one_of(given: Any, known: Mapping[Any, str]) -> Any:
    asked = plain_heading(as_text(given))
    for one, words in known.items():
        if asked in {plain_heading(word) for word in words.split("|")}:
            return one
    offered = _(", ").join(str(words.partition("|")[0]) for words in known.values())
    raise Unreadable(_("“{text}” cannot be chosen. There are: {known}.").format(text=as_text(given), known=offered))
