"""Where a resident stands: the place of a scanned code, or one chosen by hand. Both give the same report page."""

from dataclasses import dataclass

from django.urls import reverse

from rixin.channels.codes import Standing, standing_for
from rixin.channels.models import Code
from rixin.places import gazetteer
from rixin.places.coordinates import Position


class CodeUnknown(Exception):
    """Nobody printed a code with this token."""


class CodeRetired(Exception):
    """The code was good once; `code` still says for which place."""

    def __init__(self, code: Code) -> None:
        self.code = code
        super().__init__(code.token)


@dataclass(frozen=True)
class Spot:
    """`address` is the path of its page, without host; `key` tells two spots apart for limits."""

    key: str
    address: str
    name_zh: str
    name: str
    hangs_at: str
    area_path: str
    place_code: str
    position: Position | None

    @property
    def label(self) -> str:
        return gazetteer.current().label(self.area_path)


def of_code(token: str) -> Spot:
    """One query. Raises CodeUnknown, CodeRetired."""
    code = Code.objects.filter(token=token.lower()).first()
    if code is None:
        raise CodeUnknown(token)
    if code.retired_at is not None:
        raise CodeRetired(code)
    return Spot(
        key=f"code {code.token}",
        address=reverse("channels:report", args=[code.token]),
        name_zh=code.name_zh,
        name=code.name,
        hangs_at=code.spot,
        area_path=code.area_path,
        place_code=code.place_code,
        position=code.position,
    )


def of_place(key: str) -> Spot:
    """The place or area with this code in the gazetteer. No query. Raises UnknownPlace."""
    standing = standing_for(key)
    return Spot(
        key=f"place {standing.key}",
        address=reverse("channels:report_at", args=[standing.key]),
        name_zh=standing.name_zh,
        name=_name(standing),
        hangs_at="",
        area_path=standing.area_path,
        place_code=standing.place_code,
        position=None if standing.lat is None or standing.lng is None else Position(standing.lat, standing.lng),
    )


def _name(standing: Standing) -> str:
    known = gazetteer.current()
    found = known.places.get(standing.key) or known.areas.get(standing.key)
    return found.name if found else standing.name_zh
