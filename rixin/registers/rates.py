"""How vacant a building was on many days, and how many of its tenants were registered here: from its spans at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rixin.registers.models import Building, Room, StandingSpan
from rixin.registers.models.enterprises import REGISTERED
from rixin.registers.occupancy import tenancies
from rixin.spans import KnownSpan


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How full rooms are. Areas in square decimetres; `registered`: those of the tenants that are registered here."""

    area: int
    free: int
    tenants: int
    registered: int

    @property
    def let(self) -> int:
        return self.area - self.free

    @property
    def vacancy(self) -> Fraction | None:
        """None where there was nothing to let."""
        return Fraction(self.free, self.area) if self.area else None

    @property
    def local_rate(self) -> Fraction | None:
        """None where nobody was."""
        return Fraction(self.registered, self.tenants) if self.tenants else None


@dataclass(frozen=True, kw_only=True)
class Rates(Filled):
    """Those of a building on a day."""

    day: date


def rates(building: Building, days: Iterable[date]) -> list[Rates]:
    """Three statements however many days."""
    rooms = {pk: KnownSpan(first, until, area) for pk, first, until, area in _rooms(building)}
    held = [
        (room, KnownSpan(first, until, area), enterprise) for room, enterprise, first, until, area in _held(building)
    ]
    standing = _registered({enterprise for _room, _span, enterprise in held})
    return [_on(day, rooms, held, standing) for day in days]


def quarter_ends(day: date, quarters: int) -> list[date]:
    """The last days of the quarters before the day, and the day itself; the oldest first."""
    ends = [day]
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    for _nth in range(quarters):
        ends.append(first - timedelta(days=1))
        first = date(ends[-1].year, (ends[-1].month - 1) // 3 * 3 + 1, 1)
    return ends[::-1]


def _on(
    day: date,
    rooms: dict[int, KnownSpan],
    held: Sequence[tuple[int, KnownSpan, int]],
    standing: dict[int, list[KnownSpan]],
) -> Rates:
    there = {pk for pk, span in rooms.items() if span.holds(day)}
    now = [(span.what, enterprise) for room, span, enterprise in held if room in there and span.holds(day)]
    area = sum(rooms[pk].what for pk in there)
    tenants = {enterprise for _area, enterprise in now}
    registered = sum(any(span.holds(day) for span in standing.get(one, ())) for one in tenants)
    free = area - sum(let for let, _enterprise in now)
    return Rates(day=day, area=area, free=free, tenants=len(tenants), registered=registered)


def _rooms(building: Building) -> Iterable[tuple[int, date, date | None, int]]:
    return Room.objects.filter(building=building).order_by().values_list("pk", "from_day", "until_day", "area")


def _held(building: Building) -> Iterable[tuple[int, int, date, date | None, int]]:
    columns = ("room_id", "enterprise_id", "from_day", "until_day", "area")
    return tenancies().filter(room__building=building).order_by().values_list(*columns)


def _registered(enterprises: set[int]) -> dict[int, list[KnownSpan]]:
    found: dict[int, list[KnownSpan]] = {}
    spans = StandingSpan.objects.filter(enterprise__in=enterprises, standing__in=REGISTERED).order_by()
    for enterprise, first, until in spans.values_list("enterprise_id", "from_day", "until_day"):
        found.setdefault(enterprise, []).append(KnownSpan(first, until, None))
    return found
