"""Networks of ways on foot come in: the one that ships with the product, or an office's own.

A network counts from the day on which it is brought, so that what was said of earlier days stays; one of the same day
is replaced. The bundled one is drawn and not surveyed: it gives way as a whole.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.places.coordinates import System
from rixin.places.mapfile import read_map
from rixin.sheets import FileFault, Problem
from rixin.walking.lines import Line, read_ways
from rixin.walking.models import Network
from rixin.walking.network import Network as Graph

ALWAYS = date(1949, 10, 1)
"""The day from which the first network counts."""
_BUNDLED = files("rixin.places") / "wenxin" / "paths.geojson"


@dataclass(frozen=True)
class Brought:
    """What a file holds and what became of it. `apart`: metres that do not hang together with the rest."""

    lines: int
    metres: int
    crossings: int
    parts: int
    apart: int
    left_out: int
    problems: Sequence[Problem] = ()
    from_day: date | None = None
    """Since when it counts; None: nothing was written."""


def load_bundled(at: datetime) -> bool:
    """Writes the network of the product where an office has none of its own; whether anything changed."""
    own = Network.objects.filter(bundled=False).exists()
    content = _BUNDLED.read_bytes()
    if own or Network.objects.filter(digest=_digest(_lines(content))).exists():
        return False
    file = read_map(content)
    _write(ALWAYS, file.source, read_ways(file, "wgs84").lines, at, bundled=True)
    return True


def _lines(content: bytes) -> list[Line]:
    return read_ways(read_map(content), "wgs84").lines


def bring(content: bytes, filename: str, *, system: System, at: datetime, dry_run: bool = False) -> Brought:
    """An office's own network out of GeoJSON. Raises FileFault where the file as a whole cannot be used."""
    file = read_map(content)
    ways = read_ways(file, system)
    if not ways.lines and not ways.problems:
        raise FileFault(_("The file holds no lines: ways on foot are LineStrings or MultiLineStrings."))
    graph = Graph(ways.lines)
    parts = graph.parts()
    day = None
    if not ways.problems and not dry_run:
        day = _write_own(file.source or filename, ways.lines, at)
    return Brought(
        lines=len(ways.lines),
        metres=round(graph.metres),
        crossings=graph.crossings,
        parts=len(parts),
        apart=round(sum(parts[1:])),
        left_out=ways.left_out,
        problems=ways.problems,
        from_day=day,
    )


@transaction.atomic
def _write_own(source: str, lines: list[Line], at: datetime) -> date:
    first = not Network.objects.filter(bundled=False).exists()
    day = ALWAYS if first else timezone.localdate(at)
    _write(day, source, lines, at, bundled=False)
    return day


def _write(day: date, source: str, lines: list[Line], at: datetime, *, bundled: bool) -> None:
    said = {
        "source": source[:200],
        "bundled": bundled,
        "digest": _digest(lines),
        "lines": lines,
        "brought_at": at,
    }
    Network.objects.update_or_create(from_day=day, defaults=said)


def _digest(lines: list[Line]) -> str:
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()
