"""Entries that may be the enterprise that somebody is about to enter: the same code, or nearly the same name."""

from difflib import SequenceMatcher

from django.db.models import QuerySet

from rixin.registers.matching import meant_by
from rixin.registers.models import Enterprise
from rixin.registers.names import core, plain_name

_NEAR = 0.6
_LOOKED_AT = 500
_BRAND = 2


def nearness(one: str, other: str) -> float:
    """From 0 to 1: how much the cores of two names have in common. Pure."""
    return SequenceMatcher(None, _short(one), _short(other), autojunk=False).ratio()


def _short(name: str) -> str:
    plain = plain_name(name)
    return core(plain) or plain


def alike(rows: QuerySet[Enterprise], name: str, code: str, most: int = 5) -> list[Enterprise]:
    """Those of `rows` with this code or name, then those whose name begins alike and is nearly the same."""
    same = list(rows.filter(pk__in=meant_by([text for text in (code, name) if text]).values()).order_by("pk"))
    brand = _short(name)[:_BRAND]
    if len(brand) < _BRAND:
        return same[:most]
    candidates = rows.filter(plain_name__contains=brand).exclude(pk__in=[one.pk for one in same])
    near = [(nearness(name, one.name), one) for one in candidates.order_by("plain_name", "pk")[:_LOOKED_AT]]
    near = sorted((pair for pair in near if pair[0] >= _NEAR), key=lambda pair: (-pair[0], pair[1].pk))
    return (same + [one for _ratio, one in near])[:most]
