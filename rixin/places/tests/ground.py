"""The ground that matters happen on: `wenxin_places` has the bundled areas and places in the database and in memory."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model

from rixin.places import gazetteer
from rixin.places.bundled import load_wenxin
from rixin.places.models import Area, Place
from rixin.places.tests.written import write_again


@pytest.fixture
def wenxin_places(db: None) -> Iterator[gazetteer.Atlas]:
    gazetteer.forget()
    if Area.objects.exists():
        load_wenxin()
    else:
        write_again(_bundled())
    yield gazetteer.current()
    gazetteer.forget()  # the rows are rolled back, the memory must follow


@lru_cache(maxsize=1)
def _bundled() -> dict[type[Model], list[Any]]:
    """The rows as the product's own loader writes them, taken out again: reading its files takes longer than a test."""
    with transaction.atomic():
        load_wenxin()
        rows: dict[type[Model], list[Any]] = {kind: list(kind.objects.order_by("pk")) for kind in (Area, Place)}
        transaction.set_rollback(True)
    return rows
