"""What the page of an import shows: columns and what they hold, rows to be mended, rows as they will be entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue.record_headings import STATE
from rixin.catalogue.versions import RecordVersion
from rixin.desk.brought_tables import Column
from rixin.metrics import wording
from rixin.people import units
from rixin.records.entry import shown
from rixin.records.facilities import of_type
from rixin.records.imports import columns
from rixin.records.imports.plan import Plan
from rixin.records.journal import NewRecord
from rixin.records.models import Import
from rixin.records.tables import headed
from rixin.sheets import Problem, as_text

MOST_PROBLEMS = 200
MOST_ROWS = 10
_SAMPLE = 20


@dataclass(frozen=True)
class Preview:
    columns: list[Column]
    choices: list[tuple[str, str]]
    problems: Sequence[Problem]
    more_problems: int
    heads: list[str]
    rows: list[tuple[int, list[str]]]
    """(row in the file, cells)"""


def preview(plan: Plan, version: RecordVersion) -> Preview:
    kind = version.type
    names = {one.pk: one.name for one in of_type(kind)}
    return Preview(
        columns=[
            Column(nth, heading, _samples(plan, nth), plan.columns.at.get(nth, ""))
            for nth, heading in enumerate(plan.columns.headings)
            if heading or nth in plan.columns.at
        ],
        choices=[(name, label) for name, label in columns.choices(kind) if name != STATE],
        problems=plan.problems[:MOST_PROBLEMS],
        more_problems=max(0, len(plan.problems) - MOST_PROBLEMS),
        heads=[kind.day.here(), *(headed(field) for field in kind.fields), _("Area"), _("Unit")],
        rows=[
            (outcome.line.number, _cells(outcome.new, version, names))
            for outcome in plan.of("ready")[:MOST_ROWS]
            if outcome.new
        ],
    )


def summary(plan: Plan) -> str:
    """What would happen, in a sentence or two."""
    counts = plan.counts
    ready = ngettext("%(n)d row is ready.", "%(n)d rows are ready.", counts["ready"]) % {"n": counts["ready"]}
    parts = [ready]
    if counts["bad"]:
        parts.append(
            ngettext(
                "%(n)d row has to be mended; it does not keep the others back.",
                "%(n)d rows have to be mended; they do not keep the others back.",
                counts["bad"],
            )
            % {"n": counts["bad"]}
        )
    if counts["already"]:
        already = ngettext("%(n)d row is there already.", "%(n)d rows are there already.", counts["already"])
        parts.append(already % {"n": counts["already"]})
    return ("" if wording.chinese() else " ").join(parts)


def result(batch: Import) -> str:
    """What happened."""
    facts = {"entered": batch.entered, "already": batch.already, "bad": batch.bad, "skipped": batch.skipped}
    return (
        _("%(entered)d entered, %(already)d there already, %(bad)d to be mended, %(skipped)d lines that are no rows.")
        % facts
    )


def _samples(plan: Plan, nth: int) -> str:
    texts = [as_text(line.cell(nth))[:_SAMPLE] for line in plan.first_lines]
    return " · ".join(filter(None, texts))


def _cells(new: NewRecord, version: RecordVersion, names: Mapping[int, str]) -> list[str]:
    """`names`: of facilities, by id."""
    values = [shown(field, new.values.get(field.name)) for field in version.type.fields]
    where = names[new.facility] if new.facility is not None else wording.area(new.area_path)
    return [new.period or new.day.isoformat(), *values, where, units.by_id(new.unit).name]
