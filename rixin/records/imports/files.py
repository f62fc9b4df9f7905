"""The tables that were brought, kept for some days: to be looked at, imported, and fetched again with what is wrong."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from rixin.records.models import Import

KEPT_FOR = timedelta(days=7)
_FORMS = (".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".gz")


def path_of(batch: Import) -> Path:
    return _folder() / f"{batch.pk}{_form(batch.filename)}"


def keep(batch: Import, content: bytes) -> None:
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path_of(batch).write_bytes(content)


def purge(at: datetime) -> int:
    """Deletes files that were kept long enough, and imports of which nothing came; answers how many of these.

    Harmless to repeat.
    """
    old = Import.objects.filter(made_at__lt=at - KEPT_FOR)
    for file in _folder().glob("*"):
        number = file.name.partition(".")[0]
        if datetime.fromtimestamp(file.stat().st_mtime, at.tzinfo) < at - KEPT_FOR or not number.isdecimal():
            file.unlink(missing_ok=True)
    return old.filter(status=Import.Status.CHECKED, records=None).delete()[0]


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "record_imports"


def _form(filename: str) -> str:
    """The ending by which a file is read; "" where it says nothing."""
    ending = Path(filename).suffix.lower()
    return ending if ending in _FORMS else ""
