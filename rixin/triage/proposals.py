"""What a new message is about, where it lies and who should have it: a proposal that people can overrule.

No query is made beyond what the catalogue, the units and the gazetteer need to renew their memory.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue import versions
from rixin.catalogue.versions import UnknownType, Version
from rixin.people import units
from rixin.people.units import KnownUnit, UnknownUnit
from rixin.places import gazetteer
from rixin.places.atlas import PlaceMatch
from rixin.places.chain import Chain, KnownPlace
from rixin.places.coordinates import Position
from rixin.texts import cleaned
from rixin.triage.learned import keeping
from rixin.triage.rules import OTHER, Index
from rixin.triage.sorting import Sorting, sort
from rixin.triage.urgency import urgent_words

READ = 1_500
"""Characters that are read: a message says at its beginning what it is about, and nobody waits for its end."""
SAYS_WHERE = ("building", "address", "place")
PLACE_NAMED = "，"
"""Stands in the text for a place that it names, so that no word is made of what stood before and after."""
COMMUNITY = "community"
"""As the unit of a type: the committee of the community where the matter lies."""

_log = logging.getLogger(__name__)
Urgency = Literal["ordinary", "urgent"]
Ground = Literal[
    "chosen",
    "words",
    "learned",
    "unsure",
    "pin",
    "address",
    "meant",
    "no_place",
    "urgent_words",
    "urgent_type",
    "no_unit",
]
_SAYS: dict[Ground, Promise] = {
    "chosen": _("The resident chose this type."),
    "words": _("Sorted by the words: %(words)s."),
    "learned": _("Sorted as earlier matters with the words: %(words)s (%(sure)d %% sure)."),
    "unsure": _("The words do not decide; please choose the type."),
    "pin": _("Placed by the position of the report."),
    "address": _("Placed by what is written: %(words)s."),
    "meant": _("Placed by what was probably meant: %(words)s."),
    "no_place": _("No place in our area is given or named."),
    "urgent_words": _("Urgent because of the words: %(words)s."),
    "urgent_type": _("Matters of this type are always urgent."),
    "no_unit": _("No unit follows from the type and the place; please choose one."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed. `facts`: the words or names that led to it, as written; `sure`: 0 to 1."""

    ground: Ground
    facts: tuple[str, ...] = ()
    sure: float = 0.0

    def __str__(self) -> str:
        """For the desk, in the reader's language."""
        return str(_SAYS[self.ground]) % {"words": "、".join(self.facts), "sure": 100 * self.sure}


@dataclass(frozen=True, slots=True)
class Proposal:
    version: Version
    """The type proposed, as published now; `other` where nothing decides."""
    decided: bool
    """Whether the words or the resident decided the type."""
    suggestions: tuple[str, ...]
    """Codes of the types that the words speak for, best first; at most five."""
    unit: KnownUnit | None
    chain: Chain | None
    place: KnownPlace | None
    """The building, door or place that the text names, where it lies in the same community as `chain`."""
    position: Position | None
    """As given; else that of the place named."""
    urgency: Urgency
    why: tuple[Reason, ...]
    confidence: float | None = None
    """Of the type, 0 to 1, where it was learned and nobody chose."""

    @property
    def code(self) -> str:
        return self.version.rules.type.code

    @property
    def proposed(self) -> str:
        """The code, where it was proposed and not chosen by anybody; "" else."""
        return self.code if self.why[0].ground in ("words", "learned") else ""


