"""Sentences from patterns: `[a|b]` picks one, also inside another, and `{name}` is filled in. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_ENDS_SENTENCE = re.compile(r"[。！？!?；;\n]")
_TITLE = 40
_DOUBLED = re.compile(r"([，。！？：；])[，。；]+")
KINDS = ("city", "safety", "life", "services")


@dataclass(frozen=True)
class Talk:
    """How people talk about one kind of matter. `at`: kinds of place; `when`: part of the day; `season` may be ""."""

    weight: float
    at: tuple[str, ...]
    when: str
    season: str
    picture: str
    say: tuple[str, ...]
    harm: tuple[str, ...]
    wish: tuple[str, ...]
    done: tuple[str, ...]


def spoken(pattern: str, slots: Mapping[str, str], random: Random) -> str:
    """One sentence of the many that `pattern` stands for."""
    while "[" in pattern:
        pattern = _CHOICE.sub(lambda found: random.choice(found[1].split("|")), pattern)
    return pattern.format_map(slots) if "{" in pattern else pattern


def tidy(text: str) -> str:
    """Without the doubled and leading punctuation that empty slots leave."""
    return _DOUBLED.sub(r"\1", text).lstrip("，。、：； ").rstrip("，、：； ")


def title_of(text: str) -> str:
    """The first sentence, cut where it is long, as the residents' pages make titles."""
    first = next((part.strip() for part in _ENDS_SENTENCE.split(text) if part.strip()), text.strip())
    return first if len(first) <= _TITLE else f"{first[: _TITLE - 1]}…"


@cache
def talks() -> dict[str, Talk]:
    """By code of matter type."""
    return {code: _talk(entry) for name in KINDS for code, entry in _read(name).items()}


@cache
def voices() -> dict[str, Any]:
    """The common words: see wenxin/voices.yaml."""
    return _read("voices")


def _talk(entry: dict[str, Any]) -> Talk:
    lists = {name: tuple(entry[name]) for name in ("say", "harm", "wish", "done")}
    return Talk(
        weight=entry["weight"],
        at=tuple(entry["at"].split()),
        when=entry["when"],
        season=entry.get("season", ""),
        picture=entry["picture"],
        **lists,
    )


def _read(name: str) -> dict[str, Any]:
    source = files("rixin.demo") / "wenxin" / f"{name}.yaml"
    # The parser written in C where there is one: these files are long.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(source.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe one
    return content
