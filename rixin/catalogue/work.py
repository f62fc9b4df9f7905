"""What the files define beside matters: measures, records, metrics, reports, lists, registers and the like."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Base64Bytes

from rixin.catalogue import work_checks
from rixin.catalogue.activity_checks import activity_faults
from rixin.catalogue.activity_schema import ActivityFile, EventKind
from rixin.catalogue.checks import Found
from rixin.catalogue.circle_checks import circle_faults
from rixin.catalogue.circle_schema import Circle, CircleFile
from rixin.catalogue.document_checks import document_faults
from rixin.catalogue.document_schema import DocumentFile, DocumentTemplate
from rixin.catalogue.facility_checks import facility_faults, layout_faults
from rixin.catalogue.facility_schema import (
    FacilityFile,
    FacilityGroup,
    FacilityGroupFile,
    FacilityKind,
    FacilityLayout,
    FacilityLayoutFile,
)
from rixin.catalogue.faults import Loc
from rixin.catalogue.form_checks import form_faults
from rixin.catalogue.form_sheet import LARGEST
from rixin.catalogue.goal_checks import goal_faults
from rixin.catalogue.head_count_checks import head_count_faults
from rixin.catalogue.head_count_schema import HeadCountFile, HeadCounts
from rixin.catalogue.list_checks import list_faults
from rixin.catalogue.list_schema import ListFile, MatterList
from rixin.catalogue.pipeline_checks import pipeline_faults
from rixin.catalogue.pipeline_schema import Pipeline, PipelineFile
from rixin.catalogue.policy_checks import policy_faults
from rixin.catalogue.policy_schema import Policy, PolicyFile
from rixin.catalogue.programme_checks import programme_faults
from rixin.catalogue.programme_schema import ProgrammeFile, ProjectKind
from rixin.catalogue.register_checks import section_faults, trait_faults, warning_faults
from rixin.catalogue.register_schema import (
    IndustryFile,
    Register,
    RegisterFile,
    Section,
    Trait,
    TraitFile,
    Warning,
    WarningFile,
)
from rixin.catalogue.roll_checks import roll_faults
from rixin.catalogue.roll_schema import Roll, RollFile
from rixin.catalogue.schema import Block
from rixin.catalogue.work_checks import Known
from rixin.catalogue.work_schema import (
    FormFile,
    FormTemplate,
    Goal,
    GoalFile,
    GoalYear,
    MeasureFile,
    MeasureUnit,
    Metric,
    MetricFile,
    MetricGroup,
    RecordFile,
    RecordGroup,
    RecordType,
    ReportFile,
    ReportTemplate,
)


class RecordTypeInGroup(Block):
    """A record type with what a record keeps of its definition."""

    type: RecordType
    group: RecordGroup


class MetricInGroup(Block):
    metric: Metric
    group: MetricGroup


class GoalInYear(Block):
    goal: Goal
    year: GoalYear


class FormInFile(Block):
    """A form with its spreadsheet, so that what is published is whole and stays what it was."""

    form: FormTemplate
    content: Base64Bytes

    @classmethod
    def beside(cls, form: FormTemplate, folder: Path) -> "FormInFile":
        """Empty where there is no such file: the checks tell."""
        path = folder / form.file
        content = b""
        if path.is_file():
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        return cls.of(form, content)

    @classmethod
    def of(cls, form: FormTemplate, content: bytes) -> "FormInFile":
        return cls(form=form, content=b64encode(content))


@dataclass
class Work:
    """By code, in the order of the files."""

    measures: dict[str, MeasureUnit] = field(default_factory=dict)
    records: dict[str, RecordTypeInGroup] = field(default_factory=dict)
    metrics: dict[str, MetricInGroup] = field(default_factory=dict)
    goals: dict[str, GoalInYear] = field(default_factory=dict)
    reports: dict[str, ReportTemplate] = field(default_factory=dict)
    forms: dict[str, FormInFile] = field(default_factory=dict)
    documents: dict[str, DocumentTemplate] = field(default_factory=dict)
    lists: dict[str, MatterList] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    industries: dict[str, Section] = field(default_factory=dict)
    traits: dict[str, Trait] = field(default_factory=dict)
    warnings: dict[str, Warning] = field(default_factory=dict)
    pipelines: dict[str, Pipeline] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    facility_groups: dict[str, FacilityGroup] = field(default_factory=dict)
    facilities: dict[str, FacilityKind] = field(default_factory=dict)
    facility_layouts: dict[str, FacilityLayout] = field(default_factory=dict)
    circles: dict[str, Circle] = field(default_factory=dict)
    rolls: dict[str, Roll] = field(default_factory=dict)
    activities: dict[str, EventKind] = field(default_factory=dict)
    programmes: dict[str, ProjectKind] = field(default_factory=dict)
    head_counts: dict[str, HeadCounts] = field(default_factory=dict)

    def known(self) -> Known:
        return Known(
            measures=self.measures,
            records={code: one.type for code, one in self.records.items()},
            metrics={code: one.metric for code, one in self.metrics.items()},
            goal_years=frozenset(one.year.year for one in self.goals.values()),
            industries=self.industries,
            traits=self.traits,
            policies=self.policies,
            facility_groups=self.facility_groups,
            facilities=self.facilities,
            rolls=self.rolls,
            activities=self.activities,
            programmes=self.programmes,
        )


Kept = tuple[str, str, Block, Loc]
"""(name of the table in Work, code, what is kept, place in the file)"""


def definitions_in(block: Block, folder: Path) -> Iterator[Kept]:
    """Everything that one file in `folder` defines."""
    if isinstance(block, ReportFile):
        yield "reports", block.report.code, block.report, ("report",)
    elif isinstance(block, FormFile):
        yield "forms", block.form.code, FormInFile.beside(block.form, folder), ("form",)
    elif isinstance(block, PipelineFile):
        yield "pipelines", block.pipeline.code, block.pipeline, ("pipeline",)
    else:
        for key, table, kept in _listed(block):
            for nth, one in enumerate(kept):
                yield table, one[0], one[1], (key, nth)


_PLAIN: dict[type[Block], str] = {
    MeasureFile: "measures",
    DocumentFile: "documents",
    ListFile: "lists",
    RegisterFile: "registers",
    IndustryFile: "industries",
    TraitFile: "traits",
    WarningFile: "warnings",
    PolicyFile: "policies",
    FacilityGroupFile: "facility_groups",
    FacilityFile: "facilities",
    FacilityLayoutFile: "facility_layouts",
    CircleFile: "circles",
    RollFile: "rolls",
    ActivityFile: "activities",
    ProgrammeFile: "programmes",
    HeadCountFile: "head_counts",
}
"""Files that are a list of what is kept as it is: the list's key in the file is the name of the table in Work."""