def propose(text: str, position: Position | None = None, *, title: str = "", chosen: str | None = None) -> Proposal:
    """Sorts and places one message. `chosen`: the code that the resident picked, which stands unless it is `other`.

    Raises UnknownType only where neither the type nor `other` is published, that is, with an unusable catalogue.
    """
    text, title = cleaned(text[:READ]), cleaned(title[:READ])
    named = gazetteer.current().find_in_text(f"{title}\n{text}" if title else text)
    sorted_ = sort(_about(text, named), current_index(), keeping.current(), title=_about(title, named))
    version, type_reason = _type_of(sorted_, chosen)
    whereabouts = _whereabouts(f"{title}\n{text}" if title else text, position, named)
    unit = owner(version, whereabouts.chain)
    urgency, urgent_because = _urgency(version, f"{title} {text}")
    why = [type_reason, whereabouts.reason, *urgent_because]
    if unit is None:
        why.append(Reason("no_unit"))
    return Proposal(
        version=version,
        decided=type_reason.ground != "unsure",
        suggestions=sorted_.suggestions,
        unit=unit,
        chain=whereabouts.chain,
        place=whereabouts.place,
        position=position or whereabouts.position,
        urgency=urgency,
        why=tuple(why),
        confidence=sorted_.confidence if type_reason.ground == "learned" else None,
    )


def owner(version: Version, chain: Chain | None) -> KnownUnit | None:
    """The unit that answers for a type at a place; None where a person has to say."""
    code = version.rules.type.unit
    if code == COMMUNITY:
        return units.community_of(chain.path) if chain else None
    try:
        return units.by_code(code)
    except UnknownUnit as unknown:
        # A mistake in the definitions must not cost a resident the report: the desk will choose.
        _log.error("%s (named by matter type %s)", unknown, version.rules.type.code)
        return None


_held: tuple[tuple[int, ...], Index] | None = None


def current_index() -> Index:
    """The index of the types published now. Built anew (some 50 ms) only after a change."""
    global _held
    types = versions.current_types()
    state = tuple(version.id for version in types)
    held = _held
    if held is None or held[0] != state:
        held = _held = state, Index(version.rules.type for version in types)
    return held[1]


def _type_of(found: Sorting, chosen: str | None) -> tuple[Version, Reason]:
    if chosen and chosen != OTHER:
        try:
            return versions.current(chosen), Reason("chosen")
        except UnknownType:
            pass  # retired while the page was open: the words decide
    if found.best is not None:
        return versions.current(found.best), Reason(found.by, found.facts[:5], found.confidence or 0.0)
    return versions.current(OTHER), Reason("unsure")


@dataclass(frozen=True, slots=True)
class _Whereabouts:
    chain: Chain | None
    place: KnownPlace | None
    position: Position | None
    reason: Reason


def _about(text: str, named: Sequence[PlaceMatch]) -> str:
    """The text without the places that it names: a market or school in a name is where it is, not what it is about."""
    for match in named:
        if match.place is not None and match.precision in SAYS_WHERE:
            text = text.replace(match.words, PLACE_NAMED)
    return text


def _whereabouts(text: str, position: Position | None, found: Sequence[PlaceMatch]) -> _Whereabouts:
    """The pin says where; the words make it finer, or stand in where there is no pin or it lies outside."""
    atlas = gazetteer.current()
    pinned = atlas.chain_at(position) if position else None
    named = [match for match in found if match.chain]
    if pinned:
        agreeing = (match for match in named if match.place and match.chain and _same_community(match.chain, pinned))
        place = next((match.place for match in agreeing), None)
        return _Whereabouts(pinned, place, position, Reason("pin"))
    chain = atlas.chain_of_address(text) if named else None
    if chain is None:
        return _Whereabouts(None, None, None, Reason("no_place"))
    best = next((match for match in named if match.place and match.chain and match.chain.is_within(chain.path)), None)
    said = best or named[0]
    reason = Reason("meant", (f"{said.words} → {said.meant}",)) if said.meant else Reason("address", (said.words,))
    return _Whereabouts(chain, best.place if best else None, best.position if best else None, reason)


def _same_community(one: Chain, other: Chain) -> bool:
    return bool(one.community and other.community and one.community.code == other.community.code)


def _urgency(version: Version, text: str) -> tuple[Urgency, list[Reason]]:
    if words := urgent_words(text):
        return "urgent", [Reason("urgent_words", words)]
    if version.rules.type.urgency == "urgent":
        return "urgent", [Reason("urgent_type")]
    return "ordinary", []
