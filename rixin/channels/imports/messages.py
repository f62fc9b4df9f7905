"""One row of a file as a message, or what is wrong with it. No database but the kinds published now."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from rixin.cases.fields import is_phone
from rixin.catalogue import versions
from rixin.catalogue.versions import Version
from rixin.catalogue.worktime import LOCAL
from rixin.channels.imports.columns import FIELDS, Columns, Field
from rixin.channels.words import title_of
from rixin.places.coordinates import ImpossiblePosition, Position, System, from_system
from rixin.sheets import Row, without_guard
from rixin.texts import cleaned
from rixin.triage.wording import bare

LONGEST_TEXT = 10_000
"""Characters. A letter of twelve pages; what is longer is several matters, or a mistake of the file."""
_LONGEST_TITLE = 120
_LONGEST: dict[Field, int] = {"name": 60, "phone": 40, "address": 200, "outside_number": 64}
_EARLIEST = datetime(2000, 1, 1, tzinfo=LOCAL)
_TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:：时点](\d{1,2})分?(?:[:：]?(\d{1,2})(?:\.\d+)?秒?)?)?\Z"
)
_SHOWN = 60


@dataclass(frozen=True)
class Fault:
    """Why a row is refused. `column` is the heading as written; `value` what stands there, cut where it is long."""

    column: str
    value: str
    reason: str


class RowRefused(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.reason for fault in faults))


@dataclass(frozen=True, kw_only=True)
class Message:
    """`key`: the same for the same words in every file and on every day. `kind`: only where the file says it."""

    row: int
    key: str
    title: str
    text: str
    at: datetime | None
    name: str
    phone: str
    address: str
    position: Position | None
    outside_number: str
    kind: Version | None


class Reader:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns, *, system: System, now: datetime, needs_time: bool) -> None:
        self._columns, self._system, self._now, self._needs_time = columns, system, now, needs_time
        known = versions.current_types()
        self._by_code = {version.rules.type.code: version for version in known}
        self._by_name = {name: version for version in known for name in _names(version)}

    def is_blank(self, row: Row) -> bool:
        return not any(_written(cell) for cell in row)

    def read(self, line: int, row: Row) -> Message:
        """Raises RowRefused with everything that is wrong, not only the first."""
        cells = {field: row[at] if at < len(row) else None for field, at in self._columns.at.items()}
        said = {field: _written(cells.get(field)) for field in FIELDS}
        faults: list[Fault] = []

        def checked(field: Field, check: Callable[[], Any]) -> Any:
            try:
                return check()
            except _Unusable as fault:
                faults.append(self._fault(field, said[field], str(fault)))
                return None

        text = checked("text", lambda: _text(said["text"]))
        at = checked("time", lambda: self._time(cells.get("time"), said["time"]))
        checked("phone", lambda: _phone(said["phone"]))
        position = self._position(said, faults)
        kind_field: Field = "type_code" if said["type_code"] else "type"
        kind = checked(kind_field, lambda: self._kind(said["type_code"], said["type"]))
        for field, most in _LONGEST.items():
            if len(said[field]) > most:
                faults.append(self._fault(field, said[field], _too_long(most, said[field])))
        if faults:
            raise RowRefused(faults)
        title, text = _titled(said["title"], text)
        return Message(
            row=line,
            key=_digest(said),
            title=title,
            text=text,
            at=at,
            name=said["name"],
            phone=said["phone"],
            address=said["address"],
            position=position,
            outside_number=said["outside_number"],
            kind=kind,
        )

    def _fault(self, field: Field, value: str, reason: str) -> Fault:
        return Fault(self._columns.heading(field), value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…", reason)

    def _time(self, cell: Any, written: str) -> datetime | None:
        if not written:
            if self._needs_time:
                raise _Unusable(_("The time is missing; without it the matter cannot be opened at it."))
            return None
        at = cell if isinstance(cell, datetime) else _moment(written)
        at = at if at.tzinfo else at.replace(tzinfo=LOCAL)
        if at < _EARLIEST:
            raise _Unusable(_("This time lies too far back to be meant."))
        if at > self._now:
            raise _Unusable(_("This time has not come yet."))
        return at

    def _position(self, said: dict[Field, str], faults: list[Fault]) -> Position | None:
        degrees: dict[Field, float] = {}
        both: tuple[Field, Field] = ("lat", "lng")
        if not any(said[field] for field in both):
            return None
        for field in both:
            try:
                degrees[field] = float(said[field].rstrip("°NEne "))
            except ValueError:
                reason = _("This is not a number of degrees.") if said[field] else _("Half of the position is missing.")
                faults.append(self._fault(field, said[field], reason))
        if len(degrees) < len(both):
            return None
        try:
            return from_system(degrees["lat"], degrees["lng"], self._system)
        except ImpossiblePosition as fault:
            wrong: Field = "lat" if abs(degrees["lat"]) > 90 else "lng"
            faults.append(self._fault(wrong, said[wrong], fault.message))
            return None

    def _kind(self, code: str, name: str) -> Version | None:
        if not code and not name:
            return None
        found = self._by_code.get(code or name) or (self._by_name.get(name.lower()) if not code else None)
        if found is None:
            raise _Unusable(_("There is no such kind of matter (any more). Leave it blank: the words decide."))
        return found


class _Unusable(ValueError):
    """What a cell says cannot be used; worded for the reader."""


def _written(cell: Any) -> str:
    """A cell as text. A number that a spreadsheet made of digits is digits again."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return without_guard(cleaned(str(cell)).strip())


def _text(written: str) -> str:
    if not bare(written):
        raise _Unusable(_("The text is empty."))
    if len(written) > LONGEST_TEXT:
        raise _Unusable(_too_long(LONGEST_TEXT, written))
    return written


def _phone(written: str) -> None:
    if written and not is_phone(written):
        raise _Unusable(_("This is not a telephone number. A mobile number has 11 digits."))


def _too_long(most: int, written: str) -> str:
    return _("At most %(most)d characters; this has %(now)d.") % {"most": most, "now": len(written)}


def _moment(written: str) -> datetime:
    """A day alone means its first moment. A time zone is kept where one is written."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    try:
        if found := _TIME.match(written):
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)
    except ValueError:
        pass
    raise _Unusable(_("This is not a time. Write it like 2022-03-16 14:30."))


def _titled(title: str, text: str) -> tuple[str, str]:
    """A title that the list cannot hold is cut there, and kept whole above the text."""
    title = " ".join(title.split())
    if not title:
        return title_of(text), text
    if len(title) <= _LONGEST_TITLE:
        return title, text
    return f"{title[: _LONGEST_TITLE - 1]}…", f"{title}\n{text}"


def _digest(said: dict[Field, str]) -> str:
    content = "\0".join(f"{field}={said[field]}" for field in FIELDS if said[field])
    return blake2b(content.encode(), digest_size=16).hexdigest()


def _names(version: Version) -> tuple[str, ...]:
    name = version.rules.type.name
    return name.zh.lower(), name.en.lower()
