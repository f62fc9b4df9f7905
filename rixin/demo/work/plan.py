"""What the demo's records are to be: one YAML entry per record type, checked when it is read."""

from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rixin.catalogue.yamlfile import parsed

_FOLDER = files("rixin.demo.work") / "wenxin"
_NOT_PLANS = {"words.yaml", "lists.yaml", "handed_in.yaml"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Drawing(Strict):
    """How one field is filled in. One of the first eight says from what; the rest how often and how it is said."""

    pick: str | None = None
    """A list of words."""
    weigh: dict[str, int] | None = None
    """A choice by weight."""
    hand: dict[int, dict[str, int]] | None = None
    """By year: how many rows have each value, dealt like a hand of cards."""
    deal: dict[int, str] | None = None
    """By year: a total, dealt out over the rows."""
    between: tuple[int, int] | None = None
    yes: float | None = None
    after: tuple[int, int] | None = None
    """Days after the record's own."""
    same: int | str | None = None
    quarter_name: bool = False
    even: float = 0.0
    """For `deal`: which share of the total every row gets alike."""
    round_to: str = ""
    once: bool = False
    filled: float = 1.0
    said: str = ""
    """How a drawn value is written, with {} in its place."""
    late: float = 0.0
    late_by: tuple[int, int] = (1, 1)
    """For `after`: how often it comes some days after another date, and how many."""
    within_year: bool = False
    unless: dict[str, str] = {}
    when: dict[str, int] = {}
    count: dict[int, int] = {}
    """By year: exactly so many rows have it."""


class Plan(Strict):
    rows: dict[int, int | Literal["each"]] = {}
    """By year: so many, or one for each period of a return."""
    listed: str | list[dict[str, Any]] = []
    days: Literal["working", "any"] = "working"
    first: str = ""
    last: str = ""
    where: Literal["street", "community", "each_community", "each_facility", "quarter", "named_quarter"] = "street"
    returned: float = 1.0
    """Of what is owed by facilities: how much of it came."""
    lately: int = 0
    """For returns of facilities: of how many days before the end of the demonstration they came too."""
    source: str = ""
    fields: dict[str, Drawing] = {}


def _plan(said: dict[str, Any]) -> Plan:
    renamed = {{"list": "listed", "from": "first", "until": "last"}.get(key, key): one for key, one in said.items()}
    for field in renamed.get("fields", {}).values():
        for years in ("hand", "deal", "count"):
            if years in field:
                field[years] = {int(year): _texts(one, years) for year, one in field[years].items()}
    renamed["rows"] = {int(year): count for year, count in renamed.get("rows", {}).items()}
    return Plan.model_validate(renamed)


def _texts(value: Any, kind: str) -> Any:
    if kind == "hand":
        return {str(code): count for code, count in value.items()}
    return str(value) if kind == "deal" else value


@lru_cache(maxsize=1)
def plans() -> dict[str, Plan]:
    """The plans by record type, in the order of the files."""
    found: dict[str, Plan] = {}
    for file in sorted(_FOLDER.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml") and file.name not in _NOT_PLANS:
            found |= {code: _plan(said) for code, said in parsed(file.read_text(encoding="utf-8")).items()}
    return found


@lru_cache(maxsize=1)
def words() -> dict[str, list[str]]:
    """Lists of words by name; combined ones written out."""
    read = parsed((_FOLDER / "words.yaml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for name, said in read.items():
        found[name] = _written_out(said, found) if isinstance(said, dict) else said
    return found


def _written_out(said: dict[str, Any], before: dict[str, list[str]]) -> list[str]:
    """All combinations of parts; or those of a list before it and more."""
    if "combine" in said:
        return _combined(said["combine"])
    return [*before[said["all_of"]], *said["and"]]


def _combined(parts: list[list[str]]) -> list[str]:
    found = [""]
    for part in parts:
        found = [before + word for before in found for word in part]
    return found


def listed(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parsed((_FOLDER / "lists.yaml").read_text(encoding="utf-8"))[name]
    return found
