"""`python -m benchmarks.intake`: reports of residents over HTTP, as a phone sends them, until the database has them.

Two web processes as `rixin serve` starts them, eight clients that keep their connection, limits on. Each accepted
answer is a case that is located, sorted by the rules, clocked, searchable and on a timeline; they are counted after.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Lock
from typing import Never
from urllib.parse import urlencode

from tqdm import tqdm

from benchmarks import figures
from benchmarks.ground import Ground, ground, machine, told

WORKERS = 2
WARM_UP = 200
_PER_CODE, _PER_ADDRESS = 100, 40
"""How many reports go through one code and from one address: under the limits, which stay on."""
_TEXTS = (
    "{nth}幢{unit}单元楼道灯坏了，晚上老人上下楼看不见。",
    "{nth}幢门口垃圾堆了好几天没人清，味道很大。",
    "小区北门路边人行道地砖破损，第{nth}块翘起来，容易绊倒人。",
    "{nth}幢{unit}单元楼上半夜装修，噪音扰民，已经第三天了。",
    "{nth}幢消防通道被私家车堵住，救护车开不进来。",
    "{nth}幢{unit}单元下水道堵塞，污水冒到路面上了。",
)


@dataclass(frozen=True)
class Spot:
    token: str
    lat: float
    lng: float


@dataclass
class Sent:
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Phones:
    """Eight connections take one report after the other from a common stack."""

    def __init__(self, port: int, spots: list[Spot]) -> None:
        self.port = port
        self.spots = spots
        self._next = 0
        self._lock = Lock()

    def send(self, count: int, clients: int, bar: "tqdm[Never]") -> tuple[Sent, float]:
        """What came back, and the seconds that all of it took."""
        until = self._next + count
        began = time.perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            every = list(pool.map(lambda _client: self._client(until, bar), range(clients)))
        took = time.perf_counter() - began
        return Sent(
            [each for sent in every for each in sent.seconds], [each for sent in every for each in sent.refused]
        ), took

    def _take(self, until: int) -> int | None:
        with self._lock:
            if self._next >= until:
                return None
            self._next += 1
            return self._next

    def _client(self, until: int, bar: "tqdm[Never]") -> Sent:
        sent = Sent()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        token, cookie = _opened(connection, self.spots[0])
        while (nth := self._take(until)) is not None:
            spot = self.spots[nth // _PER_CODE % len(self.spots)]
            body, headers = _report(nth, spot, token, cookie)
            began = time.perf_counter()
            connection.request("POST", f"/c/{spot.token}", body, headers)
            answer = connection.getresponse()
            answer.read()
            sent.seconds.append(time.perf_counter() - began)
            if answer.status != 303:
                sent.refused.append(f"{answer.status} for report {nth}")
            bar.update()
        connection.close()
        return sent


def _opened(connection: HTTPConnection, spot: Spot) -> tuple[str, str]:
    """The form's token and its cookie, as the page of the code gives them."""
    connection.request("GET", f"/c/{spot.token}")
    answer = connection.getresponse()
    page = answer.read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if answer.status != 200 or found is None:
        raise SystemExit(f"The page of a code answered {answer.status} without a form.")
    return found[1], (answer.headers["Set-Cookie"] or "").split(";")[0]


def _report(nth: int, spot: Spot, token: str, cookie: str) -> tuple[str, dict[str, str]]:
    form = {
        "csrfmiddlewaretoken": token,
        "text": _TEXTS[nth % len(_TEXTS)].format(nth=nth % 40 + 1, unit=nth % 4 + 1),
        "kind": "",
        "where": f"{nth % 40 + 1}幢",
        "lat": f"{spot.lat + (nth % 21 - 10) * 1e-5:.6f}",
        "lng": f"{spot.lng + (nth % 19 - 9) * 1e-5:.6f}",
        "phone": f"139{nth:08d}",
        "once": f"benchmark-of-intake-{nth}",
    }
    sender = nth // _PER_ADDRESS
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "X-Forwarded-For": f"10.{sender >> 16 & 255}.{sender >> 8 & 255}.{sender & 255}",
    }
    return urlencode(form), headers


@contextmanager
def web(port: int) -> Iterator[int]:
    """The web processes; gives the id of the first of them."""
    from rixin.config.management.commands.serve import collect_static, web_command

    collect_static()
    with subprocess.Popen(web_command("127.0.0.1", port, WORKERS)) as process:
        try:
            _await(port)
            yield process.pid
        finally:
            process.terminate()


def _await(port: int) -> None:
    for _nth in range(150):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"The server on port {port} did not answer within 30 seconds.")


def memory(pid: int) -> tuple[float, float]:
    """Megabytes of a process and all under it: (shared pages counted once, resident sizes added up)."""
    shares = resident = 0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        task = Path(f"/proc/{one}")
        for line in (task / "smaps_rollup").read_text(encoding="ascii").splitlines():
            name, _colon, size = line.partition(":")
            shares += int(size.split()[0]) if name == "Pss" else 0
            resident += int(size.split()[0]) if name == "Rss" else 0
        for thread in (task / "task").iterdir():
            waiting += map(int, (thread / "children").read_text(encoding="ascii").split())
    return shares / 1024, resident / 1024


