"""Areas as tables name them: by name, alias, code, path, or from the whole to the part. Pure but for the language."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from django.utils.translation import gettext as _

from rixin.places.atlas import Atlas
from rixin.places.wording import plain
from rixin.sheets import Unreadable

_PARTS = re.compile(r"\s*[›>»]\s*")


class AreaNames:
    """`covers`: whether an area is one of the person's; of two areas of one name his or her own is meant."""

    def __init__(self, atlas: Atlas, covers: Callable[[str], bool]) -> None:
        self._atlas, self._covers = atlas, covers
        self._in_use: dict[str, set[str]] = defaultdict(set)
        self._retired: dict[str, set[str]] = defaultdict(set)
        for area in atlas.areas.values():
            names = self._retired if area.retired else self._in_use
            for name in filter(None, (area.code, area.path, area.name_zh, area.name_en, *area.aliases)):
                names[plain(name)].add(area.path)

    def find(self, written: Sequence[str]) -> str:
        """The path of the area that the cells name, from the whole to the part. Raises Unreadable."""
        parts = [part for cell in written for part in _PARTS.split(cell) if part]
        whole, found = "", {""}
        for part in parts:
            # A micro-grid is called after its grid, which may have been said just before.
            named = self._named(part) | self._named(f"{whole}{part}") | self._named(f"{whole} {part}")
            within = {path for path in named if any(path.startswith(outer) for outer in found)}
            if not within:
                raise Unreadable(self._unknown(part, whole if named else ""))
            whole, found = part, within
        mine = {path for path in found if self._covers(path)} or found
        if len(mine) > 1:
            labels = "；".join(f"{self._atlas.label(path)} ({path})" for path in sorted(mine))
            raise Unreadable(
                _("“%(name)s” means several areas: %(areas)s. Write the path in brackets.")
                % {"name": parts[-1], "areas": labels}
            )
        [path] = mine
        if not self._covers(path):
            raise Unreadable(_("“%(name)s” lies outside the area of your posts.") % {"name": parts[-1]})
        return path

    def _named(self, name: str) -> set[str]:
        """Areas of the name; one that is no more only where none has taken its name."""
        return self._in_use.get(plain(name)) or self._retired.get(plain(name), set())

    def _unknown(self, part: str, whole: str) -> str:
        if whole:
            return _("“%(name)s” does not lie in “%(whole)s”.") % {"name": part, "whole": whole}
        names = [area.name for area in self._atlas.areas.values() if not area.retired and self._covers(area.path)]
        close = get_close_matches(part, names, n=1)
        if close:
            return _("“%(name)s” is no area that is known. Is “%(close)s” meant?") % {"name": part, "close": close[0]}
        return _("“%(name)s” is no area that is known. Write a name or a path from the area tree.") % {"name": part}
