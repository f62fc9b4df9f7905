"""Units by id, code and area without a query: every case names a unit, and no page should ask the database which.

The units of an office are a few dozen. Each process keeps all of them; what this process changes shows at once, what
another one changes after RENEWED_AFTER seconds.
"""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from rixin.people.models import Unit, in_language

RENEWED_AFTER = 5.0  # seconds


class UnknownUnit(LookupError):
    """No unit has this code or id."""

    def __init__(self, asked: str | int) -> None:
        super().__init__(
            f"There is no unit {asked!r}. Units come from rixin/people/wenxin/units.yaml: add it there and run "
            "`rixin people load`."
        )
        self.asked = asked


@dataclass(frozen=True, slots=True)
class KnownUnit:
    id: int
    code: str
    name_zh: str
    name_en: str
    area_path: str
    kind: str
    level: str
    retired_on: date | None = None

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_language(self.name_zh, self.name_en)

    def open_on(self, day: date) -> bool:
        return self.retired_on is None or day < self.retired_on

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class _Known:
    by_id: dict[int, KnownUnit]
    by_code: dict[str, KnownUnit]
    communities: dict[str, KnownUnit]
    read_at: float


_known: _Known | None = None


def by_id(unit_id: int) -> KnownUnit:
    """Raises UnknownUnit. Retired units are found too: old cases name them."""
    unit = _all().by_id.get(unit_id)
    if unit is None:
        raise UnknownUnit(unit_id)
    return unit


def by_code(code: str) -> KnownUnit:
    """Raises UnknownUnit. Retired units are found too."""
    unit = _all().by_code.get(code)
    if unit is None:
        raise UnknownUnit(code)
    return unit


def community_of(area_path: str) -> KnownUnit | None:
    """The committee of the community in which the area lies; None above communities and elsewhere."""
    communities = _all().communities
    return next((communities[path] for path in _upwards(area_path) if path in communities), None)


def all_open(on: date | None = None) -> tuple[KnownUnit, ...]:
    """The units that exist on the day (today where none is given), in the order of lists: level, then code."""
    day = on or timezone.localdate()
    return tuple(unit for unit in _all().by_id.values() if unit.open_on(day))


def forget(**_signal: Any) -> None:
    """Read again at the next question. Whoever changes units in bulk, past the signals, calls this."""
    global _known
    _known = None


def prefixes(area_path: str) -> list[str]:
    """The path and those of all areas around it, narrowest first, "" last."""
    return [*_upwards(area_path), ""]


def _upwards(area_path: str) -> list[str]:
    codes = [code for code in area_path.split("/") if code]
    return ["/".join(codes[:depth]) + "/" for depth in range(len(codes), 0, -1)]


def _all() -> _Known:
    global _known
    known = _known
    if known is None or monotonic() - known.read_at > RENEWED_AFTER:
        known = _known = _read()
    return known


def _read() -> _Known:
    columns = ("id", "code", "name_zh", "name_en", "area_path", "kind", "level", "retired_on")
    units = [KnownUnit(*row) for row in Unit.objects.order_by("level", "code").values_list(*columns)]
    today = timezone.localdate()
    return _Known(
        by_id={unit.id: unit for unit in units},
        by_code={unit.code: unit for unit in units},
        communities={unit.area_path: unit for unit in units if unit.kind == "community" and unit.open_on(today)},
        read_at=monotonic(),
    )


post_save.connect(forget, sender=Unit, dispatch_uid="units_changed")
post_delete.connect(forget, sender=Unit, dispatch_uid="units_changed")