def bare_inserts(on: Ground, clients: int, seconds: int) -> float:
    """Transactions a second of pgbench: one row of a report's size, committed, and nothing else."""
    script = on.folder / "insert.sql"
    script.write_text("INSERT INTO bench_rows (words) VALUES (repeat('x', 300));\n", encoding="ascii")
    psql, pgbench = (str(on.programs / name) for name in ("psql", "pgbench"))
    make = "CREATE TABLE IF NOT EXISTS bench_rows (id bigserial PRIMARY KEY, words text)"
    subprocess.run([psql, "-qd", on.database, "-c", make], check=True, capture_output=True)
    host = re.search(r"host=([^&]+)", on.database)
    address = ["-h", host[1] if host else "localhost", "-U", "postgres"]
    ran = subprocess.run(
        [pgbench, *address, "-n", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", str(script), "postgres"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"tps = ([\d.]+)", ran.stdout)
    if found is None:
        raise SystemExit(f"pgbench gave no figure: {ran.stdout}")
    return float(found[1])


def statements(spot: Spot) -> int:
    """Of one report through the same view, the transaction's own BEGIN and COMMIT among them."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    for nth in (10**7, 10**7 + 1):
        body, _headers = _report(nth, spot, "", "")
        with CaptureQueriesContext(connection) as captured:
            answer = Client().generic("POST", f"/c/{spot.token}", body, "application/x-www-form-urlencoded")
        if answer.status_code != 303:
            raise SystemExit(f"The report in this process was answered with {answer.status_code}.")
    return len(captured)


def make_spots(count: int) -> list[Spot]:
    """Printed codes of quarters, as many as are needed for none to reach its limit."""
    from django.utils import timezone

    from rixin.channels import codes

    standings = [one for one in codes.all_of("quarter") if one.lat is not None]
    chosen = [standings[nth % len(standings)] for nth in range(count)]
    made = codes.make(chosen, by=None, at=timezone.now())
    return [Spot(code.token, code.lat or 0.0, code.lng or 0.0) for code in made]


def measure(on: Ground, count: int, clients: int, port: int) -> str:
    from rixin.cases.models import Case, CaseClock, CaseEvent

    ran_on = machine()
    *spots, last = make_spots((count + WARM_UP) // _PER_CODE + 2)
    asked = statements(last)
    before = Case.objects.count()
    told("Bare inserts")
    bare = bare_inserts(on, clients, 5)
    told(f"{count} reports from {clients} clients")
    with web(port) as pid, tqdm(total=WARM_UP + count, unit=" reports", disable=None) as bar:
        phones = Phones(port, spots)
        warm, _took = phones.send(WARM_UP, clients, bar)
        sent, took = phones.send(count, clients, bar)
        shares, resident = memory(pid)
    refused = warm.refused + sent.refused
    accepted = WARM_UP + count - len(refused)
    kept = Case.objects.count() - before
    if kept != accepted or refused:
        sys.exit(f"{accepted} reports were accepted, {kept} cases are in the database; refused: {refused[:5]}")
    whole = Case.objects.exclude(area_path="").filter(due_at__isnull=False).count() - before
    events, clocks = CaseEvent.objects.count(), CaseClock.objects.count()
    rate = count / took
    rows = [
        ["accepted and durable cases a second", f"{rate:.0f}"],
        ["p50", f"{figures.percentile(sent.seconds, 0.5):.1f} ms"],
        ["p95", f"{figures.percentile(sent.seconds, 0.95):.1f} ms"],
        ["SQL statements for each, BEGIN and COMMIT among them", str(asked)],
        ["bare inserts a second (pgbench, same server, same run)", f"{bare:.0f}"],
        ["share of the bare inserts", f"{rate / bare:.3f}"],
        ["memory of the web processes, shared pages once / resident sizes added", f"{shares:.0f} / {resident:.0f} MB"],
    ]
    return (
        f"{ran_on}\n\n{WORKERS} web processes, {clients} clients that keep their connection, {count} reports after "
        f"{WARM_UP} to warm up, each with its own key and a pin, through {len(spots)} codes; limits on. "
        f"{kept} accepted answers, {kept} cases in the database afterwards ({whole} of them with an area and a date; "
        f"{events} events and {clocks} clocks in all).\n\n{figures.table(['figure', 'measured'], rows)}"
    )


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__)
    parser.add_argument("--reports", type=int, default=5000, help="how many are counted (%(default)s)")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8019")))
    asked = parser.parse_args(given)
    with ground(TRUSTED_PROXIES="1") as on:
        figures.keep("intake", measure(on, asked.reports, asked.clients, asked.port))


if __name__ == "__main__":
    main()
