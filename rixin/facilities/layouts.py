"""Whether facilities are laid out as a definition asks: each rule with what counts, and what is missing, on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rixin.catalogue.facility_schema import FacilityLayout, LayoutRule
from rixin.facilities.models import Facility, State


@dataclass(frozen=True)
class Found:
    """What counts in one area; `area`: its path, "" for the whole."""

    area: str
    facilities: tuple[Facility, ...]
    missing: int


@dataclass(frozen=True)
class Checked:
    rule: LayoutRule
    found: tuple[Found, ...]

    @property
    def missing(self) -> int:
        return sum(found.missing for found in self.found)


def check(layout: FacilityLayout, facilities: Iterable[Facility], communities: Sequence[str]) -> list[Checked]:
    """`facilities`: as `queries.as_of` gives them; only those open on that day count. `communities`: paths."""
    there = [one for one in facilities if _state_then(one) == State.OPEN]
    return [_checked(rule, there, communities if rule.each == "community" else [""]) for rule in layout.rules]


def _checked(rule: LayoutRule, there: Sequence[Facility], areas: Sequence[str]) -> Checked:
    counting = [one for one in there if one.kind in rule.kinds and (not rule.levels or one.level in rule.levels)]
    return Checked(rule, tuple(_found(rule, counting, area) for area in areas))


def _found(rule: LayoutRule, counting: Sequence[Facility], area: str) -> Found:
    here = tuple(one for one in counting if one.area_path.startswith(area))
    return Found(area, here, max(rule.least - len(here), 0))


def _state_then(facility: Facility) -> str:
    """Annotated by `queries.as_of`."""
    return str(vars(facility)["state_then"])
