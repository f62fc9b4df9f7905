"""Reads definition files into one checked Catalogue, or says for every fault: file, line, reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError

from rixin.catalogue import checks, leaving_checks, wording
from rixin.catalogue.activity_schema import ActivityFile
from rixin.catalogue.circle_schema import CircleFile
from rixin.catalogue.document_schema import DocumentFile
from rixin.catalogue.facility_schema import FacilityFile, FacilityGroupFile, FacilityLayoutFile
from rixin.catalogue.faults import Fault, Loc
from rixin.catalogue.head_count_schema import HeadCountFile
from rixin.catalogue.list_schema import ListFile
from rixin.catalogue.pipeline_schema import PipelineFile
from rixin.catalogue.policy_schema import PolicyFile
from rixin.catalogue.programme_schema import ProgrammeFile
from rixin.catalogue.register_schema import IndustryFile, RegisterFile, TraitFile, WarningFile
from rixin.catalogue.roll_schema import RollFile
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
from rixin.catalogue.work import Work, definitions_in, faults_of
from rixin.catalogue.work_schema import FormFile, GoalFile, MeasureFile, MetricFile, RecordFile, ReportFile
from rixin.catalogue.yamlfile import line_in, parsed

KINDS: dict[str, type[Block]] = {
    "matters": MatterFile,
    "lifecycle": LifecycleFile,
    "working_time": WorkingTimeFile,
    "measures": MeasureFile,
    "records": RecordFile,
    "metrics": MetricFile,
    "goals": GoalFile,
    "report": ReportFile,
    "form": FormFile,
    "documents": DocumentFile,
    "lists": ListFile,
    "registers": RegisterFile,
    "industries": IndustryFile,
    "traits": TraitFile,
    "warnings": WarningFile,
    "pipeline": PipelineFile,
    "policies": PolicyFile,
    "facility_groups": FacilityGroupFile,
    "facilities": FacilityFile,
    "facility_layouts": FacilityLayoutFile,
    "circles": CircleFile,
    "rolls": RollFile,
    "activities": ActivityFile,
    "programmes": ProgrammeFile,
    "head_counts": HeadCountFile,
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
    work: Work = field(default_factory=Work)

    def resolved(self, code: str) -> ResolvedType:
        """The type with its class and lifecycle. Raises KeyError for an unknown code."""
        matter = self.types[code]
        return ResolvedType(
            type=matter, matter_class=self.classes[self.class_of[code]], lifecycle=self.lifecycles[matter.lifecycle]
        )


@dataclass
class Reading:
    """What was read so far: definitions with the place each came from, and faults."""

    files: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lifecycles: dict[str, tuple[Lifecycle, Path]] = field(default_factory=dict)
    classes: dict[str, tuple[MatterClass, Path]] = field(default_factory=dict)
    types: dict[str, tuple[MatterType, Path, int]] = field(default_factory=dict)
    class_of: dict[str, str] = field(default_factory=dict)
    working_time: tuple[WorkingTime, Path] | None = None
    work: Work = field(default_factory=Work)
    work_places: dict[tuple[str, str], tuple[Path, Loc]] = field(default_factory=dict)
    """Where each of `work` came from, by table and code."""

    def catalogue(self) -> Catalogue:
        """Only once there are no faults."""
        assert self.working_time is not None  # noqa: S101 - its absence is a fault
        return Catalogue(
            lifecycles={code: lifecycle for code, (lifecycle, _path) in self.lifecycles.items()},
            classes={code: matter_class for code, (matter_class, _path) in self.classes.items()},
            types={code: matter for code, (matter, _path, _nth) in self.types.items()},
            class_of=self.class_of,
            working_time=self.working_time[0],
            work=self.work,
        )


def catalogue_dir() -> Path:
    return Path(settings.CATALOGUE_DIR)


def load(folder: Path, *, thoroughly: bool = False) -> Catalogue:
    """Every definition under `folder`, checked. Raises BrokenCatalogue. `thoroughly`: against the office's data too."""
    reading = read(folder, thoroughly=thoroughly)
    if reading.faults:
        raise BrokenCatalogue(reading.faults)
    return reading.catalogue()


def read(folder: Path, *, thoroughly: bool = False) -> Reading:
    """What the definitions under `folder` say and every fault in them, in the order of files and lines."""
    reading = Reading()
    reading.files = sorted(folder.rglob("*.yaml"))
    if not reading.files:
        reading.faults.append(Fault(folder, 0, _("there are no definition files (*.yaml) here")))
        return reading
    for path in reading.files:
        _read_file(path, reading)
    # A file that cannot be read may hold what another one misses: those faults are told once all files can be read.
    reading.faults.extend(_across(reading, folder, thoroughly) if not reading.faults else ())
    reading.faults = sorted(fault.shown_from(folder) for fault in reading.faults)
    return reading


