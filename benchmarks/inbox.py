"""`python -m benchmarks.inbox`: the inbox of a dispatcher and a handler over few and over very many cases.

The cases are those of a small demonstration, copied row by row in the database: all but some 5,000 closed, as in an
office that has worked for years. Each size is reached by adding to the one before.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from tqdm import tqdm

from benchmarks import figures
from benchmarks.ground import ground, machine, told

OPEN_CASES = 5_000
_SMALLEST = 2 * OPEN_CASES
_DEMO_CASES = 1_000
_BATCH = 500_000
_BYTES_EACH = 2_500
"""Of a case on the disk with its indexes and what is written ahead, rounded up."""


@dataclass(frozen=True)
class Looked:
    cases: int
    open: int
    role: str
    seconds: list[float]
    statements: int
    kilobytes: int


def grow(size: int) -> None:
    """Adds copies until there are `size` cases: first open ones up to OPEN_CASES, then closed ones."""
    from django.db import connection

    from rixin.cases.models import OPEN, Case

    have, are_open = Case.objects.count(), Case.objects.filter(OPEN).count()
    parts = [("phase <> 'closed'", OPEN_CASES - are_open, "3 minutes")]
    parts.append(("phase = 'closed'", size - have - max(0, parts[0][1]), "3 hours"))
    with tqdm(total=size, initial=have, unit=" cases", disable=None) as bar:
        for phase, wanted, apart in parts:
            done = 0
            while done < wanted:
                done += (added := _copy(phase, min(_BATCH, wanted - done), done, apart))
                bar.update(added)
    told("VACUUM ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy(phase: str, count: int, after: int, apart: str) -> int:
    """`count` copies of the demonstration's cases, each round of them `apart` earlier than the one before."""
    from django.db import connection, models

    from rixin.cases.models import Case, Involvement

    columns = [field for field in Case._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in columns)
    values = ", ".join(
        f"base.\"{field.column}\" - (nth / many + 1) * interval '{apart}'"
        if isinstance(field, models.DateTimeField)
        else f'base."{field.column}"'
        for field in columns
    )
    case, involvement = Case._meta.db_table, Involvement._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_base AS SELECT * FROM " + case)
        cursor.execute(
            f"""
            WITH base AS (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM bench_base WHERE {phase}),
            total AS (SELECT count(*) AS many FROM base),
            made AS (
                INSERT INTO {case} ({names})
                SELECT {values} FROM total, generate_series(%s, %s) AS nth, base
                WHERE base.place = nth %% many
                RETURNING id, unit_id, phase
            )
            INSERT INTO {involvement} (case_id, unit_id, part, open)
            SELECT id, unit_id, 'holder', phase <> 'closed' FROM made WHERE unit_id IS NOT NULL
            """,
            [after, after + count - 1],
        )
    return count


def people() -> dict[str, int]:
    """Role -> account: the dispatcher of the whole sub-district, and the handler whose unit has most to do."""
    from django.db.models import Count

    from rixin.cases.models import OPEN, Case
    from rixin.people.models import Post

    dispatcher = Post.objects.filter(role="dispatcher").order_by("pk")[0].account_id
    busiest = Case.objects.filter(OPEN, unit__isnull=False).values_list("unit").annotate(n=Count("pk")).order_by("-n")
    for unit, _count in busiest:
        handler = Post.objects.filter(role="handler", unit=unit).order_by("pk").first()
        if handler is not None:
            return {"dispatcher": dispatcher, "handler": handler.account_id}
    raise SystemExit("No unit with open cases has a handler.")


def look(role: str, account: int, times: int) -> Looked:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from rixin.cases.models import OPEN, Case
    from rixin.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(pk=account), backend="rixin.people.backends.AccountBackend")
    address = reverse("desk:inbox")
    for _nth in range(5):
        answer = client.get(address)
    if answer.status_code != 200 or b'class="subject"' not in answer.content:
        raise SystemExit(f"The inbox of the {role} answered {answer.status_code} and shows no row.")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    statements = len(captured)  # counted now: the next request clears the log
    seconds = []
    for _nth in range(times):
        began = time.perf_counter()
        client.get(address)
        seconds.append(time.perf_counter() - began)
    return Looked(
        Case.objects.count(),
        Case.objects.filter(OPEN).count(),
        role,
        seconds,
        statements,
        len(answer.content) // 1024,
    )


def written(looked: Sequence[Looked], ran_on: str, times: int) -> str:
    rows = []
    for each in looked:
        smallest = next(one for one in looked if one.role == each.role)
        p50, p95 = figures.percentile(each.seconds, 0.5), figures.percentile(each.seconds, 0.95)
        ratio = p95 / figures.percentile(smallest.seconds, 0.95)
        rows.append(
            [
                f"{each.cases:,}",
                f"{each.open:,}",
                each.role,
                f"{p50:.1f} ms",
                f"{p95:.1f} ms",
                f"{ratio:.2f}",
                str(each.statements),
                f"{each.kilobytes} kB",
            ]
        )
    head = ["cases", "of them open", "who looks", "p50", "p95", "p95 to that of the smallest", "statements", "page"]
    return (
        f"{ran_on}\n\nThe first page of the inbox with 50 rows, counts of all folders and filters, {times} times "
        "for each person and size. The cases are copies of a demonstration of "
        f"{_DEMO_CASES:,} cases and its last ten days, with the unit that holds each; all but some {OPEN_CASES:,} are "
        f"closed at every size. VACUUM ANALYZE before each size.\n\n{figures.table(head, rows)}"
    )


def demonstration() -> None:
    from django.core.management import call_command

    told("Demonstration to copy from")
    call_command("demo", "--cases", str(_DEMO_CASES), stdout=StringIO())


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inbox", description=__doc__)
    parser.add_argument("--sizes", default="10000,1000000", help="numbers of cases, commas between (%(default)s)")
    parser.add_argument("--times", type=int, default=100, help="how often each page is asked for (%(default)s)")
    asked = parser.parse_args(given)
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    if sizes[0] < _SMALLEST:
        parser.error(f"--sizes: at least {_SMALLEST}, of which {OPEN_CASES} are open.")
    with ground() as on:
        if shutil.disk_usage(on.folder).free < (needed := 2 * sizes[-1] * _BYTES_EACH):
            sys.exit(f"{sizes[-1]:,} cases need some {needed / 2**30:.0f} GB in {on.folder.parent}; there is less.")
        ran_on = machine()
        demonstration()
        looked = []
        for size in sizes:
            grow(size)
            who = people()
            told(f"{size:,} cases: {asked.times} times for each of {len(who)} people")
            looked += [look(role, account, asked.times) for role, account in who.items()]
        figures.keep("inbox", written(looked, ran_on, asked.times))


if __name__ == "__main__":
    main()
