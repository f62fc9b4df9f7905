"""What can be chosen in filters and forms, from the published definitions, the units and the area tree. No SQL."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.cases.models import Channel
from rixin.catalogue import versions
from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.chain import KnownArea

DUE: dict[str, Promise] = {
    "today": _("by today"),
    "3days": _("within 3 days"),
    "week": _("within a week"),
}


@dataclass(frozen=True)
class Choice:
    code: str
    name: str
    words: str = ""
    """Further words by which it is found."""


@dataclass(frozen=True)
class Group:
    name: str
    choices: tuple[Choice, ...]


def states() -> dict[str, str]:
    """Of every lifecycle in use; where two use one code, the first names it."""
    found: dict[str, str] = {}
    for lifecycle in versions.lifecycles():
        for code, state in lifecycle.states.items():
            found.setdefault(code, state.name.here())
    return found


def ratings() -> dict[str, str]:
    return {
        option.code: option.name.here()
        for lifecycle in versions.lifecycles()
        for action in lifecycle.actions.values()
        for asked in action.asks
        if asked.name == "rating" and "rating" in action.keeps
        for option in asked.options
    }


def groups() -> dict[str, str]:
    return {known.rules.matter_class.code: known.rules.matter_class.name.here() for known in versions.current_types()}


def types() -> list[Group]:
    """Matter types under their main class, each with the words that residents use for it."""
    found: dict[str, list[Choice]] = {}
    for known in versions.current_types():
        kind = known.rules.type
        words = " ".join([kind.plain.zh, kind.plain.en, kind.name.zh, *kind.words.strong, *kind.words.weak])
        found.setdefault(known.rules.matter_class.name.here(), []).append(Choice(kind.code, kind.name.here(), words))
    return [Group(name, tuple(choices)) for name, choices in found.items()]


def channels() -> dict[str, str]:
    return {channel.value: str(channel.label) for channel in Channel}


def open_units() -> list[Choice]:
    return [Choice(unit.code, unit.name, f"{unit.name_zh} {unit.name_en} {unit.code}") for unit in units.all_open()]


def areas(staff: Staff) -> list[Choice]:
    """The sub-districts, communities and grids in which the person has a post, as a tree in one column."""
    atlas = gazetteer.current()
    roots = [area for area in atlas.areas.values() if area.level == "subdistrict" and not area.retired]
    tree = [below for root in sorted(roots, key=lambda area: area.path) for below in _tree(root, 0)]
    return [choice for choice in tree if staff.scope.covers_area(choice.code)]


def own_areas(staff: Staff) -> str:
    """Paths of the parts of the sub-district that the posts are for, for a map to show first; empty for all of it."""
    known = map(gazetteer.current().area, staff.scope.areas())
    return " ".join(area.path for area in known if area is not None and area.level not in ("district", "subdistrict"))


def _tree(area: KnownArea, depth: int) -> Iterator[Choice]:
    yield Choice(area.path, "　" * depth + area.name)
    if area.level in ("subdistrict", "community"):
        for part in gazetteer.current().children(area.code):
            yield from _tree(part, depth + 1)
