"""The Parquet copy of the facts: kept up to date month by month, and whole at every moment.

    <folder>/lake.json                       which files make up the copy, and what each month was made from
    <folder>/<source>/month=202203/<name>.parquet

A month is written anew when its rows are others than those it was made from: their number, and the sum of their marks,
which change with every version of a row. New files are written beside the old ones and count from the moment when
lake.json, replaced in one step, names them; so a copying that is killed leaves the copy as it was before. Files that
neither this list nor the one before it names are swept: who began to read the copy before it was renewed reads on.
The columns are those of `catalogue.sources`, without texts that no figure asks for: no personal field is among them.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction

from rixin.catalogue.sources import own_day
from rixin.metrics.relations import all_sources, copied_columns, relation

LIST = "lake.json"
_BATCH = 50_000
"""Rows that are held in memory at once."""
_KINDS = {"code": pa.string(), "text": pa.string(), "number": pa.int64(), "day": pa.int64(), "flag": pa.int64()}


class LakeBusy(Exception):
    """Another copying is under way."""


class NoLake(Exception):
    """There is no copy yet: `rixin lake sync` makes one."""


@dataclass(frozen=True)
class Partition:
    """One month of one source. `rows` and `check` say from which rows it was made."""

    file: str
    rows: int
    check: int


@dataclass
class Lake:
    """`partitions`: by source and month (202203). `columns`: by source the columns that its files have."""

    folder: Path
    synced_at: str = ""
    partitions: dict[str, dict[str, Partition]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)

    def files(self, source: str) -> list[Path]:
        """The files of a source, oldest month first."""
        return [self.folder / part.file for _month, part in sorted(self.partitions.get(source, {}).items())]

    @property
    def as_of(self) -> datetime:
        return datetime.fromisoformat(self.synced_at)


@dataclass
class Synced:
    written: int = 0
    kept: int = 0
    dropped: int = 0
    rows: int = 0
    """Rows in the months that were written."""


def folder() -> Path:
    return Path(settings.LAKE_DIR)


def read(at: Path | None = None) -> Lake:
    """The copy as its list has it. Raises NoLake."""
    where = at or folder()
    try:
        said = json.loads((where / LIST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoLake(f"{where} holds no copy yet: run `rixin lake sync`.") from None
    partitions = {
        source: {month: Partition(**part) for month, part in months.items()}
        for source, months in said["partitions"].items()
    }
    return Lake(where, said["synced_at"], partitions, said["columns"])


def sync(now: datetime, *, at: Path | None = None, told: Callable[[str], object] = lambda _line: None) -> Synced:
    """Brings the copy up to date with what the database holds now. Raises LakeBusy."""
    where = at or folder()
    where.mkdir(parents=True, exist_ok=True)
    with _alone(where):
        try:
            old = read(where)
        except NoLake:
            old = Lake(where)
        new, done = Lake(where, now.isoformat()), Synced()
        for source in all_sources():
            new.columns[source] = schema_of(source).names
            new.partitions[source] = dict(_source(source, old, new, done, told))
        done.dropped = sum(
            month not in new.partitions.get(source, {}) for source, months in old.partitions.items() for month in months
        )
        _replace_list(new)
        _sweep(old, new)
        return done


def _source(
    source: str, old: Lake, new: Lake, done: Synced, told: Callable[[str], object]
) -> Iterator[tuple[str, Partition]]:
    # Counting and reading see the same rows, whatever is written meanwhile.
    with transaction.atomic():
        _one_moment()
        for month, rows, check in _months(source):
            before = old.partitions.get(source, {}).get(month)
            same_columns = old.columns.get(source) == new.columns[source]
            if before and same_columns and (before.rows, before.check) == (rows, check):
                done.kept += 1
                yield month, before
                continue
            file = f"{source}/month={month}/{secrets.token_hex(8)}.parquet"
            _write(source, month, new.folder / file)
            done.written, done.rows = done.written + 1, done.rows + rows
            told(f"{source} {month}: {rows}")
            yield month, Partition(file, rows, check)


def _one_moment() -> None:
    if connection.vendor == "postgresql" and not connection.needs_rollback and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _months(source: str) -> list[tuple[str, int, int]]:
    """(month, number of rows, sum of their marks) of a source, oldest first."""
    day = own_day(source)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {day} / 100 AS month, COUNT(*), SUM(mark) FROM ({relation(connection.vendor, source)}) AS facts"  # noqa: S608
            " GROUP BY 1 ORDER BY 1"
        )
        return [(str(month), int(rows), int(check)) for month, rows, check in cursor.fetchall()]


def _write(source: str, month: str, file: Path) -> None:
    """Writes one month; the file is there, and on the disk, only once it is whole."""
    schema = schema_of(source)
    chosen = ", ".join(f'"{name}"' for name in schema.names)
    sql = f"SELECT {chosen} FROM ({relation(connection.vendor, source, month)}) AS facts ORDER BY id"  # noqa: S608
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    with unfinished.open("wb") as out:
        with pq.ParquetWriter(out, schema, compression="zstd") as writer:
            for batch in _batches(sql):
                columns = zip(*batch, strict=True)
                arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(file)


def schema_of(source: str) -> pa.Schema:
    return pa.schema([(name, _KINDS[column.kind]) for name, column in copied_columns(source).items()])


def _batches(sql: str) -> Iterator[list[tuple[Any, ...]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(_BATCH):
            yield rows


def _replace_list(lake: Lake) -> None:
    said = {
        "synced_at": lake.synced_at,
        "columns": lake.columns,
        "partitions": {
            source: {month: asdict(part) for month, part in months.items()}
            for source, months in lake.partitions.items()
        },
    }
    unfinished = lake.folder / f"{LIST}.unfinished"
    with unfinished.open("w", encoding="utf-8") as out:
        json.dump(said, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(lake.folder / LIST)


def _sweep(*lists: Lake) -> None:
    """Files that none of the lists names: of months that were written anew, and of copyings that were killed."""
    named = {file for lake in lists for source in lake.partitions for file in lake.files(source)}
    for file in [*lists[0].folder.rglob("*.parquet"), *lists[0].folder.rglob("*.unfinished")]:
        if file not in named:
            file.unlink()


@contextmanager
def _alone(where: Path) -> Iterator[None]:
    with (where / "lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise LakeBusy("Another copying is under way: wait for it to end.") from None
        yield
