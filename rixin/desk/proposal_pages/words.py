"""Proposals, rounds and what happened to them, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.choosing.models import ChoosingEvent, Proposal
from rixin.people.models import in_language
from rixin.places import gazetteer
from rixin.registers.amounts import yuan

_DONE: Mapping[str, Promise] = {
    "raise": pgettext_lazy("of a proposal", "Raised"),
    "publish": pgettext_lazy("of a proposal", "Published"),
    "hide": pgettext_lazy("of a proposal", "Not published"),
    "merge": pgettext_lazy("of a proposal", "Joined with another one"),
    "take_in": gettext_lazy("Another proposal was joined with it"),
    "judge": pgettext_lazy("of a proposal", "Judged"),
    "list": gettext_lazy("Put on the short list"),
    "decline": pgettext_lazy("of a proposal", "Not on the short list"),
    "choose": pgettext_lazy("of a proposal", "Chosen"),
    "pass": pgettext_lazy("of a proposal", "Not chosen this year"),
    "forget": gettext_lazy("The proposer deleted the own name and telephone number"),
    "project": gettext_lazy("Linked with a project"),
    "open": pgettext_lazy("of a round", "Called"),
    "correct": pgettext_lazy("of a round", "Corrected"),
    "to_vote": gettext_lazy("Put to the vote"),
    "to_list": gettext_lazy("The short list was opened again"),
    "vote_again": gettext_lazy("A further ballot was called"),
    "count": gettext_lazy("Votes counted"),
    "decide": gettext_lazy("Both counts agree"),
    "settle": pgettext_lazy("of a round", "Decided"),
    "announce": pgettext_lazy("of a round", "Announced"),
}


@dataclass(frozen=True)
class Line:
    what: str
    at: datetime
    who: str
    reason: str


def history(events: Iterable[ChoosingEvent]) -> list[Line]:
    return [
        Line(str(_DONE.get(one.action, one.action)), one.at, one.by_name or _post(one), one.reason) for one in events
    ]


def _post(event: ChoosingEvent) -> str:
    return in_language(event.by_post_zh, event.by_post_en)


def area_words(path: str) -> str:
    area = gazetteer.current().area(path)
    return area.name if area else ""


def place_words(proposal: Proposal) -> str:
    return " ".join(filter(None, [area_words(proposal.area_path), proposal.address]))


def cost_words(of: Any) -> str:
    """Of a proposal, or of an amount in fen; "" where it is not known."""
    fen = of.cost if isinstance(of, Proposal) else of
    return "" if fen is None else yuan(fen)
