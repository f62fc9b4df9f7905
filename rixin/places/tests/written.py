"""Rows of one test written again for another, with the ids that they had."""

from collections.abc import Mapping
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model


def write_again(rows: Mapping[type[Model], list[Any]]) -> None:
    """In the order given. What is inserted later gets ids beyond them."""
    with transaction.atomic():
        for model, kept in rows.items():
            model._default_manager.bulk_create(kept)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
                cursor.execute(statement)
