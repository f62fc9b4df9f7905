"""Entries that may be the enterprise that somebody is about to enter: the same code, or nearly the same name."""

import re
from difflib import SequenceMatcher

from django.db.models import QuerySet

from rixin.registers.matching import meant_by
from rixin.registers.models import Enterprise
from rixin.registers.names import plain_name

_FORM = re.compile(r"(股份)?有限(责任)?公司|集团|分公司|(普通|有限)合伙企业?|合伙企业|工作室|个体工商户")
_PLACE = re.compile(r"浙江省?|杭州市?|西湖区?")
"""What half of all names in the reference office have: it tells nothing. Names of towns elsewhere only rank lower."""
_NEAR = 0.6
_LOOKED_AT = 500
_BRAND = 2


def core(name: str) -> str:
    """What tells a name from others: without legal form and town. Pure.

    >>> core("云联网络科技（杭州）有限公司")
    '云联网络科技'
    """
    plain = plain_name(name)
    return _PLACE.sub("", _FORM.sub("", plain)) or plain


def nearness(one: str, other: str) -> float:
    """From 0 to 1: how much the cores of two names have in common. Pure."""
    return SequenceMatcher(None, core(one), core(other), autojunk=False).ratio()


def alike(rows: QuerySet[Enterprise], name: str, code: str, most: int = 5) -> list[Enterprise]:
    """Those of `rows` with this code or name, then those whose name begins alike and is nearly the same."""
    same = list(rows.filter(pk__in=meant_by([text for text in (code, name) if text]).values()).order_by("pk"))
    brand = core(name)[:_BRAND]
    if len(brand) < _BRAND:
        return same[:most]
    candidates = rows.filter(plain_name__contains=brand).exclude(pk__in=[one.pk for one in same])
    near = [(nearness(name, one.name), one) for one in candidates.order_by("plain_name", "pk")[:_LOOKED_AT]]
    near = sorted((pair for pair in near if pair[0] >= _NEAR), key=lambda pair: (-pair[0], pair[1].pk))
    return (same + [one for _ratio, one in near])[:most]
