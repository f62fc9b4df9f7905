"""The demonstration in its full size, built once for all tests of this folder that ask for it."""

from collections.abc import Iterator
from typing import Any

import pytest

from rixin.demo.tests.building import a_year
from rixin.demo.year import CODE_CASES


@pytest.fixture(scope="package")
def full_year(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the command said that built it. Everything is rolled back after the last test."""
    with a_year(django_db_blocker, tmp_path_factory, cases=CODE_CASES, records=True) as said:
        yield said
