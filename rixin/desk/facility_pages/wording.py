"""Facilities in words: their kind, state, stars and hours."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.desk.choices import Choice, Group
from rixin.facilities import queries
from rixin.facilities.models import Facility, State

TONES: dict[str, str] = {State.PLANNED: "info", State.OPEN: "done", State.PAUSED: "warn", State.ENDED: "paused"}
STATES: dict[str, str | Promise] = {state.value: state.label for state in State}


def kind(code: str) -> str:
    known = queries.kinds().get(code)
    return known.name.here() if known else code


def level(kind_code: str, code: str) -> str:
    known = queries.kinds().get(kind_code)
    return next((one.name.here() for one in known.levels if one.code == code), code) if known else code


def state(code: str) -> str:
    return str(State(code).label)


def stars(number: int | None) -> str:
    """ "" for none."""
    return "" if number is None else ngettext("{n} star", "{n} stars", number).format(n=number)


def kinds_by_group(codes: set[str] | None = None) -> list[Group]:
    """`codes`: only these."""
    found = []
    for code, group in queries.groups().items():
        inside = tuple(
            Choice(kind.code, kind.name.here())
            for kind in queries.kinds().values()
            if kind.group == code and (codes is None or kind.code in codes)
        )
        if inside:
            found.append(Group(group.name.here(), inside))
    return found


def pin(facility: Facility, state_code: str, href: str) -> dict[str, object]:
    """A facility as a GeoJSON feature."""
    note = _("{kind} · {state}").format(kind=kind(facility.kind), state=state(state_code))
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [facility.lng, facility.lat]},
        "properties": {"title": facility.name, "href": href, "note": note, "tone": TONES[state_code]},
    }
