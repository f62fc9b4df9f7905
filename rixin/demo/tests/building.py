"""Builds a demonstration for a whole file of tests and takes it out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from rixin.catalogue import versions
from rixin.people import units
from rixin.places import gazetteer

TODAY = "2023-06-15"


def build(*more: str, cases: int = 300, records: bool = False) -> str:
    """What the command says."""
    out = StringIO()
    told = [] if records else ["--without-records"]
    call_command("demo", f"--cases={cases}", f"--today={TODAY}", *told, *more, stdout=out)
    return out.getvalue()


@contextmanager
def a_year(blocker: Any, folders: pytest.TempPathFactory, *, cases: int, records: bool = False) -> Iterator[str]:
    with override_settings(DEMO=True, MEDIA_ROOT=folders.mktemp("media")), blocker.unblock(), transaction.atomic():
        yield build(cases=cases, records=records)
        transaction.set_rollback(True)
    # The rows are rolled back, the memory must follow.
    for known in (versions, units, gazetteer):
        known.forget()
