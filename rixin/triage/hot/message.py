"""A message as hot topics see it. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from rixin.triage.duplicates import digest
from rixin.triage.hot.heat import Voice

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Message(Generic[K]):
    """`where`: its area as a path, whose parts are sub-district, community, grid and so on, each ending in “/”; `kind`:
    code of its type. Both "" where they are not known. `agreed`: people who joined it.
    """

    key: K
    title: str
    text: str
    day: date
    where: str = ""
    kind: str = ""
    agreed: int = 0

    @property
    def voice(self) -> Voice:
        return Voice(self.day, digest(self.text) or digest(self.title), self.agreed)
