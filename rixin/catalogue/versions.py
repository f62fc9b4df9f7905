"""The published definitions: what new cases are opened under, and what each older case keeps.

`publish` writes what changed in the files; everything that runs reads the published versions, so that a file being
edited changes nothing until somebody publishes it. Other processes notice within seconds.
"""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from rixin.catalogue import ordered
from rixin.catalogue.activity_schema import EventKind
from rixin.catalogue.circle_schema import Circle
from rixin.catalogue.document_schema import DocumentTemplate
from rixin.catalogue.facility_schema import FacilityGroup, FacilityKind, FacilityLayout
from rixin.catalogue.head_count_schema import HeadCounts
from rixin.catalogue.list_schema import MatterList
from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.catalogue.policy_schema import Policy
from rixin.catalogue.programme_schema import ProjectKind
from rixin.catalogue.register_schema import Register, Section, Trait, Warning
from rixin.catalogue.roll_schema import Roll
from rixin.catalogue.schema import Block, Lifecycle, MatterClass, MatterType, ResolvedType, WorkingTime
from rixin.catalogue.work import FormInFile, GoalInYear, MetricInGroup, RecordTypeInGroup, Work
from rixin.catalogue.work_schema import FormTemplate, MeasureUnit, RecordGroup, RecordType, ReportTemplate
from rixin.catalogue.worktime import WorkCalendar

Kind = DefinitionVersion.Kind
WORK: dict[str, str] = {
    Kind.MEASURE: "measures",
    Kind.RECORD: "records",
    Kind.METRIC: "metrics",
    Kind.GOAL: "goals",
    Kind.REPORT: "reports",
    Kind.FORM: "forms",
    Kind.DOCUMENT: "documents",
    Kind.LIST: "lists",
    Kind.REGISTER: "registers",
    Kind.INDUSTRY: "industries",
    Kind.TRAIT: "traits",
    Kind.WARNING: "warnings",
    Kind.PIPELINE: "pipelines",
    Kind.POLICY: "policies",
    Kind.FACILITY_GROUP: "facility_groups",
    Kind.FACILITY: "facilities",
    Kind.LAYOUT: "facility_layouts",
    Kind.CIRCLE: "circles",
    Kind.ROLL: "rolls",
    Kind.ACTIVITY: "activities",
    Kind.PROGRAMME: "programmes",
    Kind.HEAD_COUNT: "head_counts",
}
"""Kinds of definition that follow no lifecycle, each with its table in `Work`."""
_BLOCKS: dict[str, type[Block]] = {
    Kind.MEASURE: MeasureUnit,
    Kind.RECORD: RecordTypeInGroup,
    Kind.METRIC: MetricInGroup,
    Kind.GOAL: GoalInYear,
    Kind.REPORT: ReportTemplate,
    Kind.FORM: FormInFile,
    Kind.DOCUMENT: DocumentTemplate,
    Kind.LIST: MatterList,
    Kind.REGISTER: Register,
    Kind.INDUSTRY: Section,
    Kind.TRAIT: Trait,
    Kind.WARNING: Warning,
    Kind.PIPELINE: Pipeline,
    Kind.POLICY: Policy,
    Kind.FACILITY_GROUP: FacilityGroup,
    Kind.FACILITY: FacilityKind,
    Kind.LAYOUT: FacilityLayout,
    Kind.CIRCLE: Circle,
    Kind.ROLL: Roll,
    Kind.ACTIVITY: EventKind,
    Kind.PROGRAMME: ProjectKind,
    Kind.HEAD_COUNT: HeadCounts,
}
Key = tuple[str, str]
"""(kind, code)"""
_LOOK_AGAIN_AFTER = 5.0
"""Seconds for which a process believes what it knows of the published versions."""


