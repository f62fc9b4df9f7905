"""Parts of an enterprise's page that other chapters show there: its visits, what it may apply for, whence it came."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rixin.people.staff import Staff
from rixin.registers.models import Enterprise


@dataclass(frozen=True)
class Panel:
    """`template` draws the inside of a card headed `title`, with `context` beside the page's own."""

    title: str
    template: str
    context: dict[str, Any]


PANELS: tuple[Callable[[Staff, Enterprise], Panel | None], ...] = ()
"""In the order in which they stand. None: there is nothing to show to this person."""


def panels(staff: Staff, enterprise: Enterprise) -> list[Panel]:
    return [panel for show in PANELS if (panel := show(staff, enterprise)) is not None]
