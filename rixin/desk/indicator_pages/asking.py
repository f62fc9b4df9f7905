"""Which indicators a person may ask for, and of which year and months. Wrong words fall back, told."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.work_schema import Metric, RecordType
from rixin.metrics.indicators import indicators
from rixin.metrics.scope import Place, may_ask
from rixin.people import units
from rixin.people.staff import Staff
from rixin.records.due import spans


@dataclass(frozen=True)
class Asking:
    year: int
    until: int
    """The last month that is looked at; 12: all that are there."""
    years: list[int]
    since: dict[str, date]
    """By kind of return: the day of the first one ever."""
    wrong: str = ""
    """What the address asked for and cannot be had."""

    @property
    def query(self) -> str:
        return urlencode({"year": self.year, **({"until": self.until} if self.until < 12 else {})})


def offered(staff: Staff) -> dict[Place, list[Metric]]:
    """By the place for which they are asked: all of the area of the unit that keeps the returns, for whoever may ask
    for figures of that; for a handler of the unit, its own work.
    """
    found: dict[Place, list[Metric]] = {}
    for metric in indicators():
        unit = units.by_code(return_of(metric).unit)
        widest = (Place(unit.area_path), Place(unit.area_path, unit.code))
        place = next((place for place in widest if may_ask(staff, place)), None)
        if place is not None:
            found.setdefault(place, []).append(metric)
    return found


def return_of(metric: Metric) -> RecordType:
    return versions.work().records[metric.source or ""].type


def read(query: QueryDict, metrics: list[Metric], today: date) -> Asking:
    """The year that is asked for; by itself the last one of which anything was returned."""
    known = spans({metric.source or "" for metric in metrics})
    since: dict[str, date] = {}
    for (kind, _area), (first, _last) in known.items():
        since[kind] = min(first, since.get(kind, first))
    last = max((day.year for _first, day in known.values()), default=today.year)
    begins = min((day.year for day in since.values()), default=today.year)
    years = list(range(begins, max(last, today.year) + 1))
    said = query.get("year", "")
    year = next((one for one in years if str(one) == said), last)
    wrong = _("There is nothing of the year “{given}”.").format(given=said) if said and str(year) != said else ""
    until = next((month for month in range(1, 13) if str(month) == query.get("until")), 12)
    return Asking(year, until, years, since, wrong)
