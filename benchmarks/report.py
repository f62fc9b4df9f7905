"""`python -m benchmarks.report`: the yearly report over very many facts, on each engine.

The facts are copies of the demonstration's, on the same days: all of them lie in the years that the report asks about.
The report from the Parquet copy on DuckDB is compared with one plain scan by DuckDB of the columns that it reads, and
with its figures asked one by one through the ORM on PostgreSQL; Spark gives the same on a cluster of two workers.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from tqdm import tqdm

from benchmarks import figures
from benchmarks.ground import ground, machine, told

YEAR = "2022"
_TODAY = "2023-06-15"
_BYTES_EACH = 3_500
"""Of a case on the disk with its clocks and all indexes, rounded up."""
_REPEAT = 5
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Timed:
    name: str
    seconds: float
    what: str


def timed(times: int, ask: Callable[[], Answer]) -> tuple[float, Answer]:
    """The median of several goes, and the answer of the last."""
    spent = []
    for _nth in range(times):
        began = time.perf_counter()
        answer = ask()
        spent.append(time.perf_counter() - began)
    return median(spent), answer


def build(cases: int, records: int) -> tuple[int, int]:
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.copying import multiply_cases, multiply_records

    told("Demonstration to copy from")
    call_command("demo", f"--today={_TODAY}", stdout=StringIO())
    made = multiply_cases(cases), multiply_records(records)
    told("VACUUM ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return made


def copy(at: Path) -> tuple[float, int]:
    """Seconds that the first copying took, and the bytes of what it wrote."""
    from django.utils import timezone

    from rixin.metrics import lake

    told("Parquet copy")
    seconds, _done = timed(1, lambda: lake.sync(timezone.now(), at=at))
    return seconds, sum(file.stat().st_size for file in at.rglob("*.parquet"))


def report(engine: Any) -> dict[str, Any]:
    """The whole report as `rixin report` puts it together, as JSON; nothing is remembered from one go to the next."""
    from rixin.catalogue import versions
    from rixin.catalogue.periods import Period
    from rixin.catalogue.report_text import parse
    from rixin.metrics import lake
    from rixin.reports import plain_json
    from rixin.reports.answers import Frame
    from rixin.reports.beginning import begin_with
    from rixin.reports.document import put_together

    frame = Frame(Period.read(YEAR), engine, lake.read().as_of)
    begun = begin_with(versions.work().reports["work-report"], frame, "zh")
    written: dict[str, Any] = json.loads(plain_json.write(put_together(begun.title, parse(begun.body), frame)))
    return written


def said(written: dict[str, Any]) -> list[tuple[str, Any, str]]:
    return [(one["id"], one["value"], one["digest"]) for one in [*written["figures"], *written["beside"]]]


class Noting:
    """An engine that notes what the other is asked."""

    def __init__(self, other: Any) -> None:
        self._other = other
        self.name = other.name
        self.sql: list[tuple[str, str]] = []

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        import ibis

        self.sql.append((source, str(ibis.to_sql(expression, dialect="duckdb"))))
        return list(self._other.rows(source, expression))

    def count(self, asked: Any) -> list[dict[str, Any]]:
        from rixin.metrics.expressions import counting_sql

        self.sql.append((asked.source, counting_sql(asked, "duckdb")))
        return list(self._other.count(asked))


def columns_read(noted: Noting) -> dict[str, list[str]]:
    """Source -> the columns that any of its questions names."""
    import sqlglot

    from rixin.metrics.lake import schema_of

    found: dict[str, set[str]] = {}
    for source, sql in noted.sql:
        named = {column.name for column in sqlglot.parse_one(sql, dialect="duckdb").find_all(sqlglot.exp.Column)}
        found[source] = found.get(source, set()) | (named & set(schema_of(source).names))
    return {source: sorted(names) for source, names in found.items()}


def scan(columns: dict[str, list[str]]) -> Callable[[], list[Any]]:
    """Reads every value of these columns once: numbers are added up, of texts the lengths."""
    import duckdb
    import pyarrow as pa

    from rixin.metrics import lake
    from rixin.metrics.lake import schema_of

    connection, copied = duckdb.connect(), lake.read()
    asked = []
    for source, names in columns.items():
        files = [str(file) for file in copied.files(source)]
        if not files:
            continue
        connection.from_parquet(files).create_view(source)
        words = {name for name in names if schema_of(source).field(name).type == pa.string()}
        sums = ", ".join(f'sum(strlen("{name}"))' if name in words else f'sum("{name}")' for name in names)
        asked.append(f'SELECT {sums} FROM "{source}"')
    return lambda: [connection.execute(sql).fetchall() for sql in asked]


def one_by_one(codes: list[str]) -> dict[str, Any]:
    """The value of each figure that the ORM can be asked for, a figure at a time."""
    from datetime import date

    from django.utils import timezone

    from benchmarks.one_by_one import answers, can_ask
    from rixin.catalogue import versions
    from rixin.catalogue.periods import Period
    from rixin.metrics.compute import asked_for, scalings
    from rixin.metrics.figures import Frame, figure

    scaling = scalings(versions.work())
    questions = {code: asked_for(code, Period.read(YEAR)) for code in codes}
    frame = Frame("", "", timezone.now(), date.today())  # noqa: DTZ011 - only whether a return is late hangs on it
    return {
        code: figure(asked, answers(asked), scaling, frame).value
        for code, asked in tqdm(questions.items(), desc="one by one", disable=None)
        if can_ask(asked)
    }


def measure(codes: list[str], cluster: str) -> tuple[list[Timed], dict[str, Any], dict[str, list[str]], int]:
    from rixin.catalogue.periods import Period
    from rixin.metrics import compute, lake
    from rixin.metrics.engines import spark
    from rixin.metrics.engines.database import Database
    from rixin.metrics.engines.duck import Duck

    as_of, year = lake.read().as_of, Period.read(YEAR)
    noted = Noting(Duck(lake.read()))
    report(noted)
    columns = columns_read(noted)
    told("DuckDB over the Parquet copy")
    duck = Duck(lake.read())
    report(duck)
    scanning = scan(columns)
    scanning()
    rows = []
    scanned, _sums = timed(_REPEAT, scanning)
    rows.append(Timed("plain scan by DuckDB of the columns that the report reads", scanned, ""))
    spent, written = timed(_REPEAT, lambda: report(duck))
    rows.append(Timed("the whole report, DuckDB", spent, f"{len(noted.sql)} questions"))
    told("The ORM on PostgreSQL, one figure after the other")
    slow, values = timed(1, lambda: one_by_one(codes))
    asked = list(values)
    spent, figured = timed(_REPEAT, lambda: compute.figures(asked, year, engine=duck, as_of=as_of))
    rows.append(Timed(f"{len(asked)} figures of the report, DuckDB", spent, "one pass for each source"))
    rows.append(Timed("the same figures one by one, ORM on PostgreSQL", slow, ""))
    if wrong := {code for code in asked if figured[code].value != values[code]}:
        raise SystemExit(f"The ORM gives other values than DuckDB: {', '.join(sorted(wrong))}")
    told("PostgreSQL, the whole report")
    spent, by_database = timed(1, lambda: report(Database()))
    rows.append(Timed("the whole report, PostgreSQL", spent, "the same SQL over the tables"))
    told(f"Spark, {cluster}")
    with spark.session(cluster) as session:
        over = spark.Spark(lake.read(), session)
        first, by_spark = timed(1, lambda: report(over))
        again, _answer = timed(1, lambda: report(over))
    rows.append(Timed(f"the whole report, Spark {cluster}", first, "the first time in a session"))
    rows.append(Timed("the same again", again, ""))
    for other in (by_database, by_spark):
        if said(other) != said(written):
            raise SystemExit(f"The report of {other['engine']} differs from that of DuckDB.")
    return rows, written, columns, len(asked)


def written(
    facts: tuple[int, int], copied: tuple[float, int], measured: tuple[Any, ...], ran_on: str, scale: str
) -> str:
    rows, document, columns, _asked = measured
    scanned = rows[0].seconds
    lines = [[one.name, f"{one.seconds:.2f} s", f"{one.seconds / scanned:.2f}", one.what] for one in rows]
    number = sum(len(names) for names in columns.values())
    return (
        f"{ran_on}\n\n{facts[0]:,} cases and {facts[1]:,} records, {scale}. The first Parquet copy of all of them took "
        f"{copied[0]:.0f} s and {copied[1] / 2**20:,.0f} MB. The report names "
        f"{len(document['figures']) + len(document['beside'])} figures, with charts, tables, problems and goals, and "
        f"reads {number} columns of {len(columns)} sources. Medians of {_REPEAT} where DuckDB is asked, after one to "
        "warm up; one go elsewhere. Values and digests of all engines were the same, and the values of the ORM.\n\n"
        + figures.table(["what", "time", "to the plain scan", ""], lines)
    )


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000, help="at least so many (%(default)s)")
    parser.add_argument("--records", type=int, default=5_000_000, help="at least so many (%(default)s)")
    parser.add_argument("--cluster", default="local-cluster[2,1,2048]", help="Spark's master (%(default)s)")
    asked = parser.parse_args(given)
    with ground() as on:
        needed = _BYTES_EACH * (asked.cases + asked.records)
        if shutil.disk_usage(on.folder).free < needed:
            sys.exit(f"So many facts need some {needed / 2**30:.0f} GB in {on.folder.parent}; there is less.")
        ran_on = machine()
        facts = build(asked.cases, asked.records)
        from django.conf import settings

        copied = copy(Path(settings.LAKE_DIR))
        codes = [one["id"] for one in report(_first_engine())["figures"]]
        measured = measure(list(dict.fromkeys(codes)), asked.cluster)
        figures.keep("report", written(facts, copied, measured, ran_on, "copies of a demonstration on the same days"))


def _first_engine() -> Any:
    from rixin.metrics import lake
    from rixin.metrics.engines.duck import Duck

    return Duck(lake.read())


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
