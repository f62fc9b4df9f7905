"""The stacking plan of a building: floors from the top down, rooms as wide as they are large, coloured by a question.

A colour is never alone: each block says in words what its colour says.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from rixin.catalogue.dates import day_text
from rixin.desk.building_pages import wording
from rixin.registers import industries
from rixin.registers.amounts import square_metres
from rixin.registers.occupancy import Floor, Occupancy, RoomOn, Tenant

COLOURINGS: dict[str, Promise] = {
    "vacancy": pgettext_lazy("colouring of a plan", "Let and free"),
    "industry": pgettext_lazy("colouring of a plan", "Industry"),
    "lease": pgettext_lazy("colouring of a plan", "End of the lease"),
}
_TINTS = 8
"""Industries that have a tint of their own: those with most area. All have their letter."""
_BANDS = (
    (10_000_000_00, gettext_lazy("10 million yuan or more"), pgettext_lazy("mark on a plan", "≥10M")),
    (1_000_000_00, gettext_lazy("1 to 10 million yuan"), pgettext_lazy("mark on a plan", "≥1M")),
    (100_000_00, gettext_lazy("100,000 to 1 million yuan"), pgettext_lazy("mark on a plan", "≥100k")),
    (0, gettext_lazy("below 100,000 yuan"), pgettext_lazy("mark on a plan", "<100k")),
)
_LEASES = (
    (90, gettext_lazy("ends within 90 days"), "≤90"),
    (180, gettext_lazy("ends within 180 days"), "≤180"),
    (365, gettext_lazy("ends within a year"), "≤365"),
)


@dataclass(frozen=True)
class Key:
    """What a colour says. `mark`: a short sign for it, which stands on each block and in the legend."""

    tone: str
    name: str
    mark: str = ""


@dataclass(frozen=True)
class Part:
    """A tenancy within its room, or what of the room is free. `grow`: its area; `enterprise` None: free."""

    key: Key
    grow: int
    name: str
    area: str
    says: str
    enterprise: int | None = None
    open: bool = False
    """Whether the person may open the page of the enterprise."""
    tenant: Tenant | None = None


@dataclass(frozen=True)
class Block:
    room: RoomOn
    use: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Row:
    """`width`: per cent of the widest floor."""

    name: str
    width: float
    told: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Plan:
    rows: list[Row]
    legend: list[tuple[Key, str]]
    """(key, how much area of it)"""


Colouring = Callable[[Tenant], Key]


def plan(now: Occupancy, by: str, opened: Collection[int]) -> Plan:
    """`by`: one of COLOURINGS, or "tax" for who may read what single enterprises paid.

    `opened`: enterprises whose pages the person may open.
    """
    colouring = _colouring(now, by)
    widest = max((floor.area for floor in now.floors), default=0)
    rows = [_row(floor, widest, colouring, opened) for floor in now.floors]
    areas: Counter[Key] = Counter()
    for row in rows:
        for block in row.blocks:
            for part in block.parts:
                areas[part.key] += part.grow
    return Plan(rows, [(key, square_metres(area)) for key, area in sorted(areas.items(), key=_order)])


def _order(counted: tuple[Key, int]) -> tuple[bool, str]:
    return counted[0].tone == "free", counted[0].tone


def _row(floor: Floor, widest: int, colouring: Colouring, opened: Collection[int]) -> Row:
    told = _("{area}, {free} free").format(area=square_metres(floor.area), free=square_metres(floor.free))
    blocks = tuple(_block(room, colouring, opened) for room in floor.rooms)
    return Row(wording.floor(floor.floor), round(100 * floor.area / widest, 2), told, blocks)


def _block(room: RoomOn, colouring: Colouring, opened: Collection[int]) -> Block:
    parts = [_let(room, tenant, colouring(tenant), tenant.enterprise in opened) for tenant in room.tenants]
    if room.free:
        parts.append(_free(room))
    return Block(room, wording.use(room.use), tuple(parts))


def _let(room: RoomOn, tenant: Tenant, key: Key, opened: bool) -> Part:
    area = square_metres(tenant.area)
    said = [_("Room {number}").format(number=room.number), tenant.name, area, _lease(tenant), key.name]
    return Part(
        key=key,
        grow=tenant.area,
        name=tenant.name,
        area=area,
        says=_(", ").join(dict.fromkeys(part for part in said if part)),
        enterprise=tenant.enterprise,
        open=opened,
        tenant=tenant,
    )


def _free(room: RoomOn) -> Part:
    area, key = square_metres(room.free), Key("free", pgettext("part of a room", "free"))
    says = _("Room {number}: {area} free").format(number=room.number, area=area)
    return Part(key=key, grow=room.free, name=key.name, area=area, says=says)


def _lease(tenant: Tenant) -> str:
    if tenant.lease_end is None:
        return ""
    return _("lease until {day}").format(day=day_text(tenant.lease_end))


def _colouring(now: Occupancy, by: str) -> Colouring:
    if by == "industry":
        return _by_industry(now)
    if by == "tax":
        return _by_tax
    if by == "lease":
        return lambda tenant: _by_lease(tenant.lease_end, now.day)
    key = Key("let", pgettext("part of a room", "let"))
    return lambda tenant: key


def _by_industry(now: Occupancy) -> Colouring:
    areas: dict[str, int] = defaultdict(int)
    for room in now.rooms:
        for tenant in room.tenants:
            areas[tenant.section] += tenant.area
    ranked = sorted(filter(None, areas), key=lambda section: (-areas[section], section))
    names = {one.code: one.name.here() for one in industries.sections()}
    keys = {
        section: Key(f"tint-{min(nth, _TINTS)}", f"{section} {names.get(section, '')}".strip(), section)
        for nth, section in enumerate(ranked, start=1)
    }
    unknown = Key("unknown", _("industry not known"), "?")
    return lambda tenant: keys.get(tenant.section, unknown)


def _by_tax(tenant: Tenant) -> Key:
    if tenant.tax is None:
        return Key("unknown", _("tax not known"), "?")
    # Refunds may exceed what was paid: that is below the lowest band, which has no floor.
    nth = next((nth for nth, (least, _name, _mark) in enumerate(_BANDS) if tenant.tax >= least), len(_BANDS) - 1)
    return Key(f"band-{nth + 1}", str(_BANDS[nth][1]), str(_BANDS[nth][2]))


def _by_lease(end: date | None, day: date) -> Key:
    if end is None:
        return Key("unknown", _("end of the lease not known"), "?")
    if end < day:
        return Key("lease-0", _("lease has run out"), "!")
    for nth, (days, name, mark) in enumerate(_LEASES, start=1):
        if (end - day).days <= days:
            return Key(f"lease-{nth}", str(name), mark)
    return Key(f"lease-{len(_LEASES) + 1}", _("ends later"), ">365")
