"""The demonstration in its full size, built once for all tests of this folder that ask for it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from rixin.demo.tests.building import a_year
from rixin.demo.year import CODE_CASES


@pytest.fixture(scope="package")
def full_year(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the command said that built it. Everything is rolled back after the last test."""
    with a_year(django_db_blocker, tmp_path_factory, cases=CODE_CASES, records=True) as said:
        yield said


@pytest.fixture(autouse=True)
def _not_looked_through(full_year: str, db: None) -> Iterator[None]:
    """What is to be rolled back anyhow is not searched for broken keys first, through the whole year, by each test."""
    yield
    transaction.set_rollback(True)
