"""`python -m benchmarks.enterprises`: the list of enterprises over very many of them, asked as its page asks.

In a scratch database that is gone afterwards: a file of SQLite; with DATABASE_URL, one beside the database named there.
Every question is compared with a page of as many rows by their primary key, from the same run.
"""

import argparse
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from benchmarks import figures
from benchmarks.ground import hardware, machine, told

if TYPE_CHECKING:
    from rixin.people.staff import Staff
    from rixin.registers.finding import Wanted

_STEPS = (("people", "load", "--demo"), ("places", "load"), ("catalogue", "publish"))
_BATCH = 500
_TODAY = date(2023, 1, 10)
_STREET = "330106013/"
_COMMUNITIES = 12
_BUILDINGS = 40
_SIGNS = "云联山月青屿海川金桥万达星河德信华立宏图远景同方启明瑞丰天目西溪古墩文新龙湖"
_LINES = ("科技", "软件", "贸易", "文化传媒", "餐饮管理", "建筑设计", "信息咨询", "电子商务", "物业服务")
_STANDINGS = {"here": 60, "elsewhere": 20, "working": 5, "left": 5, "closed": 10}
"""In per cent."""
_HOW = {"here": "new", "elsewhere": "moved_in", "working": "found", "left": "moved_out", "closed": "closed"}
_INDUSTRIES = {"I65": 30, "F51": 30, "L72": 20, "R87": 10, "H62": 9, "C39": 1}


@dataclass(frozen=True)
class Timed:
    what: str
    seconds: list[float]