def _read_file(path: Path, reading: Reading) -> None:
    try:
        content = parsed(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        reason = _("this is not valid YAML: {problem}").format(problem=wrong.problem or wrong.context)
        reading.faults.append(Fault(path, line, reason))
        return
    except (UnicodeDecodeError, yaml.reader.ReaderError):
        reading.faults.append(Fault(path, 1, _("this is not UTF-8 text")))
        return
    kind = next((key for key in KINDS if isinstance(content, dict) and key in content), None)
    if kind is None:
        reason = _("the file starts with none of the known kinds: {kinds}").format(kinds=", ".join(KINDS))
        reading.faults.append(Fault(path, 1, reason))
        return
    try:
        block = KINDS[kind].model_validate(content)
    except ValidationError as wrong:
        reading.faults.extend(
            Fault(path, line_of(path, error["loc"]), wording.schema_fault(error)) for error in wrong.errors()
        )
        return
    _keep(block, path, reading)


def _keep(block: Block, path: Path, reading: Reading) -> None:
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
            reason = _("working time is already set in {file}").format(file=reading.working_time[1].name)
            reading.faults.append(Fault(path, 1, reason))
        reading.working_time = (block.working_time, path)
        reading.faults.extend(_placed(path, ("working_time",), checks.working_time_faults(block.working_time)))
    else:
        _keep_work(block, path, reading)


def _keep_work(block: Block, path: Path, reading: Reading) -> None:
    for table, code, kept, loc in definitions_in(block, path.parent):
        if first := reading.work_places.get((table, code)):
            reading.faults.append(_twin(code, path, (*loc, "code"), first[0]))
        reading.work_places[table, code] = (path, loc)
        getattr(reading.work, table)[code] = kept


def _refuse_twin(reading: Reading, known: Mapping[str, tuple[Any, ...]], code: str, path: Path, loc: Loc) -> None:
    if code in known:
        reading.faults.append(_twin(code, path, loc, known[code][1]))


def _twin(code: str, path: Path, loc: Loc, first: Path) -> Fault:
    reason = _("the code “{code}” is already used in {file}").format(code=code, file=first.name)
    return Fault(path, line_of(path, loc), reason)


def _across(reading: Reading, folder: Path, thoroughly: bool) -> Iterator[Fault]:
    if reading.working_time is None:
        yield Fault(folder, 0, _("no file sets “working_time”"))
    numbers: dict[str, str] = {}
    records = {code: kept.type for code, kept in reading.work.records.items()}
    for matter, path, nth in reading.types.values():
        followed = reading.lifecycles.get(matter.lifecycle)
        matter_class = reading.classes[reading.class_of[matter.code]][0]
        faults = checks.matter_faults(matter, followed[0] if followed else None, matter_class)
        yield from _placed(path, ("types", nth), faults)
        if thoroughly:
            left = leaving_checks.leaving_faults(matter, followed[0] if followed else None, records)
            further = (fault for check in checks.further for fault in check(matter))
            yield from _placed(path, ("types", nth), chain(left, further))
        if first := numbers.get(matter.national):
            reason = _("the number {number} already belongs to “{code}”").format(number=matter.national, code=first)
            yield Fault(path, line_of(path, ("types", nth, "national")), reason)
        numbers.setdefault(matter.national, matter.code)
    for lifecycle, path in reading.lifecycles.values() if thoroughly else ():
        yield from _placed(path, ("lifecycle",), checks.suggestion_faults(lifecycle, reading.work.records))
    for pipeline in reading.work.pipelines.values() if thoroughly else ():
        path, loc = reading.work_places["pipelines", pipeline.code]
        yield from _placed(path, loc, (fault for check in checks.further_of_pipelines for fault in check(pipeline)))
    for kind in reading.work.programmes.values() if thoroughly else ():
        path, loc = reading.work_places["programmes", kind.code]
        yield from _placed(path, loc, (fault for check in checks.further_of_programmes for fault in check(kind)))
    known = replace(
        reading.work.known(),
        lifecycles={code: lifecycle for code, (lifecycle, _path) in reading.lifecycles.items()},
        types={code: matter for code, (matter, _path, _nth) in reading.types.items()},
    )
    for (table, code), (path, loc) in reading.work_places.items():
        yield from _placed(path, loc, faults_of(getattr(reading.work, table)[code], known))


def _placed(path: Path, prefix: Loc, faults: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    for loc, reason in faults:
        yield Fault(path, line_of(path, (*prefix, *loc)), reason)


def line_of(path: Path, loc: Loc) -> int:
    """Line (from 1) of the deepest part of `loc` that the file has."""
    return line_in(path.read_text(encoding="utf-8"), loc)
