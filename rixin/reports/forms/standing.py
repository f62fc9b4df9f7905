"""A form beside those that were handed in before: what differs from the last one, and from the period before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import FormVersion
from rixin.metrics.scope import Place
from rixin.records.models import Record
from rixin.reports.forms import queries
from rixin.reports.forms.blanks import typed_in
from rixin.reports.forms.comparing import Change, against, changes, gone
from rixin.reports.forms.filling import Order, fill
from rixin.reports.forms.listing import as_seen
from rixin.reports.forms.table import Table
from rixin.reports.models import FormSubmission


@dataclass(frozen=True)
class Standing:
    """`last`: the submission before it of the same period; `former`: that of the period before.

    `changes` and `gone` are against the last, `against` holds how much more each figure is than in the former.
    """

    version: FormVersion
    period: Period
    place: Place
    as_of: datetime
    by: str
    table: Table
    last: FormSubmission | None
    former: FormSubmission | None
    changes: Mapping[str, Change]
    gone: tuple[int, ...]
    against: Mapping[str, Decimal]
    submission: FormSubmission | None = None
    """Where it was handed in."""


def today(order: Order) -> Standing:
    """The form as it would be handed in now."""
    code, place = order.version.form.code, order.place
    last = queries.last(code, order.period, place)
    return _beside(order, fill(order), last, queries.last(code, order.period.before(), place))


def handed_in(submission: FormSubmission, seen: QuerySet[Record] | None = None) -> Standing:
    """A submission beside those that were there when it was handed in. `seen`: the records that the reader may see."""
    period, place = Period.read(submission.period), queries.place_of(submission)
    version = versions.form_version(submission.definition_id)
    order = Order(version, period, place, submission.as_of, by=submission.by_name, seen=seen)
    last = queries.last(submission.form, period, place, before=submission)
    former = queries.last(submission.form, period.before(), place, before=submission)
    return _beside(order, as_seen(submission.table, seen), last, former, submission)


def other_today(submission: FormSubmission, order: Order) -> dict[str, Change]:
    """What a submission would say otherwise if it was handed in now, by the key of the cell."""
    now = fill(replace(order, typed=typed_in(submission.table)))
    return {change.now.cell.key: change for change in changes(now, as_seen(submission.table, order.seen))}


def _beside(
    order: Order,
    table: Table,
    last: FormSubmission | None,
    former: FormSubmission | None,
    submission: FormSubmission | None = None,
) -> Standing:
    then = as_seen(last.table, order.seen) if last is not None else None
    return Standing(
        order.version,
        order.period,
        order.place,
        order.as_of,
        order.by,
        table,
        last,
        former,
        {change.now.cell.key: change for change in changes(table, then)} if then is not None else {},
        tuple(gone(table, then)) if then is not None else (),
        against(table, former.table) if former is not None else {},
        submission,
    )
