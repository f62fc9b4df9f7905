"""What must hold of records, metrics, goals and reports beyond their shape, so that no figure asks for nothing.

As in `checks`: each check yields (place in the file, reason), and the loader adds file and line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from rixin.catalogue import record_headings, sources
from rixin.catalogue.activity_schema import EventKind
from rixin.catalogue.checks import Found
from rixin.catalogue.columns import Column
from rixin.catalogue.facility_schema import FacilityGroup, FacilityKind
from rixin.catalogue.faults import Loc
from rixin.catalogue.policy_schema import Policy
from rixin.catalogue.programme_schema import ProjectKind
from rixin.catalogue.register_schema import Section, Trait
from rixin.catalogue.report_checks import Defined, faults_of, no_metric
from rixin.catalogue.report_text import parse
from rixin.catalogue.roll_schema import Roll
from rixin.catalogue.schema import Lifecycle, MatterType
from rixin.catalogue.work_schema import (
    Bounds,
    CheckItem,
    Checklist,
    Condition,
    MeasureUnit,
    Metric,
    RecordField,
    RecordType,
    ReportTemplate,
    Where,
)

SHARE = "share"
"""The dimension of rates and ratios."""
MONEY = frozenset({"cny", "usd"})
_USES: dict[str, tuple[set[str], set[str]]] = {
    "count": ({"source"}, {"where", "day"}),
    "sum": ({"source", "field"}, {"where", "day"}),
    "distinct": ({"source", "field"}, {"where", "day"}),
    "rate": ({"source", "part"}, {"where", "day", "asked", "excluded"}),
    "growth": ({"of"}, {"against"}),
    "ratio": ({"of"}, {"over", "against", "rest"}),
    "at_end": ({"source", "day", "until"}, {"where"}),
    "sum_at_end": ({"source", "field", "day", "until"}, {"where"}),
    "distinct_at_end": ({"source", "field", "day", "until"}, {"where"}),
}
"""For each measure: what it needs, and what it may have beside that."""
_OPTIONAL = {"source", "where", "day", "field", "part", "asked", "excluded", "of", "over", "until", "rest"}


@dataclass(frozen=True)
class Known:
    """What the other files define."""

    measures: Mapping[str, MeasureUnit] = field(default_factory=dict)
    records: Mapping[str, RecordType] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    goal_years: frozenset[int] = frozenset()
    lifecycles: Mapping[str, Lifecycle] = field(default_factory=dict)
    types: Mapping[str, MatterType] = field(default_factory=dict)
    industries: Mapping[str, Section] = field(default_factory=dict)
    traits: Mapping[str, Trait] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    facility_groups: Mapping[str, FacilityGroup] = field(default_factory=dict)
    facilities: Mapping[str, FacilityKind] = field(default_factory=dict)
    rolls: Mapping[str, Roll] = field(default_factory=dict)
    activities: Mapping[str, EventKind] = field(default_factory=dict)
    programmes: Mapping[str, ProjectKind] = field(default_factory=dict)

    def columns(self, source: str) -> Mapping[str, Column] | None:
        """The columns of a source; None where there is no such source."""
        if source == sources.CASES:
            return sources.CASE_COLUMNS
        if source in sources.REGISTERS:
            return sources.REGISTERS[source].columns
        record = self.records.get(source)
        return sources.record_columns(record) if record else None


# ---- records


def record_faults(record: RecordType, known: Known) -> Found:
    if record.code == sources.CASES or record.code in sources.REGISTERS:
        yield ("code",), _("“{code}” has a meaning of its own: choose another code").format(code=record.code)
    names = [asked.name for asked in record.fields]
    for nth, asked in enumerate(record.fields):
        if asked.name in names[:nth]:
            yield ("fields", nth, "name"), _("the field “{name}” is there twice").format(name=asked.name)
        for loc, reason in field_faults(asked, known):
            yield ("fields", nth, *loc), reason
    if record.subject is not None and record.subject not in names:
        yield ("subject",), _("there is no field “{name}”").format(name=record.subject)
    yield from _checklists(record, known)
    yield from _booking_faults(record, known)
    for both, label in record_headings.ambiguous(record):
        at = max((names.index(name) for name in both if name in names), default=None)
        where: Loc = ("day",) if at is None else ("fields", at, "label")
        yield where, _("a table of such records would have two columns headed “{label}”").format(label=label)
    yield from _facility_faults(record, known)
    for key in ("due_days", "due_until", "chase_after"):
        if getattr(record, key) is not None and record.period is None:
            yield (key,), _("only a return, which has a “period”, is due")
    if record.due_until and not is_day(record.due_until):
        yield ("due_until",), _("“{day}” is no day of the calendar").format(day=record.due_until)


def _facility_faults(record: RecordType, known: Known) -> Found:
    names = [asked.name for asked in record.fields]
    if record.facility and sources.FACILITY in names:
        said = _("“{name}” is what every record has: choose another name").format(name=sources.FACILITY)
        yield ("fields", names.index(sources.FACILITY), "name"), said
    for nth, code in enumerate(record.facility):
        if code not in known.facilities:
            yield ("facility", nth), _("there is no kind of facility “{code}”").format(code=code)
    if record.facility and record.place == "none":
        yield ("place",), _("the place is that of the facility: “place: none” says otherwise")


def is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _checklists(record: RecordType, known: Known) -> Found:
    for nth, checklist in enumerate(record.checklists):
        for loc, reason in _checklist_faults(checklist, record, known):
            yield ("checklists", nth, *loc), reason


def _checklist_faults(checklist: Checklist, record: RecordType, known: Known) -> Found:
    if not record.on_phone:
        yield (), _("a checklist is gone through on the phone: say “on_phone: true”")
    for name in checklist.sets.keys() - {asked.name for asked in record.fields}:
        yield ("sets", name), _("there is no field “{name}”").format(name=name)
    opened = known.types.get(checklist.opens)
    if opened is None:
        yield ("opens",), _("there is no matter type “{code}”").format(code=checklist.opens)
        return
    if "grid" not in opened.channels:
        yield ("opens",), _("“{code}” is not taken from the grid: see its “channels”").format(code=checklist.opens)
    for nth, item in enumerate(checklist.items):
        yield from _item_faults(item, checklist, opened, ("items", nth))


def _item_faults(item: CheckItem, checklist: Checklist, opened: MatterType, here: Loc) -> Found:
    """What is wrong becomes a matter: all that its form asks for is answered, and nothing else."""
    answered = {*item.form, *([checklist.site] if checklist.site else [])}
    asked_for = {asked.name: asked.required for asked in opened.form}
    for name in answered - asked_for.keys():
        yield here, _("there is no field “{name}”").format(name=name)
    for name in (name for name, required in asked_for.items() if required and name not in answered):
        yield here, _("the matter asks for “{name}”: answer it in “form”").format(name=name)


def _booking_faults(record: RecordType, known: Known) -> Found:
    booked = record.booked
    if booked is None:
        return
    if record.subject is None:
        yield ("booked",), _("a room has a name: say in “subject” which field it is")
    if not any(booked.action in lifecycle.actions for lifecycle in known.lifecycles.values()):
        yield ("booked", "action"), _("there is no action “{code}”").format(code=booked.action)
    if booked.opens >= booked.closes:
        yield ("booked", "closes"), _("it closes before it opens")
    kinds = {asked.name: asked.kind for asked in record.fields}
    for key, name, kind in (("seats", booked.seats, "count"), ("works", booked.works, "yes_no")):
        if name is not None and kinds.get(name) != kind:
            yield ("booked", key), _("there is no field “{name}” of kind “{kind}”").format(name=name, kind=kind)


def field_faults(asked: RecordField, known: Known) -> Found:
    if asked.name in sources.RECORD_GROUND:
        yield ("name",), _("“{name}” is what every record has: choose another name").format(name=asked.name)
    if asked.kind == "choice" and not asked.options:
        yield ("kind",), _("“{name}” is a choice without options").format(name=asked.name)
    if asked.options and asked.kind != "choice":
        yield ("options",), _("only a field of kind “choice” has options")
    if asked.kind in ("count", "amount") and asked.unit is None:
        yield ("kind",), _("“{name}” is a number: say in “unit” what is counted").format(name=asked.name)
    if asked.unit is not None and asked.unit not in known.measures:
        yield ("unit",), no_unit(asked.unit)
    if asked.decimals and asked.kind != "amount":
        yield ("decimals",), _("only a field of kind “amount” has digits after the point")


def no_unit(code: str) -> str:
    return _("there is no unit of measure “{code}”").format(code=code)


# ---- metrics


def metric_faults(metric: Metric, known: Known) -> Found:
    uses = list(_uses(metric))
    yield from uses
    if uses:
        return  # what is missing or too much makes the rest meaningless
    if metric.source is not None:
        columns = known.columns(metric.source)
        if columns is None:
            yield (
                ("source",),
                _("there is no source “{code}”: neither “cases”, nor of the registers, nor a record type").format(
                    code=metric.source
                ),
            )
            return
        faults = list(_over_rows(metric, columns))
        yield from faults
        if any(loc == ("field",) for loc, _reason in faults):
            return  # nothing can be said of the unit of what cannot be added up
    if metric.indicator and not _is_monthly(metric, known):
        yield (
            ("indicator",),
            _("an indicator is a sum, without conditions, of a return that is due each month and asks for no place"),
        )
    yield from _of_others(metric, known)
    yield from _show(metric, known)


def _is_monthly(metric: Metric, known: Known) -> bool:
    """Whether there is one number for each month, so that a month that lacks it can be told."""
    record = known.records.get(metric.source or "")
    if record is None or metric.measure != "sum" or metric.where or metric.day:
        return False
    return record.period == "month" and record.place == "none"


def _uses(metric: Metric) -> Found:
    needed, allowed = _USES[metric.measure]
    given = {name for name in _OPTIONAL & metric.model_fields_set if getattr(metric, name)}
    for name in sorted(needed - given):
        yield ("measure",), _("a metric of measure “{measure}” needs “{key}”").format(measure=metric.measure, key=name)
    for name in sorted(given - needed - allowed):
        yield (
            (name,),
            _("a metric of measure “{measure}” has no use for “{key}”").format(measure=metric.measure, key=name),
        )


def _over_rows(metric: Metric, columns: Mapping[str, Column]) -> Found:
    yield from _where(metric.where, columns, ("where",))
    yield from _where(metric.part, columns, ("part",))
    yield from _where(metric.asked, columns, ("asked",))
    for nth, exclusion in enumerate(metric.excluded):
        yield from _where(exclusion.where, columns, ("excluded", nth, "where"))
    for key in ("day", "until"):
        name = getattr(metric, key)
        if name is None:
            continue
        if name not in columns:
            yield (key,), _no_column(name, columns)
        elif columns[name].kind != "day":
            yield (key,), _("“{name}” is no day").format(name=name)
    if metric.field is None:
        return
    if metric.field not in columns:
        yield ("field",), _no_column(metric.field, columns)
    elif metric.adds and columns[metric.field].kind != "number":
        yield ("field",), _("“{name}” is no number and cannot be added up").format(name=metric.field)


def _where(where: Where, columns: Mapping[str, Column], here: Loc) -> Found:
    for name, condition in where.items():
        if name not in columns:
            yield (*here, name), _no_column(name, columns)
        else:
            yield from _condition(name, condition, columns, (*here, name))


def _condition(name: str, condition: Condition, columns: Mapping[str, Column], here: Loc) -> Found:
    column = columns[name]
    if isinstance(condition, Bounds):
        yield from _bounds(name, condition, columns, here)
        return
    for value in condition if isinstance(condition, list) else [condition]:
        if column.kind == "day":
            yield here, _("“{name}” is a day: use bounds such as “filled: true”").format(name=name)
        elif column.kind == "flag" and not isinstance(value, bool):
            yield here, _("“{name}” is either true or false, not “{value}”").format(name=name, value=value)
        elif column.kind == "number" and (isinstance(value, bool) or not isinstance(value, int)):
            yield here, _("“{name}” is a number, not “{value}”").format(name=name, value=value)
        elif column.kind in ("code", "text") and not isinstance(value, str):
            yield here, _("“{name}” is a word, not “{value}”: put it in quotes").format(name=name, value=value)
        elif column.options and value not in {option.code for option in column.options} | {""}:
            yield (
                here,
                _("“{name}” cannot be “{value}” (it can be {known})").format(
                    name=name, value=value, known=", ".join(option.code for option in column.options)
                ),
            )


def _bounds(name: str, bounds: Bounds, columns: Mapping[str, Column], here: Loc) -> Found:
    column = columns[name]
    if not bounds.model_fields_set:
        yield here, _("the condition on “{name}” says nothing").format(name=name)
    if (bounds.at_least is not None or bounds.at_most is not None) and column.kind not in ("number", "day"):
        yield here, _("“{name}” is neither a number nor a day: it has no least or most").format(name=name)
    if bounds.by is None:
        return
    other = columns.get(bounds.by)
    if other is None:
        yield (*here, "by"), _no_column(bounds.by, columns)
    elif other.kind != column.kind or column.kind not in ("number", "day"):
        yield (*here, "by"), _("“{name}” cannot be compared with “{other}”").format(name=name, other=bounds.by)


def _no_column(name: str, columns: Mapping[str, Column]) -> str:
    return _("there is no field “{name}” (there are {known})").format(
        name=name, known=", ".join(known for known in columns if known not in ("id", "version", "mark"))
    )


def _of_others(metric: Metric, known: Known) -> Found:
    for key in ("of", "over"):
        code = getattr(metric, key)
        if code is not None and code not in known.metrics:
            yield (key,), no_metric(code)
    if any(step == metric.code for step in asked_of(metric, known)):
        yield ("of",), _("“{code}” is asked of itself").format(code=metric.code)


def asked_of(metric: Metric, known: Known) -> Iterator[str]:
    """The metrics that this one needs, those that they need, and so on."""
    seen: set[str] = set()
    todo = [code for code in (metric.of, metric.over) if code]
    while todo:
        code = todo.pop()
        yield code
        if code not in seen and code in known.metrics:
            seen.add(code)
            todo += [other for other in (known.metrics[code].of, known.metrics[code].over) if other]


def _show(metric: Metric, known: Known) -> Found:
    unit = known.measures.get(metric.show.unit)
    if unit is None:
        yield ("show", "unit"), no_unit(metric.show.unit)
        return
    wanted = dimension_of(metric, known)
    if wanted is not None and unit.dimension != wanted:
        yield (
            ("show", "unit"),
            _("this measures {wanted}, and “{unit}” is a unit of {dimension}").format(
                wanted=wanted, unit=unit.code, dimension=unit.dimension
            ),
        )
    if wanted is None and unit.dimension in {SHARE, *MONEY}:
        yield (
            ("show", "unit"),
            _("rows are counted, and “{unit}” is a unit of {dimension}").format(
                unit=unit.code, dimension=unit.dimension
            ),
        )
    if metric.show.at_least is not None and unit.dimension == SHARE:
        yield ("show", "at_least"), _("a share is said as it is: leave “at_least” away")
    if metric.measure == "ratio" and metric.of in known.metrics and metric.over in known.metrics:
        of, over = (dimension_of(known.metrics[code], known) for code in (metric.of or "", metric.over or ""))
        if of != over and None not in (of, over):
            yield ("over",), _("{of} cannot be divided by {over}").format(of=of, over=over)


def dimension_of(metric: Metric, known: Known) -> str | None:
    """What a metric is in; None where rows are counted, which any counting word may name."""
    if metric.measure in ("rate", "growth", "ratio"):
        return SHARE
    if not metric.adds:
        return None
    column = (known.columns(metric.source or "") or {}).get(metric.adds)
    unit = known.measures.get(column.unit or "") if column else None
    return unit.dimension if unit else None


# ---- reports


def report_faults(report: ReportTemplate, known: Known) -> Found:
    parsed = {language: parse(getattr(report.body, language)) for language in ("zh", "en")}
    for language, text in parsed.items():
        for fault in faults_of(text, Defined(known.metrics, known.goal_years)):
            said = _("line {line} of the text: {reason}").format(line=fault.line, reason=fault.reason)
            yield ("body", language), said
    chinese, english = (set(text.metrics()) for text in parsed.values())
    for code in sorted(chinese ^ english):
        language = "en" if code in chinese else "zh"
        yield ("body", language), _("the figure “{code}” stands in one language only").format(code=code)
