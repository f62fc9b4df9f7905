"""The ground that matters happen on: `wenxin_places` has the bundled areas and places in the database and in memory."""

from collections.abc import Iterator
from functools import lru_cache

import pytest
from django.core.management.color import no_style
from django.db import connection, models, transaction

from rixin.places import gazetteer
from rixin.places.bundled import load_wenxin
from rixin.places.models import Area, Place


@pytest.fixture
def wenxin_places(db: None) -> Iterator[gazetteer.Atlas]:
    gazetteer.forget()
    _write(_bundled())
    yield gazetteer.current()
    gazetteer.forget()  # the rows are rolled back, the memory must follow


@lru_cache(maxsize=1)
def _bundled() -> tuple[list[Area], list[Place]]:
    """The rows as the product's own loader writes them, taken out again: reading its files takes longer than a test."""
    with transaction.atomic():
        load_wenxin()
        rows = list(Area.objects.order_by("pk")), list(Place.objects.order_by("pk"))
        transaction.set_rollback(True)
    return rows


def _write(rows: tuple[list[Area], list[Place]]) -> None:
    kinds: tuple[type[models.Model], ...] = (Area, Place)
    with transaction.atomic():
        Area.objects.bulk_create(rows[0])
        Place.objects.bulk_create(rows[1])
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(kinds)):
                cursor.execute(statement)
