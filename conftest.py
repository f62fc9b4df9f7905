"""What all tests stand on: the cast, the ground, the builders, and a database that is a file."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.test import SimpleTestCase
from hypothesis import settings as hypothesis
from xdist.scheduler import LoadFileScheduling

pytest_plugins = [
    "rixin.people.tests.cast",
    "rixin.places.tests.ground",
    "rixin.cases.tests.builders",
    "rixin.metrics.tests.ground",
    "rixin.records.tests.brought",
    "rixin.walking.tests.builders",
    "tests.browsing",
]

# No test fails for being slow on a busy machine; a failing example prints how to run it again.
hypothesis.register_profile("house", deadline=None, print_blob=True)
hypothesis.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database", action="store_true", help="only tests that ask the database: all others say the same on each"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--with-database"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
    items[:] = [item for item in items if _asks_the_database(item)]


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    of_django = isinstance(item, pytest.Function) and item.cls is not None and issubclass(item.cls, SimpleTestCase)
    if item.get_closest_marker("any_database") is not None:
        return False
    marked = item.get_closest_marker("django_db") is not None
    return of_django or marked or not fixtures.isdisjoint(getattr(item, "fixturenames", ()))


class _ByFile(LoadFileScheduling):
    """The tests of a file share what they stand on: one process has them all. So it is with the folder of the year."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return str(Path(file).parent) if "/full_year/" in file else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    return _ByFile(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """SQLite's tests run on a real file in WAL mode: its memory databases lock whole tables between threads.

    Each of several test processes has a database of its own: on PostgreSQL by a suffix, here by a folder.
    """
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        memory = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one: tests need no fsync
        with TemporaryDirectory(prefix="rixin-test-", dir=memory if memory.is_dir() else None) as folder:
            settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(Path(folder) / "test.sqlite3")
            yield
    else:
        yield
