"""The models of this office: every one made is kept, one or none is in force, and the one before can be put back.

They lie in DATA_DIR/triage, which all processes share; whether another one was put in force costs one file status.

    0003.model      the third model
    0003.json       when it was made and how it did
    in_force.json   numbers of those that were put in force, the last one counts
"""

import json
import logging
import os
import tempfile
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from rixin.triage.learned.model import Model, NotAModel
from rixin.triage.learned.trial import Trial

_DIGITS = 4
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """`trial`: how it did before it was taken."""

    number: int
    made_at: datetime
    labels: int
    examples: int
    trial: Trial
    in_force: bool


class NothingToRollBack(LookupError):
    """No model is in force: the words of the catalogue decide already."""


def write(path: Path, content: bytes) -> None:
    """Whole or not at all: who reads the old file meanwhile never sees half of the new one. Raises OSError."""
    handle, fresh = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(fresh).chmod(0o644)
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def keep(model: Model, trial: Trial, at: datetime) -> int:
    """Keeps a model; puts it in force only if its trial says so. Returns its number."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    number = max(_numbers(), default=0) + 1
    about = {"made_at": at.isoformat(), "labels": len(model.labels), "examples": model.examples, "trial": asdict(trial)}
    write(folder / f"{number:0{_DIGITS}}.model", model.to_bytes())
    write(folder / f"{number:0{_DIGITS}}.json", json.dumps(about).encode())
    if trial.better:
        _put_in_force([*_in_force(), number])
    return number


def roll_back() -> int | None:
    """The number now in force; None where from now on the words decide alone. Raises NothingToRollBack."""
    numbers = _in_force()
    if not numbers:
        raise NothingToRollBack
    _put_in_force(numbers[:-1])
    return numbers[-2] if len(numbers) > 1 else None


def versions() -> list[Kept]:
    """All that were made, newest first."""
    now = _in_force()[-1:]
    return [_described(number, in_force=number in now) for number in sorted(_numbers(), reverse=True)]


_held: tuple[tuple[int, int], Model | None] = ((0, 0), None)
_loading = threading.Lock()


def current() -> Model | None:
    """The model in force, from memory."""
    global _held
    state = _state()
    held = _held
    if held[0] == state:
        return held[1]
    with _loading:
        if _held[0] != state:
            _held = state, _loaded()
        return _held[1]


def _loaded() -> Model | None:
    """A model that cannot be read must not cost anybody a report: the words decide until another one is in force."""
    try:
        numbers = _in_force()
        return Model.from_bytes((_folder() / f"{numbers[-1]:0{_DIGITS}}.model").read_bytes()) if numbers else None
    except (OSError, ValueError, NotAModel) as damaged:
        _log.error("The model in force cannot be read: %s", damaged)
        return None


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "triage"


def _state() -> tuple[int, int]:
    try:
        status = (_folder() / "in_force.json").stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns


def _in_force() -> list[int]:
    try:
        return [int(number) for number in json.loads((_folder() / "in_force.json").read_bytes())]
    except FileNotFoundError:
        return []


def _put_in_force(numbers: list[int]) -> None:
    write(_folder() / "in_force.json", json.dumps(numbers).encode())


def _numbers() -> list[int]:
    return [int(path.stem) for path in _folder().glob("*.model") if path.stem.isdigit()]


def _described(number: int, *, in_force: bool) -> Kept:
    about = json.loads((_folder() / f"{number:0{_DIGITS}}.json").read_bytes())
    return Kept(
        number=number,
        made_at=datetime.fromisoformat(about["made_at"]),
        labels=about["labels"],
        examples=about["examples"],
        trial=Trial(**about["trial"]),
        in_force=in_force,
    )
