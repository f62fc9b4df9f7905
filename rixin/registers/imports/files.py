"""The tables of enterprises that were brought: kept until all of them is imported, or for some days."""

from datetime import datetime
from pathlib import Path

from rixin.kept_files import KEPT_FOR, KeptFiles
from rixin.registers.models import RegisterImport

_TABLES = KeptFiles("enterprise_imports")


def path_of(batch: RegisterImport) -> Path:
    return _TABLES.path_of(batch.pk, batch.filename)


def keep(batch: RegisterImport, content: bytes) -> None:
    _TABLES.keep(batch.pk, batch.filename, content)


def forget(batch: RegisterImport) -> None:
    """With what was typed in place of its cells: it may name people."""
    RegisterImport.objects.filter(pk=batch.pk).update(mended={})
    _TABLES.forget(batch.pk, batch.filename)


def purge(at: datetime) -> int:
    """Forgets tables that were kept long enough, and imports of which nothing came; answers how many of these.

    Harmless to repeat.
    """
    _TABLES.purge(at)
    old = RegisterImport.objects.filter(made_at__lt=at - KEPT_FOR)
    old.exclude(mended={}).update(mended={})
    return old.filter(status=RegisterImport.Status.CHECKED).delete()[0]
