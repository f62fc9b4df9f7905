"""Places and addresses from a table into the database: all rows or none. The same file twice changes nothing.

A row without a code is known again by what it names: a building by its quarter and number, a door by its address,
anything else by kind and name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rixin.places import gazetteer, stamp
from rixin.places.atlas import Atlas
from rixin.places.chain import Chain, KnownArea, KnownPlace
from rixin.places.coordinates import ImpossiblePosition
from rixin.places.mapfile import LineEntry
from rixin.places.models import Kind, Place
from rixin.places.report import ImportReport, Planned
from rixin.places.siting import WIDE, area_for
from rixin.places.table import PlaceEntry
from rixin.places.wording import plain
from rixin.sheets import Problem

_CODE = re.compile(r"[0-9A-Za-z-]{1,40}")
CONTENT = ["kind", "name_zh", "name_en", "aliases", "house_number", "address", "lat", "lng", "shape", "retired_on"]
BATCH = 500


class _Refused(Exception):
    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(slots=True)
class _Draft:
    entry: PlaceEntry
    place: Place
    parent: str  # code
    chain: Chain | None
    what: Any


def import_places(
    entries: list[PlaceEntry],
    faults: Iterable[Problem] = (),
    *,
    today: date,
    dry_run: bool = False,
    remarks: Iterable[str] = (),
) -> ImportReport:
    """Creates and updates places; `faults` are those found in reading. Writes nothing if anything is wrong."""
    with transaction.atomic():
        plan = _Plan(entries, gazetteer.load(), today)
        report = plan.report(list(faults), tuple(remarks))
        if dry_run or not report.may_be_written:
            return report
        plan.write()
        transaction.on_commit(stamp.renew)
    gazetteer.forget()
    return report.as_written()


@transaction.atomic
def import_lines(entries: list[LineEntry]) -> int:
    """Creates or updates roads and rivers by code; returns how many changed."""
    atlas = gazetteer.load()
    known = Place.objects.in_bulk([entry.code for entry in entries], field_name="code")
    new: list[Place] = []
    changed: list[Place] = []
    for entry in entries:
        place = known.get(entry.code) or Place(code=entry.code)
        before = _content(place)
        area = atlas.areas.get(entry.area)
        place.kind, place.name_zh, place.name_en = entry.kind, entry.name_zh, entry.name_en
        place.aliases, place.shape, place.area_id = list(entry.aliases), entry.line, area.id if area else None
        if place.pk is None:
            new.append(place)
        elif _content(place) != before:
            changed.append(place)
    Place.objects.bulk_create(new)
    Place.objects.bulk_update(changed, [*CONTENT, "area"])
    transaction.on_commit(stamp.renew)
    gazetteer.forget()
    return len(new) + len(changed)


def _content(place: Place) -> list[Any]:
    values = [getattr(place, name) for name in CONTENT]
    return [*(list(value) if isinstance(value, list) else value for value in values), place.area_id, place.parent_id]


class _Plan:
    def __init__(self, entries: list[PlaceEntry], atlas: Atlas, today: date) -> None:
        self.atlas, self.today = atlas, today
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.drafts: dict[str, _Draft] = {}
        self._chains_by_id = {area.id: atlas.chain_of(area.code) for area in atlas.areas.values()}
        self._learn_names()
        # What may hold other places comes first, wherever it stands in the file.
        ordered = sorted(entries, key=lambda entry: (bool(entry.parent), entry.row))
        self._known = self._rows(ordered)
        for entry in ordered:
            try:
                self._take(entry)
            except _Refused as refused:
                self.problems.append(Problem(entry.row, refused.message, refused.column))
            except ImpossiblePosition as fault:
                self.problems.append(Problem(entry.row, fault.message))

    def _learn_names(self) -> None:
        """Names that may stand in the columns for a quarter and an area."""
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._areas: dict[str, set[str]] = defaultdict(set)
        self._doors: dict[str, str] = {}
        for place in self.atlas.places.values():
            self._learn(place)
        for area in self.atlas.areas.values():
            if not area.retired:
                for name in (area.code, area.name_zh, area.name_en, *area.aliases):
                    self._areas[plain(name)].add(area.code)

    def _learn(self, place: KnownPlace | Place, parent: str | None = None) -> None:
        parent = place.parent if isinstance(place, KnownPlace) else parent
        if place.kind == Kind.BUILDING:
            if place.address and not parent and place.name_zh == place.address:
                self._doors[plain(place.address)] = place.code
            return
        for name in (place.code, place.name_zh, place.name_en, *place.aliases):
            if name:
                self._holders[plain(name)].add(place.code)

    def _rows(self, entries: list[PlaceEntry]) -> dict[str, Place]:
        """The rows in the database, all of them: a few thousand, read once."""
        return {place.code: place for place in Place.objects.select_related("parent").all()} if entries else {}

    def _take(self, entry: PlaceEntry) -> None:
        parent = self._parent(entry)
        kind = self._kind(entry, parent)
        code = self._code(entry, kind, parent)
        if code in self.drafts:
            raise _Refused(
                _("This place stands in row %(row)d too (%(code)s).")
                % {"row": self.drafts[code].entry.row, "code": code}
            )
        if entry.retired_on and entry.retired_on > self.today:
            raise _Refused(_("A place is retired on the day itself, not ahead: %(day)s.") % {"day": entry.retired_on})
        place = self._known.get(code)
        before = _content(place) if place else None
        chain = self._chain(entry, kind, parent, place)
        place = self._filled(place or Place(code=code), entry, kind, parent)
        area = area_for(kind, chain)
        place.area_id = area.id if area else None
        what = "new" if before is None else "unchanged" if _content(place) == before else "changed"
        self.drafts[code] = _Draft(entry, place, parent.code if parent else "", chain, what)
        self._learn(place, parent.code if parent else None)

    def _parent(self, entry: PlaceEntry) -> Place | None:
        if not entry.parent:
            return None
        codes = self._holders.get(plain(entry.parent), set())
        if len(codes) > 1:
            raise _Refused(
                _("“%(name)s” means several places: %(codes)s. Write the code.")
                % {"name": entry.parent, "codes": ", ".join(sorted(codes))}
            )
        for code in codes:
            return self.drafts[code].place if code in self.drafts else self._known[code]
        raise _Refused(
            _("The quarter “%(name)s” is neither known nor in this file. Add a row for it, or correct the name.")
            % {"name": entry.parent[:60]}
        )

    @staticmethod
    def _kind(entry: PlaceEntry, parent: Place | None) -> Kind:
        if entry.kind:
            return entry.kind
        if (parent and entry.house_number) or (entry.address and not entry.name_zh):
            return Kind.BUILDING
        raise _Refused(_("The kind of place is missing, for example 小区 or 学校."))

    def _code(self, entry: PlaceEntry, kind: Kind, parent: Place | None) -> str:
        if entry.code:
            if not _CODE.fullmatch(entry.code):
                raise _Refused(_("A code has up to 40 digits, letters and hyphens, and nothing else."))
            return entry.code
        if parent and kind == Kind.BUILDING and entry.house_number:
            quarter = parent.code.removeprefix("quarter-")
            code = f"building-{quarter}-{entry.house_number}"
            return code if _CODE.fullmatch(code) else f"building-{_digest(parent.code, entry.house_number)}"
        if kind == Kind.BUILDING and not entry.name_zh:
            if not entry.address:
                raise _Refused(_("The row names no place: 名称, 楼幢号 or 地址 is needed."))
            return self._doors.get(plain(entry.address)) or f"door-{_digest(plain(entry.address))}"
        if not entry.name_zh:
            raise _Refused(_("The name is missing."))
        same = [code for code in self._holders.get(plain(entry.name_zh), ()) if self._kind_of(code) == kind]
        return same[0] if len(same) == 1 else f"{kind.replace('_', '-')}-{_digest(plain(entry.name_zh))}"

    def _kind_of(self, code: str) -> str:
        return (self.drafts[code].place if code in self.drafts else self._known[code]).kind

    def _chain(self, entry: PlaceEntry, kind: Kind, parent: Place | None, known: Place | None) -> Chain | None:
        """The areas by the row's position; without one, the area that it names, else where its quarter lies."""
        named = self._named_area(entry)
        position = entry.position or (known.position if known and not named else None)
        if position is None:
            if named:
                return self.atlas.chain_of(named.code)
            if parent and parent.area_id:
                return self._chains_by_id.get(parent.area_id)
            if known and known.area_id is None:
                return None
            raise _Refused(_("The row says neither a position nor an area."))
        where = self.atlas.where(position)
        if where.chain is None:
            if named:
                raise _Refused(
                    _("The position lies outside all areas, but the row says %(area)s.") % {"area": named.name}
                )
            far = _("Outside our areas, by %(metres)d m: kept without an area.") % {"metres": where.metres_outside}
            self.notes.append(Problem(entry.row, far))
            return None
        if named and named.code not in {area.code for area in where.chain.areas}:
            raise _Refused(
                _("The position lies in %(found)s, but the row says %(area)s. Check both, and the coordinate system.")
                % {"found": where.chain.label(), "area": named.name}
            )
        # A quarter that the row puts into a community reaches over several of its grids.
        return self.atlas.chain_of(named.code) if named and kind in WIDE else where.chain

    def _named_area(self, entry: PlaceEntry) -> KnownArea | None:
        if not entry.area:
            return None
        codes = self._areas.get(plain(entry.area), set())
        if len(codes) == 1:
            return self.atlas.areas[next(iter(codes))]
        if codes:
            raise _Refused(_("“%(name)s” means several areas. Write the code.") % {"name": entry.area[:60]})
        raise _Refused(
            _("The area “%(name)s” is not known. Write a code or name from the area tree.") % {"name": entry.area[:60]}
        )

    @staticmethod
    def _filled(place: Place, entry: PlaceEntry, kind: Kind, parent: Place | None) -> Place:
        place.kind = kind
        place.house_number = entry.house_number or place.house_number
        place.address = entry.address or place.address
        place.name_zh = (entry.name_zh or place.name_zh or _name_zh(entry, parent))[:80]
        place.name_en = (entry.name_en or place.name_en or _name_en(entry, parent))[:120]
        place.aliases = list(entry.aliases) or place.aliases
        place.retired_on = entry.retired_on
        if entry.position:
            place.lat, place.lng = round(entry.position.lat, 6), round(entry.position.lng, 6)
        if len(place.house_number) > 20 or len(place.address) > 120:
            raise _Refused(_("The house number or the address is too long."))
        place.parent_id = parent.pk if parent else place.parent_id
        return place

    def report(self, faults: list[Problem], remarks: tuple[str, ...]) -> ImportReport:
        problems = sorted([*faults, *self.problems], key=lambda problem: problem.row)
        bad = {problem.row for problem in problems}
        planned = [self._planned(draft) for draft in self.drafts.values() if draft.entry.row not in bad]
        return ImportReport(sorted(planned, key=lambda row: row.row), problems, self.notes, remarks)

    @staticmethod
    def _planned(draft: _Draft) -> Planned:
        place = draft.place
        label = draft.chain.label() if draft.chain else ""
        return Planned(draft.entry.row, place.code, place.name, str(Kind(place.kind).label), label, draft.what)

    def write(self) -> None:
        """Places that hold others first, since a building names the row of its quarter."""
        for held in (False, True):
            drafts = [d for d in self.drafts.values() if bool(d.parent) == held and d.what != "unchanged"]
            for draft in drafts:
                if draft.parent in self.drafts:
                    draft.place.parent_id = self.drafts[draft.parent].place.pk
            new = [draft.place for draft in drafts if draft.what == "new"]
            Place.objects.bulk_create(new, batch_size=BATCH)
            changed = [draft.place for draft in drafts if draft.what == "changed"]
            Place.objects.bulk_update(changed, [*CONTENT, "area", "parent"], batch_size=BATCH)


def _name_zh(entry: PlaceEntry, parent: Place | None) -> str:
    if parent and entry.house_number:
        return f"{parent.name_zh}{entry.house_number}{'幢' if entry.house_number.isascii() else ''}"
    return entry.address


def _name_en(entry: PlaceEntry, parent: Place | None) -> str:
    return (
        f"{parent.name_en}, Building {entry.house_number}" if parent and parent.name_en and entry.house_number else ""
    )


def _digest(*words: str) -> str:
    return blake2s("\0".join(words).encode(), digest_size=8).hexdigest()