class UnknownType(LookupError):
    """No matter type, record type, form or document of this code is published, or it is retired."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"No type “{code}” is published.")


@dataclass(frozen=True)
class Version:
    id: int
    number: int
    rules: ResolvedType
    retired: bool = False


@dataclass(frozen=True)
class FormVersion:
    """`content`: the bytes of its spreadsheet."""

    id: int
    number: int
    form: FormTemplate
    content: bytes


@dataclass(frozen=True)
class DocumentVersion:
    id: int
    template: DocumentTemplate


@dataclass(frozen=True)
class ProgrammeVersion:
    id: int
    kind: ProjectKind


@dataclass(frozen=True)
class RecordVersion:
    id: int
    number: int
    type: RecordType
    group: RecordGroup


# ---- writing


def publish(catalogue: Catalogue, at: datetime) -> list[DefinitionVersion]:
    """Writes a version of each definition that is new, changed or retired; returns them. Repeating it writes nothing.

    A changed lifecycle makes a new version of each type that follows it: what a case keeps is both together.
    """
    try:
        written = _publish(catalogue, at)
    except IntegrityError:
        # Somebody else published at the same moment and won: what is still to be written is now less, or nothing.
        written = _publish(catalogue, at)
    forget()
    return written


@transaction.atomic
def _publish(catalogue: Catalogue, at: datetime) -> list[DefinitionVersion]:
    latest = {(row.kind, row.code): row for row in _latest()}
    times = _write(_changed(Kind.WORKING_TIME, {"working_time": catalogue.working_time}, latest, at))
    flows = _write(_changed(Kind.LIFECYCLE, catalogue.lifecycles, latest, at))
    flow_of = {code: row for (kind, code), row in latest.items() if kind == Kind.LIFECYCLE}
    flow_of |= {row.code: row for row in flows}
    types = list(_changed_types(catalogue, flow_of, latest, at))
    types += _gone(Kind.MATTER, catalogue.types, latest, at)
    return [*times, *flows, *_write(types), *_write(_changed_work(catalogue, latest, at))]


def _changed_work(
    catalogue: Catalogue, latest: dict[Key, DefinitionVersion], at: datetime
) -> Iterator[DefinitionVersion]:
    for kind, table in WORK.items():
        blocks = getattr(catalogue.work, table)
        yield from _changed(kind, blocks, latest, at)
        yield from _gone(kind, blocks, latest, at)


def _write(rows: Iterable[DefinitionVersion]) -> list[DefinitionVersion]:
    return DefinitionVersion.objects.bulk_create(rows)


def _changed(
    kind: str, blocks: dict[str, Any], latest: dict[Key, DefinitionVersion], at: datetime
) -> Iterable[DefinitionVersion]:
    for code, block in blocks.items():
        body = ordered.written(block) if isinstance(block, Lifecycle) else _plain(block)
        retired = isinstance(block, RecordTypeInGroup) and block.type.retired
        if (row := _new_row(kind, code, body, _digest(body), latest, at, retired=retired)) is not None:
            yield row


def _changed_types(
    catalogue: Catalogue, flow_of: dict[str, DefinitionVersion], latest: dict[Key, DefinitionVersion], at: datetime
) -> Iterable[DefinitionVersion]:
    for code, matter in sorted(catalogue.types.items()):
        flow = flow_of[matter.lifecycle]
        body = {"type": _plain(matter), "matter_class": _plain(catalogue.classes[catalogue.class_of[code]])}
        digest = _digest({**body, "lifecycle": flow.digest})
        if (row := _new_row(Kind.MATTER, code, body, digest, latest, at, retired=matter.retired)) is not None:
            row.lifecycle = flow
            yield row


def _new_row(
    kind: str,
    code: str,
    body: dict[str, Any],
    digest: str,
    latest: dict[Key, DefinitionVersion],
    at: datetime,
    *,
    retired: bool,
) -> DefinitionVersion | None:
    before = latest.get((kind, code))
    if before and before.digest == digest and before.retired == retired:
        return None
    number = before.number + 1 if before else 1
    return DefinitionVersion(
        kind=kind, code=code, number=number, digest=digest, body=body, published_at=at, retired=retired
    )


def _gone(
    kind: str, blocks: Collection[str], latest: dict[Key, DefinitionVersion], at: datetime
) -> list[DefinitionVersion]:
    """A last version, marked as retired, of each definition of the kind that the files no longer name."""
    gone = [
        row.pk for (of_kind, code), row in latest.items() if of_kind == kind and code not in blocks and not row.retired
    ]
    return [
        DefinitionVersion(
            kind=old.kind,
            code=old.code,
            number=old.number + 1,
            digest=old.digest,
            body=old.body,
            lifecycle_id=old.lifecycle_id,
            published_at=at,
            retired=True,
        )
        for old in DefinitionVersion.objects.filter(pk__in=gone)
    ]


def _plain(block: Block) -> dict[str, Any]:
    return block.model_dump(mode="json", by_alias=True)


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# ---- reading


def version(version_id: int) -> Version:
    """The version of this id, wherever it is in history. Versions never change, so they are kept in memory."""
    return _known.version(version_id)


def current(code: str) -> Version:
    """The version that a new case of this type is opened under. Raises UnknownType. No SQL but a look every 5 s."""
    try:
        return _known.open_types()[code]
    except KeyError:
        raise UnknownType(code) from None


def current_types() -> list[Version]:
    """All types that can be opened, ordered by class and number."""
    return list(_known.open_types().values())


def lifecycles() -> list[Lifecycle]:
    """The newest version of each lifecycle that an open type follows, by code."""
    found = {known.rules.lifecycle.code: known.rules.lifecycle for known in _known.open_types().values()}
    return [found[code] for code in sorted(found)]


def work() -> Work:
    """All published definitions of records, metrics, goals, reports and forms that are not retired."""
    return _known.work()


def record(code: str) -> RecordVersion:
    """The version that a new record of this type is entered under. Raises UnknownType."""
    try:
        return _known.open_records()[code]
    except KeyError:
        raise UnknownType(code) from None


def records() -> list[RecordVersion]:
    """All record types that can be entered, in the order of their files."""
    return list(_known.open_records().values())


def record_version(version_id: int) -> RecordVersion:
    """The version of a record type of this id, wherever it is in history."""
    return _known.record_version(version_id)


def form(code: str) -> FormVersion:
    """The version in which this form is filled today. Raises UnknownType."""
    try:
        return _known.open_forms()[code]
    except KeyError:
        raise UnknownType(code) from None


def forms() -> list[FormVersion]:
    """All forms that are filled, in the order of their files."""
    return list(_known.open_forms().values())


def form_version(version_id: int) -> FormVersion:
    """The version of a form of this id, wherever it is in history."""
    return _form_version(DefinitionVersion.objects.get(pk=version_id, kind=Kind.FORM))


def documents() -> list[DocumentVersion]:
    """All documents that can be issued, in the order of their files."""
    return list(_known.open_documents().values())


def document(code: str) -> DocumentVersion:
    """The version in which this document is issued today. Raises UnknownType."""
    try:
        return _known.open_documents()[code]
    except KeyError:
        raise UnknownType(code) from None


def programmes() -> dict[str, ProgrammeVersion]:
    """By code, the version of each kind of project under which one is opened today, in the order of the files."""
    return _known.open_programmes()


def programme(version_id: int) -> ProgrammeVersion:
    """That under which a project was opened."""
    return _known.programme_version(version_id)


def work_calendar() -> WorkCalendar:
    """The published working time; that of the files while none is published."""
    return _known.calendar()


def history(code: str) -> list[DefinitionVersion]:
    """Every version of a matter type, the newest first, each with its lifecycle's row. One query."""
    rows = DefinitionVersion.objects.filter(kind=Kind.MATTER, code=code).select_related("lifecycle")
    return list(rows.order_by("-number"))


