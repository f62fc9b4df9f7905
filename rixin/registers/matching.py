"""Which entry of the register is meant by a code or a name that somebody wrote."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from rixin.registers.codes import WrongCode, read_code
from rixin.registers.models import Enterprise, FormerName
from rixin.registers.names import plain_name

_BATCH = 500
_CODE_LIKE = re.compile(r"[0-9a-z]{4,18}")
_LEAST = 2
"""Characters of a name below which nothing is offered."""


def meant_by(texts: Iterable[str]) -> dict[str, int]:
    """Text → id of the one enterprise that has this code, this name or once had it. What several have is not there."""
    wanted = {text: plain_name(text) for text in texts if text and text.strip()}
    names = sorted(set(wanted.values()))
    codes = {code: text for text in wanted if (code := _code(text))}
    found: dict[str, set[int]] = {}
    former: dict[str, set[int]] = {}
    for first in range(0, len(names), _BATCH):
        some = names[first : first + _BATCH]
        for pk, name in Enterprise.objects.filter(withdrawn=False, plain_name__in=some).values_list("pk", "plain_name"):
            found.setdefault(name, set()).add(pk)
        past = FormerName.objects.filter(enterprise__withdrawn=False, plain_name__in=some)
        for pk, name in past.values_list("enterprise_id", "plain_name"):
            former.setdefault(name, set()).add(pk)
    by_code = (
        dict(Enterprise.objects.filter(withdrawn=False, code__in=codes).values_list("code", "pk")) if codes else {}
    )
    meant = {codes[code]: pk for code, pk in by_code.items()}
    for text, name in wanted.items():
        # A name that somebody has today means whoever has it, not who once had it.
        ids = found.get(name) or former.get(name, set())
        if len(ids) == 1:
            meant.setdefault(text, *ids)
    return meant


def meant(text: str) -> int | None:
    """The same for one."""
    return meant_by([text]).get(text)


def _code(text: str) -> str:
    try:
        return read_code(text)
    except WrongCode:
        return ""


def named(rows: QuerySet[Enterprise], asked: str) -> QuerySet[Enterprise]:
    """Those of `rows` whose name, former name or code has what was typed in it."""
    name = plain_name(asked)
    if not name:
        return rows
    # Ids first, each kind from its index alone: in one condition with what else narrows, every row would be looked at.
    of_today = Enterprise.objects.filter(withdrawn=False)
    found = of_today.filter(plain_name__contains=name).values("pk")
    parts: list[QuerySet[Any, Any]] = [
        FormerName.objects.filter(plain_name__contains=name).order_by().values("enterprise")
    ]
    if _CODE_LIKE.fullmatch(name):
        parts.append(of_today.filter(~Q(code=""), code__startswith=name.upper()).values("pk"))
    return rows.filter(pk__in=found.union(*parts))


def offered(rows: QuerySet[Enterprise], typed: str, most: int = 8) -> list[Enterprise]:
    """Suggestions while a name is typed: those that begin with it first."""
    name = plain_name(typed)
    if len(name) < _LEAST:
        return []
    found = list(rows.filter(plain_name__startswith=name).order_by("plain_name", "pk")[:most])
    if len(found) < most:
        rest = named(rows, typed).exclude(pk__in=[one.pk for one in found])
        found += rest.order_by("plain_name", "pk")[: most - len(found)]
    return found
