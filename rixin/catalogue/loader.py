"""Reads definition files into one checked Catalogue, or says for every fault: file, line, reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from rixin.catalogue import checks
from rixin.catalogue.faults import Fault, Loc
from rixin.catalogue.schema import (
    Block,
    Lifecycle,
    LifecycleFile,
    MatterClass,
    MatterFile,
    MatterType,
    ResolvedType,
    WorkingTime,
    WorkingTimeFile,
)

KINDS: dict[str, type[Block]] = {
    "matters": MatterFile,
    "lifecycle": LifecycleFile,
    "working_time": WorkingTimeFile,
}


class BrokenCatalogue(Exception):
    """The definitions cannot be used. `faults` has every reason, each with file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class Catalogue:
    lifecycles: dict[str, Lifecycle]
    classes: dict[str, MatterClass]
    types: dict[str, MatterType]
    class_of: dict[str, str]
    working_time: WorkingTime

    def resolved(self, code: str) -> ResolvedType:
        """The type with its class and lifecycle. Raises KeyError for an unknown code."""
        matter = self.types[code]
        return ResolvedType(
            type=matter, matter_class=self.classes[self.class_of[code]], lifecycle=self.lifecycles[matter.lifecycle]
        )


@dataclass
class _Reading:
    """What was read so far: definitions with the place each came from, and faults."""

    faults: list[Fault] = field(default_factory=list)
    lifecycles: dict[str, tuple[Lifecycle, Path]] = field(default_factory=dict)
    classes: dict[str, tuple[MatterClass, Path]] = field(default_factory=dict)
    types: dict[str, tuple[MatterType, Path, int]] = field(default_factory=dict)
    class_of: dict[str, str] = field(default_factory=dict)
    working_time: tuple[WorkingTime, Path] | None = None


def catalogue_dir() -> Path:
    return Path(settings.CATALOGUE_DIR)


def load(folder: Path) -> Catalogue:
    """Every definition under `folder`, checked. Raises BrokenCatalogue."""
    reading = _Reading()
    files = sorted(folder.rglob("*.yaml"))
    if not files:
        raise BrokenCatalogue([Fault(folder, 0, "no definition files (*.yaml) here")])
    for path in files:
        _read_file(path, reading)
    if not reading.faults:
        reading.faults.extend(_across(reading, folder))
    if reading.faults:
        raise BrokenCatalogue([fault.shown_from(folder) for fault in reading.faults])
    assert reading.working_time is not None  # noqa: S101 - _across has reported it missing
    return Catalogue(
        lifecycles={code: lifecycle for code, (lifecycle, _) in reading.lifecycles.items()},
        classes={code: matter_class for code, (matter_class, _) in reading.classes.items()},
        types={code: matter for code, (matter, _, _) in reading.types.items()},
        class_of=reading.class_of,
        working_time=reading.working_time[0],
    )


def _read_file(path: Path, reading: _Reading) -> None:
    try:
        # The plain C-based loader is fast; lines are looked up only when there is a fault to report.
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        reading.faults.append(Fault(path, line, f"not valid YAML: {wrong.problem or wrong.context}"))
        return
    except UnicodeDecodeError:
        reading.faults.append(Fault(path, 1, "not UTF-8 text"))
        return
    kind = next((key for key in KINDS if isinstance(content, dict) and key in content), None)
    if kind is None:
        reading.faults.append(Fault(path, 1, f"starts with none of the known kinds: {', '.join(KINDS)}"))
        return
    try:
        block = KINDS[kind].model_validate(content)
    except ValidationError as wrong:
        reading.faults.extend(_schema_faults(path, wrong))
        return
    _keep(block, path, reading)


def _schema_faults(path: Path, wrong: ValidationError) -> Iterator[Fault]:
    for error in wrong.errors():
        where = ".".join(str(part) for part in error["loc"])
        if error["type"] == "extra_forbidden":
            reason = f"“{where}” is not a known key"
        elif error["type"] == "missing":
            reason = f"“{where}” is missing"
        else:
            reason = f"“{where}”: {error['msg']}"
        yield Fault(path, line_of(path, error["loc"]), reason)


def _keep(block: Block, path: Path, reading: _Reading) -> None:
    if isinstance(block, LifecycleFile):
        lifecycle = block.lifecycle
        _refuse_twin(reading, reading.lifecycles, lifecycle.code, path, ("lifecycle", "code"))
        reading.lifecycles[lifecycle.code] = (lifecycle, path)
        reading.faults.extend(_placed(path, ("lifecycle",), checks.lifecycle_faults(lifecycle)))
    elif isinstance(block, MatterFile):
        _refuse_twin(reading, reading.classes, block.matters.code, path, ("matters", "code"))
        reading.classes[block.matters.code] = (block.matters, path)
        for nth, matter in enumerate(block.types):
            _refuse_twin(reading, reading.types, matter.code, path, ("types", nth, "code"))
            reading.types[matter.code] = (matter, path, nth)
            reading.class_of[matter.code] = block.matters.code
    elif isinstance(block, WorkingTimeFile):
        if reading.working_time:
            reading.faults.append(Fault(path, 1, f"working time is already set in {reading.working_time[1].name}"))
        reading.working_time = (block.working_time, path)


def _refuse_twin(reading: _Reading, known: dict[str, Any], code: str, path: Path, loc: Loc) -> None:
    if code in known:
        first = known[code][1].name
        reading.faults.append(Fault(path, line_of(path, loc), f"code “{code}” is already used in {first}"))


def _across(reading: _Reading, folder: Path) -> Iterator[Fault]:
    if reading.working_time is None:
        yield Fault(folder, 0, "no file sets “working_time”")
    for matter, path, nth in reading.types.values():
        lifecycle = reading.lifecycles.get(matter.lifecycle)
        faults = checks.matter_faults(matter, lifecycle[0] if lifecycle else None)
        yield from _placed(path, ("types", nth), faults)


def _placed(path: Path, prefix: Loc, faults: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    for loc, reason in faults:
        yield Fault(path, line_of(path, (*prefix, *loc)), reason)


def line_of(path: Path, loc: Loc) -> int:
    """Line (from 1) of the deepest part of `loc` that the file has."""
    node: Any = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    line = 1
    for part in loc:
        try:
            line = (node.lc.key(part) if isinstance(node, dict) else node.lc.item(part))[0] + 1
            node = node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
