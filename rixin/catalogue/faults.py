"""One thing that is wrong with a definition file."""

from dataclasses import dataclass, replace
from pathlib import Path

Loc = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """`line` counts from 1; 0 means the file or folder as a whole."""

    path: Path
    line: int
    reason: str

    def shown_from(self, folder: Path) -> "Fault":
        """The same with the path as seen from `folder`."""
        return replace(self, path=self.path.relative_to(folder)) if self.path.is_relative_to(folder) else self

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{where}: {self.reason}"
