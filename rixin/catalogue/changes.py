"""What changed between two versions of a definition, in the reader's language."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rixin.catalogue import wording
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.ordered import ORDER

_SHOWN = 120
"""Longest value in characters that is shown; the rest is cut."""
_BYTES = "content"
"""The spreadsheet of a form: its digest tells two apart, its beginning does not."""


@dataclass(frozen=True)
class Change:
    """`where` is the path of keys in the file; None means that it was not there."""

    where: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return _("{where}: new, {after}").format(where=self.where, after=self.after)
        if self.after is None:
            return _("{where}: removed, was {before}").format(where=self.where, before=self.before)
        return _("{where}: {before} → {after}").format(where=self.where, before=self.before, after=self.after)


def between(older: DefinitionVersion, newer: DefinitionVersion, *, with_lifecycle: bool = True) -> list[Change]:
    """Changes of a definition, with those of its lifecycle. Reads `lifecycle` of both: fetch them together."""
    found = list(_of(older.body, newer.body, ""))
    if with_lifecycle and older.lifecycle and newer.lifecycle and older.lifecycle_id != newer.lifecycle_id:
        found += _of(older.lifecycle.body, newer.lifecycle.body, "lifecycle")
    if older.retired != newer.retired:
        found.append(Change("retired", _shown(older.retired), _shown(newer.retired)))
    # Where the file itself says that a type is retired, the change is there already.
    named = [replace(change, where=change.where.removeprefix("type.")) for change in found]
    return list({change.where: change for change in named}.values())


def _of(before: Any, after: Any, where: str) -> list[Change]:
    """The order of parts is told where nothing else changed: a new action stands in it too."""
    older, newer = ({name: value for name, value in body.items() if name != ORDER} for body in (before, after))
    return list(_differences(older, newer, where)) or list(_differences(before, after, where))


def _differences(before: Any, after: Any, where: str) -> Iterator[Change]:
    if before == after:
        return
    if where == _BYTES:
        yield Change(where, *(hashlib.sha256(str(content).encode()).hexdigest()[:8] for content in (before, after)))
        return
    if _are_plain(before) and _are_plain(after):
        # Of fifty words that stay, nobody finds the one that is new.
        gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
        if gone or come:
            yield Change(where, _shown(gone) if gone else None, _shown(come) if come else None)
            return
    before_parts, after_parts = _parts(before), _parts(after)
    if before_parts is None or after_parts is None or _is_value(before) or _is_value(after):
        yield Change(where, _shown(before), _shown(after))
        return
    for key in dict.fromkeys([*before_parts, *after_parts]):
        path = f"{where}.{key}".lstrip(".")
        if key not in before_parts:
            yield Change(path, None, _shown(after_parts[key]))
        elif key not in after_parts:
            yield Change(path, _shown(before_parts[key]), None)
        else:
            yield from _differences(before_parts[key], after_parts[key], path)


def _parts(value: Any) -> dict[str, Any] | None:
    """A block by its keys, a list of blocks by their codes or names; None for anything else."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        keys = [item.get("code", item.get("name")) for item in value]
        if all(isinstance(key, str) for key in keys):
            return dict(zip(keys, value, strict=True))
    return None


def _are_plain(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_value(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() in ({"zh", "en"}, {"amount", "unit"})


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: _("yes"), False: _("no"), None: _("nothing")}[value]
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        text = value["en"] if (get_language() or "zh").startswith("en") else value["zh"]
    elif isinstance(value, dict) and value.keys() == {"amount", "unit"}:
        text = wording.term(value)
    elif isinstance(value, dict) and isinstance(value.get("name"), dict):
        return _shown(value["name"])
    elif isinstance(value, list):
        text = wording.listed([_shown(item) for item in value]) or _("nothing")
    elif isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
