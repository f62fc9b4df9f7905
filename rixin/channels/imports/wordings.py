"""What open matters say, as far as an import needs it: kept on disk for its run, so that memory stays as it is."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from rixin.cases.models import OPEN, Case
from rixin.triage.duplicates import NEARLY, Twin, bands, same_content
from rixin.triage.wording import bare

_TABLES = """
CREATE TABLE known (id INTEGER PRIMARY KEY, joinable INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE whole (mark BLOB PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE part (band INTEGER, id INTEGER, PRIMARY KEY (band, id)) WITHOUT ROWID;
CREATE TABLE counted (key TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
"""
_MOST_TWINS = 5
_READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class Said:
    """What makes two reports the same matter: the same words about the same spot, whatever the punctuation."""

    title: str
    text: str
    area_path: str
    place_code: str
    address: str
    lat: float | None
    lng: float | None

    @property
    def mark(self) -> bytes:
        spot = f"{self.lat:.3f} {self.lng:.3f}" if self.lat is not None and self.lng is not None else ""
        parts = (bare(self.title), bare(self.text), self.area_path, self.place_code, bare(self.address), spot)
        return blake2b("\0".join(parts).encode(), digest_size=16).digest()


class Wordings:
    """Matters by number; below zero: rows of a preview, which have none."""

    def __init__(self) -> None:
        # A database without a name lies in memory as long as it is small, else in a file that is gone with the process.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA cache_size = -16000; " + _TABLES)

    def learn_open(self, told: Callable[[int], object]) -> None:
        """All matters that are open. `told` hears how many were read more."""
        columns = ("pk", "title", "text", "area_path", "place_code", "address", "lat", "lng", "public")
        rows = Case.objects.filter(OPEN).order_by("pk").values_list(*columns)
        for pk, title, text, area_path, place_code, address, lat, lng, public in rows.iterator(_READ_AT_ONCE):
            self.add(pk, Said(title, text, area_path, place_code, address, lat, lng), joinable=public)
            told(1)

    def add(self, number: int, said: Said, *, joinable: bool) -> None:
        self._db.execute("INSERT OR IGNORE INTO known VALUES (?, ?, ?)", (number, joinable, said.text))
        self._db.execute("INSERT OR IGNORE INTO whole VALUES (?, ?)", (said.mark, number))
        self._db.executemany("INSERT OR IGNORE INTO part VALUES (?, ?)", ((band, number) for band in bands(said.text)))

    def same(self, said: Said) -> int | None:
        """The matter that says exactly this about this spot, if it can be joined."""
        found = self._db.execute(
            "SELECT id FROM whole JOIN known USING (id) WHERE mark = ? AND joinable", (said.mark,)
        ).fetchone()
        return int(found[0]) if found else None

    def twins(self, text: str) -> list[Twin[int]]:
        """Matters that say nearly the same, most alike first: for a person to compare, never joined by themselves."""
        wanted = bands(text)
        holes = ", ".join("?" * len(wanted))
        rows = self._db.execute(
            f"SELECT id, text FROM known WHERE id IN (SELECT id FROM part WHERE band IN ({holes}))",  # noqa: S608
            wanted,
        )
        found = [Twin(number, same_content(text, other)) for number, other in rows]
        alike = [twin for twin in found if twin.likeness >= NEARLY]
        return sorted(alike, key=lambda twin: (-twin.likeness, twin.key))[:_MOST_TWINS]

    def nth(self, key: str) -> int:
        """How often this content came by in the file, this time included."""
        [(times,)] = self._db.execute(
            "INSERT INTO counted VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1 RETURNING times",
            (key,),
        )
        return int(times)
