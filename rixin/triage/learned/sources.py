"""Where the office's own examples come from: the part that holds the matters says so at start."""

from collections.abc import Callable

from rixin.triage.learned.examples import Example

Source = Callable[[], list[Example]]
"""Messages with the type that people settled on, oldest first."""
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def examples() -> list[Example]:
    return [example for source in _sources for example in source()]