def _listed(block: Block) -> Iterator[tuple[str, str, list[tuple[str, Block]]]]:
    """(key of the list in the file, name of the table in Work, what is kept by code) of a file with a list."""
    if table := _PLAIN.get(type(block)):
        yield table, table, [(one.code, one) for one in getattr(block, table)]
    elif isinstance(block, RecordFile):
        yield "types", "records", [(one.code, RecordTypeInGroup(type=one, group=block.records)) for one in block.types]
    elif isinstance(block, MetricFile):
        yield (
            "figures",
            "metrics",
            [(one.code, MetricInGroup(metric=one, group=block.metrics)) for one in block.figures],
        )
    elif isinstance(block, GoalFile):
        yield "items", "goals", [(one.code, GoalInYear(goal=one, year=block.goals)) for one in block.items]


_Check = Callable[[Any, Known], Found]
_CHECKS: dict[type[Block], _Check] = {
    RecordTypeInGroup: lambda kept, known: work_checks.record_faults(kept.type, known),
    MetricInGroup: lambda kept, known: work_checks.metric_faults(kept.metric, known),
    GoalInYear: lambda kept, known: goal_faults(kept.goal, kept.year, known),
    ReportTemplate: work_checks.report_faults,
    FormInFile: lambda kept, known: form_faults(kept.form, kept.content, known),
    DocumentTemplate: lambda kept, known: document_faults(kept, known.lifecycles, known.types),
    MatterList: lambda kept, known: list_faults(kept, known.lifecycles, known.types),
    Pipeline: pipeline_faults,
    Policy: policy_faults,
    FacilityKind: facility_faults,
    FacilityLayout: layout_faults,
    Circle: circle_faults,
    Roll: roll_faults,
    EventKind: activity_faults,
    ProjectKind: programme_faults,
    HeadCounts: head_count_faults,
    Section: lambda kept, _known: section_faults(kept),
    Trait: lambda kept, _known: trait_faults(kept),
    Warning: lambda kept, _known: warning_faults(kept),
}


def faults_of(kept: Block, known: Known) -> Found:
    """What is wrong with one definition, given all the others."""
    if check := _CHECKS.get(type(kept)):
        yield from check(kept, known)
