"""The networks of the installation, each built once in a process and kept for as long as it stays the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rixin.places import gazetteer
from rixin.walking import network
from rixin.walking.models import Network
from rixin.walking.network import Foot


@dataclass(frozen=True)
class Known:
    """A network and the day from which it counts."""

    from_day: date
    digest: str
    graph: network.Network


def networks() -> Sequence[Known]:
    """All, the oldest first. One query; lines are read only of those that this process does not know yet."""
    rows = Network.objects.order_by("from_day").values_list("pk", "from_day", "digest")
    return [Known(day, digest, _built(pk, digest)) for pk, day, digest in rows]


def on(day: date) -> network.Network | None:
    """The network of a day; None where none was there yet."""
    row = Network.objects.filter(from_day__lte=day).order_by("-from_day").values_list("pk", "digest").first()
    return _built(*row) if row else None


def source_on(day: date) -> str | None:
    """Where the network of the day comes from; None where none was there yet."""
    return Network.objects.filter(from_day__lte=day).order_by("-from_day").values_list("source", flat=True).first()


@lru_cache(maxsize=8)
def _built(pk: int, digest: str) -> network.Network:
    row = Network.objects.get(pk=pk, digest=digest)
    return network.Network(row.lines)


def feet(graph: network.Network, buildings: Sequence[str]) -> dict[str, Foot]:
    """Where buildings meet the network, by their codes; without those that are not on it."""
    places = gazetteer.current().places
    found = ((code, graph.foot_of(places[code].position)) for code in buildings if code in places)
    return {code: foot for code, foot in found if foot is not None}
