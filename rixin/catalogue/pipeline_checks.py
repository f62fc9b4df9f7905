"""What must hold of a pipeline beyond its shape, so that what lands can be written down.

As in `checks`: each check yields (place in the file, reason), and the loader adds file and line.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.pipeline_schema import LeadFact, Pipeline
from rixin.catalogue.register_checks import twice
from rixin.catalogue.work_checks import Known
from rixin.catalogue.work_schema import RecordField, RecordFieldKind, RecordType

_KINDS: dict[LeadFact, tuple[RecordFieldKind, ...]] = {
    "name": ("text", "long_text"),
    "amount": ("amount",),
    "industry": ("text", "long_text"),
    "partner": ("text", "long_text"),
    "kind": ("choice",),
}
"""Kinds of field that hold what a lead says."""
_MONEY = "cny"


def pipeline_faults(pipeline: Pipeline, known: Known) -> Found:
    for key in ("stages", "kinds", "lost"):
        yield from twice([one.code for one in getattr(pipeline, key)], key)
    landing = pipeline.landing
    record = known.records.get(landing.record)
    if record is None:
        yield ("landing", "record"), _("there is no record type “{code}”").format(code=landing.record)
        return
    if record.period is not None:
        yield (
            ("landing", "record"),
            _("“{code}” is a return: one lead would be all of its period").format(code=record.code),
        )
    fields = {asked.name: asked for asked in record.fields}
    for name, fact in landing.values.items():
        here = ("landing", "values", name)
        if name not in fields:
            yield here, _("there is no field “{name}”").format(name=name)
            continue
        yield from ((here, reason) for reason in _value_faults(fact, fields[name], pipeline, known))
    yield from _unanswered(record, pipeline)


def _value_faults(fact: LeadFact, field: RecordField, pipeline: Pipeline, known: Known) -> Iterator[str]:
    says = {"amount": pipeline.amount, "partner": pipeline.partner is not None, "kind": bool(pipeline.kinds)}
    if not says.get(fact, True):
        yield _("leads of this pipeline have no “{fact}”").format(fact=fact)
    elif field.kind not in _KINDS[fact]:
        yield _("“{name}” is a field of kind “{kind}” and cannot hold “{fact}”").format(
            name=field.name, kind=field.kind, fact=fact
        )
    elif fact == "amount" and (unit := known.measures.get(field.unit or "")) and unit.dimension != _MONEY:
        yield _("“{name}” is counted in {unit}, and an amount is in yuan").format(name=field.name, unit=unit.code)
    elif fact == "kind":
        offered = {option.code for option in field.options}
        for option in pipeline.kinds:
            if option.code not in offered:
                yield _("“{name}” has no option “{code}”").format(name=field.name, code=option.code)


def _unanswered(record: RecordType, pipeline: Pipeline) -> Found:
    for asked in record.fields:
        if asked.required and asked.name not in pipeline.landing.values:
            yield (
                ("landing", "values"),
                _("the record asks for “{name}”: say what of the lead it is").format(name=asked.name),
            )
