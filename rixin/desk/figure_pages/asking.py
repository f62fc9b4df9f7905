"""What a page of figures is asked for in its address: metric, period, place, split. Wrong words fall back, told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.report_text import SPLITS, Split
from rixin.catalogue.sources import can_narrow, can_split
from rixin.catalogue.work_schema import Metric, Step
from rixin.metrics import wording
from rixin.metrics.comparing import Against
from rixin.metrics.only import ALL, Only
from rixin.metrics.scope import Place, may_ask, places_of
from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.chain import KnownArea
from rixin.reports import charts

STEPS: tuple[Step, ...] = ("year", "quarter", "month")


AGAINST: dict[Against, Promise] = {
    "before": gettext_lazy("The period before"),
    "last_year": gettext_lazy("A year before"),
}


@dataclass(frozen=True)
class Choice:
    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True)
class Asking:
    period: Period
    place: Place
    by: Split | None = None
    against: Against | None = None
    """With which period it is compared."""
    only: Only = ALL
    wrong: str = ""
    """What the address asked for and cannot be had."""

    @property
    def other(self) -> Period | None:
        """The period with which it is compared."""
        if self.against is None:
            return None
        return self.period.year_before() if self.against == "last_year" else self.period.before()

    def query(self, **other: str) -> str:
        """The same as part of an address."""
        said = {
            "period": str(self.period),
            "area": self.place.area,
            "unit": self.place.unit,
            "by": self.by or "",
            "compare": self.against or "",
            "kind": self.only.kind,
            "place": self.only.place,
            "topic": self.only.topic,
            **other,
        }
        return urlencode({name: value for name, value in said.items() if value})


def read(query: QueryDict, staff: Staff, today: date) -> Asking:
    """Raises Http404 for a place that the person may not ask for."""
    wrong = ""
    said = query.get("period", "")
    try:
        period = Period.read(said) if said else _last_year(today)
    except NoPeriod:
        period, wrong = (
            _last_year(today),
            _("“{given}” is no period such as 2022, 2022-Q1 or 2022-03.").format(given=said),
        )
    by = next((split for split in SPLITS if split == query.get("by")), None)
    only = Only(query.get("kind", "")[:64], query.get("place", "")[:64], _topic(query.get("topic", "")))
    against = next((one for one in AGAINST if one == query.get("compare")), None)
    return Asking(period, place_in(query, staff), by, against, only, wrong)


def _topic(said: str) -> str:
    return said if said.isascii() and said.isdigit() and len(said) < 10 else ""


def read_of(metric: Metric, query: QueryDict, staff: Staff, today: date) -> Asking:
    """The same for one metric: only figures of matters are narrowed to a kind."""
    asked = read(query, staff, today)
    return asked if can_narrow(metric) else replace(asked, only=ALL)


def place_in(query: QueryDict, staff: Staff) -> Place:
    widest = places_of(staff)
    if not widest:
        raise Http404(_("There are no figures that you may see."))
    area = query.get("area", "")
    place = (
        Place(area, query.get("unit", "")) if area else Place(widest[0].area, query.get("unit", "") or widest[0].unit)
    )
    if not may_ask(staff, place):
        raise Http404(_("There are no figures of this place among those that you may see."))
    return place


def _last_year(today: date) -> Period:
    """The demonstration's newest whole year of records, or the year that is over."""
    return Period.of("year", date(today.year - 1, 12, 31))


def metric_of(code: str) -> Metric:
    """Raises Http404."""
    kept = versions.work().metrics.get(code)
    if kept is None:
        raise Http404(_("There is no figure of this name."))
    return kept.metric


def comparisons(asked: Asking) -> list[Choice]:
    return [Choice(code, str(name), code == asked.against) for code, name in AGAINST.items()]


def splits_of(metric: Metric, chosen: Split | None) -> list[Choice]:
    return [Choice(by, str(charts.SPLITS[by]), by == chosen) for by in SPLITS if can_split(metric, by)]


def areas_for(staff: Staff, place: Place) -> list[Choice]:
    """The areas that may be asked for: those of the person's posts, and the parts of sub-districts among them."""
    atlas = gazetteer.current()
    paths: dict[str, None] = {}
    for known in places_of(staff):
        paths[known.area] = None
        area = atlas.area(known.area)
        if area is not None and area.level in ("district", "subdistrict"):
            paths |= dict.fromkeys(part.path for part in _below(area.code))
    return [Choice(path, wording.area(path), path == place.area) for path in paths]


def _below(code: str) -> Iterable[KnownArea]:
    atlas = gazetteer.current()
    for part in atlas.children(code):
        yield part
        if part.level == "subdistrict":
            yield from atlas.children(part.code)


def units_for(staff: Staff, place: Place) -> list[Choice]:
    """The units by which figures may be narrowed; a handler's own only."""
    free = any(not known.unit for known in places_of(staff))
    own = {known.unit for known in places_of(staff) if known.unit}
    offered = [unit for unit in units.all_open() if free or unit.code in own]
    return [Choice(unit.code, unit.name, unit.code == place.unit) for unit in offered]
