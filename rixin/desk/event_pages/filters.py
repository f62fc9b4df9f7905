"""What a list of events is narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rixin.activities.models import Event
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.texts import cleaned

_LONGEST = 60


@dataclass(frozen=True)
class Asked:
    """ "" for everything."""

    kind: str = ""
    sort: str = ""
    state: str = ""
    area: str = ""
    period: str = ""
    words: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Asked":
        """What means nothing is passed over."""
        kind = versions.work().activities.get(said.get("kind", ""))
        sorts = {option.code for option in kind.options} if kind else set()
        return cls(
            kind=kind.code if kind else "",
            sort=said.get("sort", "") if said.get("sort", "") in sorts else "",
            state=said.get("state", "") if said.get("state", "") in Event.State.values else "",
            area=cleaned(said.get("area", ""))[:_LONGEST],
            period=said.get("period", "") if _period(said.get("period", "")) else "",
            words=cleaned(said.get("q", "")).strip()[:_LONGEST],
        )

    def apply(self, events: "QuerySet[Event]") -> "QuerySet[Event]":
        for name in ("kind", "sort", "state"):
            if value := getattr(self, name):
                events = events.filter(**{name: value})
        if self.area:
            events = events.filter(area_path__within=self.area)
        if period := _period(self.period):
            events = events.filter(day__range=(period.first, period.last))
        if self.words:
            events = events.filter(Q(title__icontains=self.words) | Q(address__icontains=self.words))
        return events


def _period(written: str) -> Period | None:
    try:
        return Period.read(written) if written else None
    except ValueError:
        return None
