"""The tables that were brought, kept for some days: to be looked at, imported, and fetched again with what is wrong."""

from datetime import datetime
from pathlib import Path

from rixin.kept_files import KEPT_FOR, KeptFiles
from rixin.records.models import Import

_TABLES = KeptFiles("record_imports")


def path_of(batch: Import) -> Path:
    return _TABLES.path_of(batch.pk, batch.filename)


def keep(batch: Import, content: bytes) -> None:
    _TABLES.keep(batch.pk, batch.filename, content)


def purge(at: datetime) -> int:
    """Deletes files that were kept long enough, and imports of which nothing came; answers how many of these.

    Harmless to repeat.
    """
    _TABLES.purge(at)
    old = Import.objects.filter(made_at__lt=at - KEPT_FOR)
    return old.filter(status=Import.Status.CHECKED, records=None).delete()[0]
