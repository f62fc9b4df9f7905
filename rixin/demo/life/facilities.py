"""The facilities of the demonstration, up to a moment: what the street has, and the points of the epidemic's year."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from random import Random

from rixin.catalogue.worktime import LOCAL
from rixin.catalogue.yamlfile import parsed
from rixin.demo.cast import Cast
from rixin.demo.economy.build import STREET
from rixin.demo.pictures import doorway
from rixin.demo.work.plan import Strict
from rixin.facilities import actions, hours, picturing, queries
from rixin.facilities.actions import Deed, Facts
from rixin.facilities.models import Facility, State
from rixin.facilities.picturing import Shot
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor
from rixin.places import gazetteer
from rixin.places.chain import KnownPlace

_BEGINNING = date(2021, 1, 4)
"""When the office began its register: whatever is older was entered then."""
_WRITTEN_AT = time(16, 20)
_PICTURED = ("health_centre", "health_station", "canteen", "service_centre", "complex", "culture_station")
_PHONE = "0571-0000{nth:04d}"
"""No telephone of Hangzhou begins so."""


class Then(Strict):
    day: date
    state: State
    note: str = ""


class Named(Strict):
    """`at`: code of the place in the gazetteer. `planned`: since when it was being prepared. Areas in square metres."""

    kind: str
    name: str
    en: str
    at: str
    since: date
    planned: date | None = None
    level: str = ""
    stars: dict[date, int] = {}
    area: dict[date, int] = {}
    then: list[Then] = []


class Alike(Strict):
    """What all of a kind have alike."""

    hours: str = ""
    note: str = ""
    about: str = ""
    about_en: str = ""


class Points(Strict):
    count: int
    said: str
    en: str


class Year(Strict):
    """`days`: the fewest and the most for which a point was there."""

    year: int
    first: date
    last: date
    days: tuple[int, int]
    kinds: dict[str, Points]


class Site(Strict):
    name: str
    en: str
    since: date
    until: date
    rooms: int


class Plan(Strict):
    facilities: list[Named]
    kinds: dict[str, Alike]
    points: Year
    isolation: list[Site]


@lru_cache(maxsize=1)
def plan() -> Plan:
    return Plan.model_validate(parsed((files("rixin.demo.life") / "facilities.yaml").read_text(encoding="utf-8")))


def store(random: Random, now: datetime, cast: Cast) -> int:
    """Answers how many facilities there are."""
    maker = _Maker(random, now.date(), cast)
    for nth, named in enumerate(plan().facilities, start=1):
        maker.named(named, _PHONE.format(nth=nth))
    maker.points(plan().points)
    for site in plan().isolation:
        maker.site(site)
    actions.settle_all(now.date())
    maker.pictures()
    return maker.made


@dataclass
class _Maker:
    """`until`: what would come later is not there yet."""

    random: Random
    until: date
    cast: Cast
    made: int = 0

    def named(self, said: Named, phone: str) -> None:
        first = said.planned or said.since
        place = gazetteer.current().places.get(said.at)
        if first > self.until or place is None:
            return
        facts = _facts(said.kind, said.name, said.en, place=place, level=said.level, phone=phone)
        facility = self._enter(facts, State.PLANNED if said.planned else State.OPEN, first)
        steps = [Then(day=said.since, state=State.OPEN)] if said.planned else []
        for then in [*steps, *said.then]:
            self._becomes(facility, then.state, then.day, then.note)
        for day, metres in said.area.items():
            if day <= self.until:
                actions.measure(facility, metres * 100, day, self._deed(facility, day))
        for day, stars in said.stars.items():
            if day <= self.until:
                actions.give_stars(facility, stars, day, self._deed(facility, day), note="区级评定")

    def points(self, year: Year) -> None:
        """At buildings of the quarters in turn, each open for some weeks."""
        atlas = gazetteer.current()
        quarters = sorted((one for one in atlas.places.values() if one.kind == "quarter"), key=lambda one: one.code)
        houses = {
            quarter.code: [one for one in atlas.places.values() if one.parent == quarter.code and one.position]
            for quarter in quarters
        }
        for kind, points in year.kinds.items():
            for nth in range(points.count if quarters else 0):
                quarter = quarters[nth % len(quarters)]
                round_ = nth // len(quarters) + 1
                day = year.first + timedelta(days=self.random.randrange((year.last - year.first).days + 1))
                ends = day + timedelta(days=self.random.randint(*year.days))
                place = self.random.choice(houses[quarter.code] or [quarter])
                if day > self.until:
                    continue
                name = points.said.format(f"{quarter.name_zh}{round_}号")
                en = f"{points.en.format(quarter.name_en)} {round_}"
                self._becomes(self._enter(_facts(kind, name, en, place=place), State.OPEN, day), State.ENDED, ends)

    def site(self, said: Site) -> None:
        if said.since > self.until:
            return
        about = (f"房间{said.rooms}间", f"{said.rooms} rooms")
        facility = self._enter(_facts("isolation_site", said.name, said.en, about=about), State.OPEN, said.since)
        self._becomes(facility, State.ENDED, said.until)

    def pictures(self) -> None:
        """Of some of the places that residents look for most, the front door."""
        for facility in queries.public().filter(kind__in=_PICTURED).order_by("pk"):
            if facility.pk % 2:
                clean = doorway(self.random)
                photo = picturing.FILES.keep(clean.bytes, digest=clean.sha256, width=clean.width, height=clean.height)
                shot = Shot(photo, "正门")
                at = _moment(max(facility.changed_at.date(), _BEGINNING))
                picturing.add(facility, [shot], by=self._by(facility.kind), at=at, seen=facility.version)

    def _enter(self, facts: Facts, state: State, day: date) -> Facility:
        at = max(day, _BEGINNING)
        self.made += 1
        return actions.enter(facts, state, day, by=self._by(facts.kind), at=_moment(at), today=at)

    def _becomes(self, facility: Facility, state: State, day: date, note: str = "") -> None:
        if day <= self.until:
            actions.change_state(facility, state, day, self._deed(facility, day), note=note)

    def _deed(self, facility: Facility, day: date) -> Deed:
        at = max(day, _BEGINNING)
        return Deed(by=self._by(facility.kind), at=_moment(at), seen=facility.version, today=at)

    def _by(self, kind: str) -> Actor:
        unit = units.by_code(queries.kinds()[kind].unit)
        office = self.cast.everybody("handler", unit.id)
        return office[0].actor if office else SYSTEM


def _facts(
    kind: str,
    name: str,
    en: str,
    *,
    place: KnownPlace | None = None,
    level: str = "",
    phone: str = "",
    about: tuple[str, str] = ("", ""),
) -> Facts:
    alike = plan().kinds[kind]
    atlas = gazetteer.current()
    chain = atlas.chain_of_place(place) if place else None
    position = place.position if place else None
    return Facts(
        kind=kind,
        name_zh=name,
        name_en=en,
        area_path=chain.path if chain else f"{STREET}/",
        place_code=place.code if place else "",
        address=(place.address or place.name_zh) if place else "",
        lat=position.lat if position else None,
        lng=position.lng if position else None,
        level=level,
        phone=phone,
        hours=hours.read(alike.hours),
        hours_note=alike.note,
        about_zh=about[0] or alike.about,
        about_en=about[1] or alike.about_en,
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, _WRITTEN_AT, LOCAL)
