"""Values in the address of a list, each read by itself.

A value that cannot be read is left out and said so; it never narrows the list in a way that nobody asked for.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

LONGEST_TEXT = 60


class Unreadable(ValueError):
    """The sentence says to the reader what is left out."""


def read(data: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]]) -> tuple[dict[str, Any], list[str]]:
    """(what is given and can be read, by name; a sentence for each value that cannot)."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, reader in readers.items():
        written = data.get(name, "").strip()
        if not written:
            continue
        try:
            values[name] = reader(written)
        except Unreadable as unreadable:
            problems.append(str(unreadable))
    return values, problems


def day_in(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unreadable(
            _("“%(value)s” is not a day. Write it as 2023-01-31; it is left out.") % {"value": written[:40]}
        ) from None


def words_in(written: str) -> str:
    if len(written) > LONGEST_TEXT:
        raise Unreadable(_("The words to look for are too long: at most %(most)s signs.") % {"most": LONGEST_TEXT})
    return written


def one_of(known: Callable[[str], bool], what: Callable[[], str]) -> Callable[[str], str]:
    def reader(written: str) -> str:
        if not known(written):
            raise Unreadable(
                _("%(what)s “%(value)s” is not known (any more); it is left out.")
                % {"what": what(), "value": written[:40]}
            )
        return written

    return reader
