"""One thing that a line of a history says was changed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """`before` and `now` are "" for nothing; both are "" of what is sealed: only that it changed is told."""

    name: str
    before: str
    now: str
