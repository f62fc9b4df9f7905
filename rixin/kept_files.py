"""Files that somebody brought, kept for some days under the number of their row, and then no more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

KEPT_FOR = timedelta(days=7)
_FORMS = (".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".gz")


@dataclass(frozen=True)
class KeptFiles:
    """`name`: of the folder in DATA_DIR."""

    name: str

    @property
    def folder(self) -> Path:
        return Path(settings.DATA_DIR) / self.name

    def path_of(self, pk: int, filename: str) -> Path:
        """By the number, with the ending by which such a file is read."""
        ending = Path(filename).suffix.lower()
        return self.folder / f"{pk}{ending if ending in _FORMS else ''}"

    def keep(self, pk: int, filename: str, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path_of(pk, filename).write_bytes(content)

    def forget(self, pk: int, filename: str) -> None:
        self.path_of(pk, filename).unlink(missing_ok=True)

    def purge(self, at: datetime) -> None:
        """Deletes what was kept long enough, and what is nobody's. Harmless to repeat."""
        for file in self.folder.glob("*"):
            number = file.name.partition(".")[0]
            if datetime.fromtimestamp(file.stat().st_mtime, at.tzinfo) < at - KEPT_FOR or not number.isdecimal():
                file.unlink(missing_ok=True)
