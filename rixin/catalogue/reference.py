"""docs/developers/catalogue-reference.md: every key that a definition may have, written from the schema itself."""

import inspect
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from rixin.catalogue import (
    activity_schema,
    circle_schema,
    document_schema,
    facility_schema,
    head_count_schema,
    list_schema,
    pipeline_schema,
    policy_schema,
    programme_schema,
    register_schema,
    roll_schema,
    schema,
    work_schema,
)
from rixin.catalogue.schema import Block

HEAD = """\
# Keys of a definition

Written by `rixin catalogue reference` from `rixin/catalogue/schema.py`, `work_schema.py`, `document_schema.py`,
`list_schema.py`, `register_schema.py`, `pipeline_schema.py`, `policy_schema.py`, `facility_schema.py`,
`circle_schema.py`, `head_count_schema.py`, `roll_schema.py`, `activity_schema.py` and `programme_schema.py`; a test
holds them equal.
How to add a matter type: [catalogue.md](catalogue.md). A key that is not listed is refused when the file is loaded.

Files (`*.yaml`, anywhere under the catalogue's folder) begin with one of: `matters` (a main class and its types),
`lifecycle`, `working_time`, `measures` (units of measure), `records` (a field of work and its record types), `metrics`
(a subject and its figures), `goals` (of one year), `report`, `form` (a table that a higher level asks for),
`documents` (what goes out in a matter), `lists` (matters that are
kept in view until they are struck off), `registers` (who keeps enterprises and buildings), `industries`, `traits`
(what is known of enterprises with its dates), `warnings` (facts for which somebody calls there), `pipeline` (stages by
which leads come nearer to landing), `policies` (rewards and subsidies to enterprises), `facility_groups` and
`facilities` (places that serve residents), `facility_layouts` (how many of which there are to be), `circles` (how far
one is to walk to them), `head_counts` (totals of homes), `rolls` (persons who use a service), `activities` (events
that people come to) or `programmes` (kinds of project with their steps).
How figures and reports are written: [figures.md](figures.md); documents:
[documents.md](documents.md).
"""
ORDER = (
    schema.MatterFile,
    schema.MatterClass,
    schema.MatterType,
    schema.AskedField,
    schema.Option,
    schema.AnswerTemplate,
    schema.Words,
    schema.Leaving,
    schema.Drawn,
    schema.Sign,
    schema.Text,
    schema.Term,
    schema.LifecycleFile,
    schema.Lifecycle,
    schema.State,
    schema.Clock,
    schema.Action,
    schema.ClockEffects,
    schema.WorkingTimeFile,
    schema.WorkingTime,
    schema.WorkingHours,
    schema.SpecialDay,
    work_schema.MeasureFile,
    work_schema.MeasureUnit,
    work_schema.RecordFile,
    work_schema.RecordGroup,
    work_schema.RecordType,
    work_schema.RecordField,
    work_schema.Checklist,
    work_schema.CheckItem,
    work_schema.Booked,
    work_schema.MetricFile,
    work_schema.MetricGroup,
    work_schema.Metric,
    work_schema.Shown,
    work_schema.Bounds,
    work_schema.Exclusion,
    work_schema.GoalFile,
    work_schema.GoalYear,
    work_schema.Lights,
    work_schema.Reviewing,
    work_schema.Goal,
    work_schema.Milestone,
    work_schema.ReportFile,
    work_schema.ReportTemplate,
    work_schema.FormFile,
    work_schema.FormTemplate,
    document_schema.DocumentFile,
    document_schema.DocumentTemplate,
    list_schema.ListFile,
    list_schema.MatterList,
    list_schema.ListColumn,
    register_schema.RegisterFile,
    register_schema.Register,
    register_schema.IndustryFile,
    register_schema.Section,
    register_schema.Division,
    register_schema.TraitFile,
    register_schema.Trait,
    register_schema.WarningFile,
    register_schema.Warning,
    pipeline_schema.PipelineFile,
    pipeline_schema.Pipeline,
    pipeline_schema.Stage,
    pipeline_schema.Landing,
    policy_schema.PolicyFile,
    policy_schema.Policy,
    policy_schema.PolicyCondition,
    facility_schema.FacilityGroupFile,
    facility_schema.FacilityGroup,
    facility_schema.FacilityFile,
    facility_schema.FacilityKind,
    facility_schema.FacilityLayoutFile,
    facility_schema.FacilityLayout,
    facility_schema.LayoutRule,
    head_count_schema.HeadCountFile,
    head_count_schema.HeadCounts,
    head_count_schema.Counted,
    circle_schema.CircleFile,
    circle_schema.Circle,
    roll_schema.RollFile,
    roll_schema.Roll,
    roll_schema.RollField,
    roll_schema.Serving,
    roll_schema.RollVisits,
    activity_schema.ActivityFile,
    activity_schema.EventKind,
    activity_schema.SignUpRules,
    activity_schema.TeamLevel,
    programme_schema.ProgrammeFile,
    programme_schema.ProjectKind,
    programme_schema.LateTold,
    programme_schema.ProjectStep,
    programme_schema.Vote,
)


