"""Enterprises, buildings and leases made through the real actions, with only what matters named."""

from datetime import date, datetime
from itertools import count
from typing import Any

from stdnum.cn import uscc

from rixin.catalogue.periods import Period
from rixin.catalogue.worktime import LOCAL
from rixin.people.actors import SYSTEM
from rixin.registers import entering, letting, returns
from rixin.registers.entering import NewEnterprise
from rixin.registers.letting import Lease, NewRoom
from rixin.registers.models import Building, Enterprise, How, Measured, Room, Standing, Tenancy

NOW = datetime(2023, 1, 10, 9, 0, tzinfo=LOCAL)
TODAY = NOW.date()
STREET, DEJIA, JINGZHOU = "330106013/", "330106013/001/", "330106013/002/"
_numbers = count(1)


def a_code(number: int | None = None) -> str:
    """A credit code that passes its own check, another one for every number."""
    body = f"91330106MA{next(_numbers) if number is None else number:07d}"
    return body + uscc.calc_check_digit(body)


def an_enterprise(name: str = "", *, since: str = "2021-03-01", **said: Any) -> Enterprise:
    new = {
        "name": name or f"杭州试验{next(_numbers)}科技有限公司",
        "area_path": DEJIA,
        "since": date.fromisoformat(since),
        "standing": Standing.HERE,
        "how": How.FOUND,
        "section": "I",
        "division": "65",
    } | said
    return entering.enter(NewEnterprise(**new), by=SYSTEM, at=NOW)


def a_building(code: str = "tower", *, name: str = "云联大厦", area: str = DEJIA) -> Building:
    return Building.objects.create(code=code, name_zh=name, name_en=code.title(), area_path=area, changed_at=NOW)


def a_room(building: Building, number: str = "301", *, metres: int = 100, floor: int = 3, **said: Any) -> Room:
    """Of so many square metres, there since 2020 unless said otherwise."""
    building.refresh_from_db()
    new = NewRoom(floor=floor, number=number, area=metres * 100, **{"from_day": date(2020, 1, 1), **said})
    return letting.add_rooms(building, [new], by=SYSTEM, at=NOW, seen=building.version)[0]


def a_lease(
    room: Room,
    enterprise: Enterprise,
    *,
    since: str = "2021-06-01",
    until: str | None = None,
    metres: int | None = None,
) -> Tenancy:
    """`until`: last day of the lease."""
    enterprise.refresh_from_db()
    lease = Lease(
        from_day=date.fromisoformat(since),
        lease_end=date.fromisoformat(until) if until else None,
        area=metres * 100 if metres else None,
    )
    return letting.let(room, enterprise, lease, by=SYSTEM, at=NOW, seen=enterprise.version, today=TODAY)


def paid(enterprise: Enterprise, period: str, yuan: int, measured: Measured = Measured.TAX) -> None:
    enterprise.refresh_from_db()
    figure = returns.Figure(measured, Period.read(period), yuan * 100)
    returns.put(enterprise, [figure], by=SYSTEM, at=NOW, seen=enterprise.version)