@contextmanager
def scratch() -> Iterator[str]:
    """Sets Django up on a database of its own with units, places and definitions. Its vendor."""
    folder = Path(tempfile.mkdtemp(prefix="rixin-bench-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "rixin.config.settings",
        "DATA_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(40),
        "DEMO": "1",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(folder / "scratch.sqlite3")
    told("Ground: tables, units, places, definitions")
    name = connection.settings_dict["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        for step in _STEPS:
            call_command(*step, stdout=StringIO())
        yield connection.vendor
        connection.creation.destroy_test_db(name, verbosity=0)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(count: int, random: Random) -> None:
    """Enterprises of all standings, a tenth of them renamed once, a twentieth with a trait, a fifth in buildings."""
    from django.db import connection

    from rixin.registers.models import Building, Enterprise, FormerName, StandingSpan, TraitSpan

    at = datetime.fromisoformat("2023-01-10T09:00+08:00")
    buildings = Building.objects.bulk_create(
        Building(code=f"b{nth}", name_zh=f"{nth}号大厦", area_path=_area(random), changed_at=at)
        for nth in range(_BUILDINGS)
    )
    with tqdm(total=count, unit=" enterprises", disable=None) as bar:
        for first in range(0, count, _BATCH):
            some = range(first, min(count, first + _BATCH))
            made = Enterprise.objects.bulk_create(_enterprise(nth, random, buildings, at) for nth in some)
            StandingSpan.objects.bulk_create(span for one in made for span in _spans(one, random))
            TraitSpan.objects.bulk_create(
                TraitSpan(
                    enterprise=one, trait="stage", value=random.choice(["high_tech", "specialised"]), from_day=one.since
                )
                for one in random.sample(made, len(made) // 20)
            )
            FormerName.objects.bulk_create(
                FormerName(enterprise=one, name=f"旧{one.name}", plain_name=f"旧{one.plain_name}", until_day=one.since)
                for one in random.sample(made, len(made) // 10)
            )
            bar.update(len(made))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _enterprise(nth: int, random: Random, buildings: list[Any], at: datetime) -> Any:
    from rixin.registers.models import Enterprise
    from rixin.registers.names import plain_name

    brand = "".join(random.choices(_SIGNS, k=4))
    name = f"杭州{brand}{random.choice(_LINES)}有限公司"
    [industry] = random.choices(list(_INDUSTRIES), list(_INDUSTRIES.values()))
    [standing] = random.choices(list(_STANDINGS), list(_STANDINGS.values()))
    return Enterprise(
        code=f"91330106{nth:010d}",
        name=name,
        plain_name=plain_name(name),
        section=industry[0],
        division=industry[1:],
        area_path=_area(random),
        building=random.choice(buildings) if random.random() < 0.2 else None,
        standing=standing,
        since=_TODAY - timedelta(days=random.randrange(4_700)),
        entered_at=at,
        changed_at=at,
    )


def _spans(one: Any, random: Random) -> Iterator[Any]:
    """Whoever is gone was here for some years before."""
    from rixin.registers.models import StandingSpan

    if one.standing in ("left", "closed"):
        came = one.since - timedelta(days=random.randrange(300, 3_000))
        yield StandingSpan(enterprise=one, standing="here", how="new", from_day=came, until_day=one.since)
    yield StandingSpan(enterprise=one, standing=one.standing, how=_HOW[one.standing], from_day=one.since)


def _area(random: Random) -> str:
    return f"{_STREET}{random.randrange(1, _COMMUNITIES + 1):03d}/"


def questions() -> "dict[str, Wanted]":
    from rixin.catalogue.periods import Period
    from rixin.registers.finding import Wanted
    from rixin.registers.models import Enterprise

    some = Enterprise.objects.order_by("pk")[Enterprise.objects.count() // 2]
    return {
        "those that are here": Wanted(),
        "registered here": Wanted(standing="registered"),
        "moved away": Wanted(standing="left"),
        "all that ever were": Wanted(standing="any"),
        "a section (30 % of all)": Wanted(industry="I"),
        "a division (1 %)": Wanted(industry="C39"),
        "a building": Wanted(building="b3"),
        "a community": Wanted(area=f"{_STREET}004/"),
        "a trait": Wanted(trait="stage:specialised"),
        "registered on 2021-12-31": Wanted(standing="registered", on=date(2021, 12, 31)),
        "here on a day on which few were": Wanted(on=_TODAY - timedelta(days=6_500)),
        "came in 2022": Wanted(period=Period.read("2022")),
        "moved out in the first quarter of 2022": Wanted(how="moved_out", period=Period.read("2022-Q1")),
        "a word that many have": Wanted(words="科技"),
        "a word that few have": Wanted(words=some.name[2:6]),
        "a word that none has": Wanted(words="查无此名"),
        "a credit code": Wanted(words=some.code),
    }


def ask(staff: "Staff", times: int) -> tuple[list[Timed], Timed]:
    """What the page asks, and the plain page by primary key."""
    from django.test import Client
    from django.urls import reverse

    from rixin.desk.enterprise_pages import listing, rows
    from rixin.desk.listing import PAGE_SIZE
    from rixin.registers.finding import Wanted
    from rixin.registers.models import Enterprise

    client = Client()
    client.force_login(staff.account, backend="rixin.people.backends.AccountBackend")
    address = reverse("desk:enterprises")
    asked: dict[str, Callable[[], object]] = {}
    for what, wanted in questions().items():
        asked[f"{what}: first page"] = _page(staff, wanted, "", "")
        asked[f"{what}: first page, newest change first"] = _page(staff, wanted, "since", "")
        if what != "those that are here":
            asked[f"{what}: how many, up to {listing.COUNTED_TO:,}"] = _count(staff, wanted)
    for sort in listing.SORTS:
        asked[f"a page in the middle, sorted by {sort or 'name'}"] = _page(staff, Wanted(), sort, middle(sort))
    asked["how many of each standing"] = lambda: listing.folders(staff, Wanted(), "", counting=True)
    asked["the whole page, from request to its last byte"] = lambda: client.get(address).content
    plain = timed(
        f"{PAGE_SIZE} rows by primary key",
        lambda: list(rows.light(Enterprise.objects.order_by("pk"))[:PAGE_SIZE]),
        times,
    )
    return [timed(what, question, times) for what, question in tqdm(asked.items(), disable=None)], plain


def middle(sort: str) -> str:
    """The edge of the page that begins half-way, as an address has it."""
    from rixin.desk.enterprise_pages.listing import SORTS
    from rixin.desk.paging import Cursor
    from rixin.registers.models import Enterprise

    order, _kind = SORTS[sort]
    by = [f"-{order.by}", "-pk"] if order.falling else [order.by, "pk"]
    one = Enterprise.objects.order_by(*by)[Enterprise.objects.count() // 2]
    return str(Cursor(getattr(one, order.by), one.pk))


def _page(staff: "Staff", wanted: "Wanted", sort: str, at: str) -> Callable[[], object]:
    from rixin.desk.enterprise_pages import listing, rows

    return lambda: rows.rows(listing.page_of(staff, wanted, sort, at, _TODAY).rows, wanted, _TODAY)


def _count(staff: "Staff", wanted: "Wanted") -> Callable[[], object]:
    from rixin.desk.enterprise_pages import listing

    return lambda: listing.counted(staff, wanted, _TODAY)


def timed(what: str, question: Callable[[], object], times: int) -> Timed:
    question()
    seconds = []
    for _nth in range(times):
        began = time.perf_counter()
        question()
        seconds.append(time.perf_counter() - began)
    return Timed(what, seconds)


def a_leader() -> "Staff":
    from django.utils import timezone

    from rixin.people.models import Post
    from rixin.people.staff import Staff

    post = Post.objects.select_related("account").filter(role="leader", area_path=_STREET).order_by("pk")[0]
    return Staff.at(post.account, timezone.now())


def written(asked: list[Timed], plain: Timed, count: int, times: int, ran_on: str) -> str:
    base = figures.percentile(plain.seconds, 0.5)
    rows = []
    for one in [plain, *asked]:
        p50, p95 = figures.percentile(one.seconds, 0.5), figures.percentile(one.seconds, 0.95)
        rows.append([one.what, f"{p50:.1f} ms", f"{p95:.1f} ms", f"{p50 / base:.1f}"])
    return (
        f"{ran_on}\n\n{count:,} made-up enterprises in {_COMMUNITIES} communities, seen by a leader of the whole "
        f"sub-district; each question {times} times after one to warm up, with all that its rows show.\n\n"
        + figures.table(["what", "p50", "p95", "p50 to the plain page"], rows)
    )


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.enterprises", description=__doc__)
    parser.add_argument("--enterprises", type=int, default=100_000, help="how many there are (%(default)s)")
    parser.add_argument("--times", type=int, default=20, help="how often each question is asked (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other enterprises (%(default)s)")
    parsed = parser.parse_args(given)
    with scratch() as vendor:
        fill(parsed.enterprises, Random(parsed.seed))
        asked, plain = ask(a_leader(), parsed.times)
        ran_on = machine() if vendor == "postgresql" else f"{hardware()}, SQLite {_sqlite()}."
        figures.keep(f"enterprises-{vendor}", written(asked, plain, parsed.enterprises, parsed.times, ran_on))


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


if __name__ == "__main__":
    main()
