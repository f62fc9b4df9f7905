"""One more facility thought through: what it would change, beside others. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.desk.circle_pages.asking import Asked, Spot, quarters
from rixin.desk.circle_pages.showing import building_name, percent
from rixin.desk.fields import SearchedSelect
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.walking import current
from rixin.walking.coverage import Coverage, summed
from rixin.walking.models import Reach
from rixin.walking.network import Foot, Network
from rixin.walking.trying import Trial, Won, best, tried

MOST_OFFERED = 5


class SpotForm(forms.Form):
    """A point: clicked on the map, or typed."""

    lat = forms.FloatField(label=gettext_lazy("Latitude"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    lng = forms.FloatField(label=gettext_lazy("Longitude"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"lat", "lng"} <= given.keys():
            try:
                given["spot"] = Spot.at(Position(given["lat"], given["lng"]))
            except ImpossiblePosition as fault:
                raise forms.ValidationError(fault.message) from None
        return given


class QuarterForm(forms.Form):
    quarter = forms.ChoiceField(label=gettext_lazy("Residential quarter"), widget=SearchedSelect())

    def __init__(self, *given: Any, **further: Any) -> None:
        super().__init__(*given, **further)
        self._known = quarters()
        field: Any = self.fields["quarter"]
        field.choices = [("", "—"), *((code, spot.name) for code, spot in self._known.items())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("quarter"):
            given["spot"] = self._known[given["quarter"]]
        return given


@dataclass(frozen=True)
class Tried:
    """A spot and what it would bring. `address`: the page without it; or with it, where it is only offered."""

    spot: Spot
    trial: Trial
    share: str
    address: str

    @property
    def won(self) -> list[tuple[str, Won]]:
        return [(building_name(one.building), one) for one in self.trial.won]


class Bench:
    """The buildings of a day with which spots are tried."""

    def __init__(self, asked: Asked, rows: Sequence[Reach]) -> None:
        self._asked, self._rows = asked, rows
        self._coverage = summed(rows)
        self.share = percent(self._coverage.share)

    @cached_property
    def _network(self) -> Network | None:
        return current.on(self._asked.day)

    @cached_property
    def _uncovered(self) -> list[Reach]:
        return [row for row in self._rows if row.on_network and not row.covered]

    @cached_property
    def _feet(self) -> dict[str, Foot]:
        return current.feet(self._network, [row.building for row in self._uncovered]) if self._network else {}

    def tried(self) -> list[Tried]:
        """The spots that are asked for, in their order."""
        network = self._network
        if network is None:
            return []
        found = (
            (spot, tried(network, spot.position, self._uncovered, self._feet, self._asked.circle))
            for spot in self._asked.spots
        )
        return [self._of(spot, trial, self._asked.without(spot)) for spot, trial in found]

    def offered(self) -> list[Tried]:
        """Of the middles of all quarters those that would bring most."""
        network, known = self._network, quarters()
        if network is None or not self._asked.best:
            return []
        spots = {code: spot.position for code, spot in known.items()}
        found = best(network, spots, self._uncovered, self._feet, self._asked.circle, MOST_OFFERED)
        return [self._of(known[code], trial, self._asked.with_spot(known[code])) for code, trial in found]

    def _of(self, spot: Spot, trial: Trial, leading_to: Asked) -> Tried:
        now = self._coverage
        after = Coverage(now.within + trial.dwellings, now.beyond - trial.dwellings, now.off_network)
        return Tried(spot, trial, percent(after.share), leading_to.query)


def refused(form: forms.Form) -> str:
    """Why the spot cannot be tried, in one sentence."""
    faults = [str(fault) for faults in form.errors.values() for fault in faults]
    return " ".join(faults) or _("This spot cannot be tried.")
