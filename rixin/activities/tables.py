"""Events as a table: what its columns are called, and what stands in them. A table that is fetched can be brought."""

from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

from rixin.activities.models import Event
from rixin.catalogue import versions
from rixin.places import gazetteer
from rixin.sheet_writing import Cell
from rixin.sheets import harmless, plain_heading

HEADINGS: dict[str, str | Promise] = {
    "kind": pgettext_lazy("of an event", "Kind of event"),
    "sort": pgettext_lazy("of an event", "Sort"),
    "title": pgettext_lazy("of an event", "Title"),
    "day": pgettext_lazy("of an event", "Day"),
    "starts": pgettext_lazy("of an event", "Starts"),
    "ends": pgettext_lazy("of an event", "Ends"),
    "area": pgettext_lazy("of an event", "Area"),
    "address": pgettext_lazy("of an event", "Place"),
    "people": pgettext_lazy("of an event", "Attendance"),
    "state": pgettext_lazy("of an event", "State"),
    "words": pgettext_lazy("of an event", "How it went"),
}
NEEDED = ("kind", "title", "day")
_ALSO = {
    "title": ("活动", "活动主题", "主题"),
    "day": ("举办日期", "活动日期", "活动时间", "时间"),
    "people": ("人次", "参加人数", "参与人次", "人数"),
    "area": ("所属社区", "主办社区"),
    "address": ("活动地点", "举办地点"),
    "kind": ("活动类型",),
    "sort": ("活动类别", "类型"),
}
_LANGUAGES = ("zh-hans", "en")


def heading_names() -> dict[str, str]:
    """Heading in one spelling → the column that it means, in each language and as offices have it."""
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        with override(language):
            found |= {plain_heading(str(heading)): name for name, heading in HEADINGS.items()}
    return {**{plain_heading(one): name for name, others in _ALSO.items() for one in others}, **found}


def rows(events: Iterable[Event]) -> Iterator[list[Cell]]:
    kinds, atlas = versions.work().activities, gazetteer.current()
    for event in events:
        kind, area = kinds.get(event.kind), atlas.area(event.area_path)
        options = {option.code: option.name.here() for option in kind.options} if kind else {}
        yield [
            kind.name.here() if kind else event.kind,
            options.get(event.sort, ""),
            harmless(event.title),
            event.day,
            f"{event.starts:%H:%M}" if event.starts else "",
            f"{event.ends:%H:%M}" if event.ends else "",
            area.name if area else "",
            harmless(event.address),
            event.attendance,
            event.get_state_display(),
            harmless(event.words),
        ]
