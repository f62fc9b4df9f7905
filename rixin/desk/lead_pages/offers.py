"""Rooms that would fit a lead, with the facts in words by which they stand in their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.investment.matching import Offer
from rixin.investment.models import Lead
from rixin.investment.space import Placed
from rixin.registers.amounts import square_metres, yuan
from rixin.registers.models import Building

MOST = 60


@dataclass(frozen=True)
class Reason:
    """`good`: it speaks for the rooms, against them, or is merely told (None)."""

    words: str
    good: bool | None


@dataclass(frozen=True)
class Line:
    building: Building
    floor: int
    numbers: str
    together: bool
    area: str
    reasons: list[Reason]


def offered(placed: Iterable[Placed], lead: Lead, today: date) -> list[Line]:
    return [_line(one, lead, today) for one in list(placed)[:MOST]]


def _line(one: Placed, lead: Lead, today: date) -> Line:
    offer = one.offer
    return Line(
        building=one.building,
        floor=offer.rooms[0].floor,
        numbers=_(", ").join(room.number for room in offer.rooms),
        together=len(offer.rooms) > 1,
        area=square_metres(offer.area),
        reasons=list(_reasons(offer, lead, today)),
    )


def _reasons(offer: Offer, lead: Lead, today: date) -> Iterator[Reason]:
    if lead.area_least is not None or lead.area_most is not None:
        yield Reason(_("fits the area wanted"), True)
    yield _free(offer, lead, today)
    if len(offer.rooms) > 1:
        yield Reason(_("rooms side by side"), None)
    if any(not room.whole for room in offer.rooms):
        yield Reason(_("part of a room in which others stay"), None)
    rents = [room.rent for room in offer.rooms if room.rent is not None]
    if rents:
        yield _rent(max(rents), offer.over)
    near = offer.neighbours
    if near.tenants and lead.section:
        words = ngettext(
            "{alike} of {n} tenant of the same industry", "{alike} of {n} tenants of the same industry", near.tenants
        )
        yield Reason(words.format(alike=near.alike, n=near.tenants), True if near.alike else None)


def _free(offer: Offer, lead: Lead, today: date) -> Reason:
    last = max(offer.rooms, key=lambda room: room.free_from)
    said = {
        "free": _("free now"),
        "lease_ends": _("lease ends; free from {day}"),
        "planned": _("planned; there from {day}"),
    }[last.why].format(day=last.free_from.isoformat())
    if offer.late:
        late = ngettext("{n} day after it is wanted", "{n} days after it is wanted", offer.late).format(n=offer.late)
        return Reason(_("{what}, {how_late}").format(what=said, how_late=late), False)
    return Reason(said, True)


def _rent(rent: int, over: int | None) -> Reason:
    told = _("last rent {amount} a day and m²").format(amount=yuan(rent))
    if over is None:
        return Reason(told, None)
    if over:
        return Reason(_("{rent}, above what can be paid").format(rent=told), False)
    return Reason(_("{rent}, within what can be paid").format(rent=told), True)
