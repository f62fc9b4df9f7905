"""One row behind a figure, in words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Row:
    address: str
    day: date
    name: str
    area: str
    told: str
    """The values of a record or an entry, or where a case stands."""
