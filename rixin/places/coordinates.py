"""Positions on the earth, and the three coordinate systems in which Chinese maps and phones give them.

Inside Rixin every position is WGS-84 (which CGCS2000 equals to within centimetres). Maps sold in China are shifted:
GCJ-02 (Amap, Tencent, WeChat) and, on top of it, BD-09 (Baidu). They are converted where they come in, nowhere else.
The shifts follow the formulas that have been public since 2013; the way back has no formula and is found by iteration.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, hypot, isfinite, pi, radians, sin, sqrt
from typing import Literal

from django.utils.translation import gettext as _

System = Literal["wgs84", "gcj02", "bd09"]
Pair = tuple[float, float]

EARTH_RADIUS_M = 6_371_008.8
# The ellipsoid that GCJ-02 is computed on (Krasovsky 1940): equatorial radius in metres and squared eccentricity.
KRASOVSKY_A = 6_378_245.0
KRASOVSKY_EE = 0.00669342162296594323
BAIDU_TURN = pi * 3000.0 / 180.0


class ImpossiblePosition(ValueError):
    """A position that cannot be meant. `message` says why, in the reader's language."""

    code = "impossible_position"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS-84, degrees. Raises ImpossiblePosition for what is no point on earth."""

    lat: float
    lng: float

    def __post_init__(self) -> None:
        if not (isfinite(self.lat) and isfinite(self.lng)):
            raise ImpossiblePosition(_("The position is not a number. Please set the pin on the map again."))
        if abs(self.lat) > 90 and abs(self.lat) <= 180 and abs(self.lng) <= 90:
            raise ImpossiblePosition(
                _("Latitude %(lat)s does not exist. Latitude and longitude seem to have changed places.")
                % {"lat": self.lat}
            )
        if abs(self.lat) > 90:
            raise ImpossiblePosition(
                _("Latitude %(lat)s does not exist: it lies between -90 and 90 degrees.") % {"lat": self.lat}
            )
        if abs(self.lng) > 180:
            raise ImpossiblePosition(
                _("Longitude %(lng)s does not exist: it lies between -180 and 180 degrees.") % {"lng": self.lng}
            )

    def metres_to(self, other: "Position") -> float:
        """Distance along the great circle (haversine, spherical earth: within 0.5 %)."""
        rise = sin(radians(other.lat - self.lat) / 2) ** 2
        run = sin(radians(other.lng - self.lng) / 2) ** 2
        chord = rise + cos(radians(self.lat)) * cos(radians(other.lat)) * run
        return 2 * EARTH_RADIUS_M * atan2(sqrt(chord), sqrt(1 - chord))


def from_system(lat: float, lng: float, system: System) -> Position:
    """The WGS-84 position of coordinates given in `system`. Raises ImpossiblePosition."""
    given = Position(lat, lng)
    if system == "wgs84":
        return given
    shift = _to_gcj02 if system == "gcj02" else _to_bd09
    return _back_to_wgs84(given, shift)


def to_system(position: Position, system: System) -> Pair:
    """(lat, lng) of a WGS-84 position in `system`. Outside China the systems are the same."""
    if system == "wgs84" or _outside_china(position.lat, position.lng):
        return position.lat, position.lng
    return (_to_gcj02 if system == "gcj02" else _to_bd09)(position.lat, position.lng)


def _outside_china(lat: float, lng: float) -> bool:
    """The rectangle within which the published formulas shift."""
    return not (72.004 <= lng <= 137.8347 and 0.8293 <= lat <= 55.8271)


def _back_to_wgs84(given: Position, shift: Callable[[float, float], Pair]) -> Position:
    """The point that `shift` moves to `given`.

    The shift changes slowly (by less than 1 % of a step), so each round adds more than two digits: ten reach the
    limit of a float.
    """
    lat, lng = given.lat, given.lng
    for _round in range(10):
        shifted_lat, shifted_lng = shift(lat, lng)
        lat, lng = lat - (shifted_lat - given.lat), lng - (shifted_lng - given.lng)
    return given if _outside_china(lat, lng) else Position(lat, lng)


def _to_gcj02(lat: float, lng: float) -> Pair:
    north, east = _wave_north(lng - 105.0, lat - 35.0), _wave_east(lng - 105.0, lat - 35.0)
    flattened = 1 - KRASOVSKY_EE * sin(radians(lat)) ** 2
    metres_per_radian_north = KRASOVSKY_A * (1 - KRASOVSKY_EE) / flattened**1.5
    metres_per_radian_east = KRASOVSKY_A / sqrt(flattened) * cos(radians(lat))
    return lat + north * 180 / (metres_per_radian_north * pi), lng + east * 180 / (metres_per_radian_east * pi)


def _to_bd09(lat: float, lng: float) -> Pair:
    lat, lng = _to_gcj02(lat, lng)
    reach = hypot(lat, lng) + 0.00002 * sin(lat * BAIDU_TURN)
    turn = atan2(lat, lng) + 0.000003 * cos(lng * BAIDU_TURN)
    return reach * sin(turn) + 0.006, reach * cos(turn) + 0.0065


def _ripple(x: float) -> float:
    return (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3


def _wave_north(x: float, y: float) -> float:
    """Metres by which GCJ-02 lies north of WGS-84; x, y are degrees east and north of 105°E 35°N."""
    drift = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    waves = 20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y / 30 * pi)
    return drift + _ripple(x) + waves * 2 / 3


def _wave_east(x: float, y: float) -> float:
    """Metres by which GCJ-02 lies east of WGS-84."""
    drift = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    waves = 20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)
    return drift + _ripple(x) + waves * 2 / 3
