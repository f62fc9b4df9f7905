"""What a part of an enterprise's page is, that another chapter shows there."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """`template` draws the inside of a card headed `title`, with `context` beside the page's own."""

    title: str
    template: str
    context: dict[str, Any]