def reference() -> str:
    return "\n".join([HEAD, *(line for block in ORDER for line in _section(block))])


def _section(block: type[Block]) -> Iterator[str]:
    yield f"## {_words(block.__name__)}"
    doc = inspect.getdoc(block)
    if doc and doc != inspect.getdoc(Block):
        yield f"{doc}\n"
    yield "| key | value | without it | meaning |"
    yield "|---|---|---|---|"
    notes = _notes(block)
    for name, field in block.model_fields.items():
        meaning = notes.get(name, "").replace("|", "\\|")
        yield f"| `{field.alias or name}` | {_kind(field)} | {_default(field)} | {meaning} |"
    yield ""


def _notes(block: type[Block]) -> dict[str, str]:
    """Field name -> the text under it in the source, on one line."""
    found: dict[str, str] = {}
    name = ""
    pattern = re.compile(r'^    (?:(?P<name>\w+): .*|"""(?P<note>.*?)""")$', re.DOTALL)
    for statement in re.split(r"\n(?=    \S)", inspect.getsource(block)):
        if (match := pattern.match(statement.rstrip())) is None:
            continue
        if match["name"]:
            name = match["name"]
        elif name:
            found[name] = " ".join(match["note"].split())
    return found


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    default = field.default
    if isinstance(default, Block):
        return "none"
    if default in (None, [], {}):
        return "none"
    shown = default if isinstance(default, list) else [default]
    return ", ".join(f"`{str(value).lower() if isinstance(value, bool) else value}`" for value in shown)


def _kind(field: FieldInfo) -> str:
    return _type(field.annotation)


def _type(annotation: Any) -> str:
    for known, words in _KNOWN:
        if annotation is known or annotation == known:
            return words
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(args[0])
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in args)
    if origin in (Union, UnionType):
        return " or ".join(_type(arg) for arg in args if arg is not type(None))
    if origin is list:
        return f"list of {_type(args[0])}"
    if origin is dict:
        return f"{_type(args[0])}: {_type(args[1])}"
    if isinstance(annotation, type) and issubclass(annotation, Block):
        words = _words(annotation.__name__)
        return f"[{words}](#{words.replace(' ', '-')})"
    return {str: "text", int: "whole number", Decimal: "number", bool: "`true` · `false`"}.get(
        annotation, str(annotation)
    )


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


_KNOWN = (
    (schema.Code, "code"),
    (schema.NonEmpty, "text"),
    (work_schema.IsoDay, "day"),
    (policy_schema.Yuan, "yuan"),
    (work_schema.Condition, "a value, a list of values, or [bounds](#bounds)"),
)


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(reference(), encoding="utf-8")