def forget() -> None:
    """Read everything anew from the database: after publishing, and between tests."""
    _known.forget()


def _in_order(known: Version) -> tuple[str, str]:
    return known.rules.matter_class.national, known.rules.type.national


@dataclass
class Known:
    """What one process knows of the published versions.

    Rows are only added, so the highest id tells in one cheap look whether anything is new.
    """

    clock: Callable[[], float] = time.monotonic
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _looked_at: float = float("-inf")
    _newest: int | None = None
    _versions: dict[int, Version] = field(default_factory=dict)
    _flows: dict[int, Lifecycle] = field(default_factory=dict)
    _open: dict[str, Version] = field(default_factory=dict)
    _calendar: WorkCalendar | None = None
    _work_ids: list[int] = field(default_factory=list)
    _work: Work | None = None
    _open_records: dict[str, RecordVersion] = field(default_factory=dict)
    _open_forms: dict[str, FormVersion] = field(default_factory=dict)
    _open_documents: dict[str, DocumentVersion] = field(default_factory=dict)
    _record_versions: dict[int, RecordVersion] = field(default_factory=dict)
    _open_programmes: dict[str, ProgrammeVersion] = field(default_factory=dict)
    _programme_versions: dict[int, ProgrammeVersion] = field(default_factory=dict)

    def open_types(self) -> dict[str, Version]:
        """By code, ordered by class and number."""
        self._look()
        return self._open

    def calendar(self) -> WorkCalendar:
        self._look()
        if self._calendar is None:
            self._calendar = WorkCalendar.from_definition(load(catalogue_dir()).working_time)
        return self._calendar

    def version(self, version_id: int) -> Version:
        if (known := self._versions.get(version_id)) is None:
            known = self._read([version_id])[version_id]
        return known

    def work(self) -> Work:
        self._look()
        with self._lock:
            if self._work is None:
                self._read_work()
            return self._work or Work()

    def open_records(self) -> dict[str, RecordVersion]:
        self.work()
        return self._open_records

    def open_forms(self) -> dict[str, FormVersion]:
        self.work()
        return self._open_forms

    def open_documents(self) -> dict[str, DocumentVersion]:
        self.work()
        return self._open_documents

    def open_programmes(self) -> dict[str, ProgrammeVersion]:
        self.work()
        return self._open_programmes

    def programme_version(self, version_id: int) -> ProgrammeVersion:
        if version_id not in self._programme_versions:
            row = DefinitionVersion.objects.get(pk=version_id, kind=Kind.PROGRAMME)
            self._programme_versions[version_id] = ProgrammeVersion(row.pk, ProjectKind.model_validate(row.body))
        return self._programme_versions[version_id]

    def record_version(self, version_id: int) -> RecordVersion:
        if version_id not in self._record_versions:
            row = DefinitionVersion.objects.get(pk=version_id, kind=Kind.RECORD)
            self._record_versions[version_id] = _record_version(row)
        return self._record_versions[version_id]

    def look_again(self) -> None:
        """What is known stays; whether anything is newer is asked at once."""
        self._looked_at = float("-inf")

    def forget(self) -> None:
        with self._lock:
            self._looked_at, self._newest, self._calendar = float("-inf"), None, None
            self._versions, self._flows, self._open = {}, {}, {}
            self._work, self._open_records, self._record_versions = None, {}, {}
            self._open_forms, self._open_documents = {}, {}
            self._open_programmes, self._programme_versions = {}, {}

    def _look(self) -> None:
        if self.clock() - self._looked_at <= _LOOK_AGAIN_AFTER:
            return
        with self._lock:
            if self.clock() - self._looked_at <= _LOOK_AGAIN_AFTER:
                return  # another thread looked while this one waited
            newest = DefinitionVersion.objects.aggregate(newest=Max("pk"))["newest"]
            if newest != self._newest:
                self._read_latest()
                self._newest = newest
            self._looked_at = self.clock()

    def _read_latest(self) -> None:
        rows = list(_latest())
        open_ids = {row.code: row.pk for row in rows if row.kind == Kind.MATTER and not row.retired}
        self._read([version_id for version_id in open_ids.values() if version_id not in self._versions])
        known = sorted((self._versions[version_id] for version_id in open_ids.values()), key=_in_order)
        self._open = {one.rules.type.code: one for one in known}
        self._work_ids = [row.pk for row in rows if row.kind in WORK and not row.retired]
        self._work = None  # parsed when somebody asks: intake never does
        times = [row.pk for row in rows if row.kind == Kind.WORKING_TIME]
        if times:
            body = DefinitionVersion.objects.values_list("body", flat=True).get(pk=times[0])
            self._calendar = WorkCalendar.from_definition(WorkingTime.model_validate(body))

    def _read_work(self) -> None:
        # In the order in which they were published first, which is that of the files.
        first = DefinitionVersion.objects.filter(kind__in=WORK, number=1).values_list("kind", "code", "pk")
        places = {(kind, code): pk for kind, code, pk in first}
        rows = DefinitionVersion.objects.filter(pk__in=self._work_ids)
        work, open_records, open_forms, open_documents = Work(), {}, {}, {}
        open_programmes: dict[str, ProgrammeVersion] = {}
        for row in sorted(rows, key=lambda row: places[row.kind, row.code]):
            getattr(work, WORK[row.kind])[row.code] = _BLOCKS[row.kind].model_validate(row.body)
            if row.kind == Kind.RECORD:
                self._record_versions[row.pk] = open_records[row.code] = _record_version(row)
            elif row.kind == Kind.FORM:
                open_forms[row.code] = _form_version(row)
            elif row.kind == Kind.DOCUMENT:
                open_documents[row.code] = DocumentVersion(row.pk, work.documents[row.code])
            elif row.kind == Kind.PROGRAMME:
                open_programmes[row.code] = ProgrammeVersion(row.pk, work.programmes[row.code])
        self._work, self._open_records = work, open_records
        self._open_forms, self._open_documents = open_forms, open_documents
        self._open_programmes = open_programmes

    def _read(self, version_ids: list[int]) -> dict[int, Version]:
        """Raises KeyError at the caller for an id that is none: it is simply not among those returned."""
        rows = list(DefinitionVersion.objects.filter(pk__in=version_ids))
        flow_ids = {row.lifecycle_id for row in rows if row.lifecycle_id is not None} - self._flows.keys()
        flows = {row.pk: row for row in DefinitionVersion.objects.filter(pk__in=flow_ids)} if flow_ids else {}
        self._flows |= {pk: ordered.read(row.body) for pk, row in flows.items()}
        found = {row.pk: self._version(row) for row in rows}
        self._versions |= found
        return found

    def _version(self, row: DefinitionVersion) -> Version:
        body: Any = row.body
        rules = ResolvedType(
            type=MatterType.model_validate(body["type"]),
            matter_class=MatterClass.model_validate(body["matter_class"]),
            lifecycle=self._flows[row.lifecycle_id or 0],  # never none for a matter type
        )
        return Version(row.pk, row.number, rules, retired=row.retired)


_known = Known()


def _record_version(row: DefinitionVersion) -> RecordVersion:
    kept = RecordTypeInGroup.model_validate(row.body)
    return RecordVersion(row.pk, row.number, kept.type, kept.group)


def _form_version(row: DefinitionVersion) -> FormVersion:
    kept = FormInFile.model_validate(row.body)
    return FormVersion(row.pk, row.number, kept.form, kept.content)


def _latest() -> list[DefinitionVersion]:
    """The newest version of every definition, without its body."""
    newest = DefinitionVersion.objects.values("kind", "code").annotate(newest=Max("id")).values("newest")
    return list(DefinitionVersion.objects.filter(pk__in=newest).defer("body"))
