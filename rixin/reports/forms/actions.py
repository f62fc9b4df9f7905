"""Handing in a form and confirming one: one transaction each, all or nothing. What was handed in is never changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.periods import Period
from rixin.chain import digest
from rixin.metrics import rows
from rixin.people.staff import Staff
from rixin.reports.forms import queries
from rixin.reports.forms.comparing import new_cells
from rixin.reports.forms.filling import Order, fill
from rixin.reports.forms.missing import missing_returns
from rixin.reports.forms.table import Table, as_data
from rixin.reports.models import FormSubmission, SubmissionConfirmation, SubmissionRows
from rixin.reports.packing import MOST, pack


class FormRefused(Exception):
    """A form cannot be handed in or confirmed so; `message` is worded for the person."""

    def __init__(self, code: str, message: str | Promise) -> None:
        self.code, self.message = code, message
        super().__init__(code)


class SubmittedMeanwhile(FormRefused):
    def __init__(self, newest: FormSubmission) -> None:
        self.newest = newest
        super().__init__("submitted_meanwhile", _("Somebody else handed in this form meanwhile. Compare, then decide."))


class ChangedMeanwhile(FormRefused):
    """What the person saw is not what would be handed in."""

    def __init__(self) -> None:
        super().__init__(
            "changed_meanwhile", _("Figures changed while you looked at the form. Look at them again, then hand it in.")
        )


@dataclass(frozen=True)
class Seen:
    """What the page said: the digest of the table, and the number of the last submission (0 for none)."""

    digest: str
    number: int


def submit(order: Order, *, seen: Seen | None, note: str, by: Staff, at: datetime, origin: str = "") -> FormSubmission:
    """Hands in the form as it is now. Sent twice by one page it is one submission. Raises FormRefused.

    `seen`: what the person looked at, so that nothing else is handed in; None where nobody looked at a page.
    """
    try:
        with transaction.atomic():
            return _there(origin) or _submit(order, seen, note, by, at, origin)
    except IntegrityError:
        # Somebody handed it in at the same moment.
        newest = queries.made_for(order.version.form.code, order.period, order.place).first()
        if (there := _there(origin)) is not None:
            return there
        if newest is not None:
            raise SubmittedMeanwhile(newest) from None
        raise


def _there(origin: str) -> FormSubmission | None:
    return FormSubmission.objects.filter(origin=origin).first() if origin else None


def _submit(order: Order, seen: Seen | None, note: str, by: Staff, at: datetime, origin: str) -> FormSubmission:
    table = fill(order)
    _check(order, table, note, at)
    newest = queries.made_for(order.version.form.code, order.period, order.place).first()
    if seen is not None and newest is not None and newest.number != seen.number:
        raise SubmittedMeanwhile(newest)
    if seen is not None and table.digest != seen.digest:
        raise ChangedMeanwhile
    number = newest.number + 1 if newest is not None else 1
    return _store(order, table, number, note=note, by=by, at=at, origin=origin)


@transaction.atomic
def confirm(submission: FormSubmission, *, by: Staff, at: datetime) -> FormSubmission:
    """A second person says that it is right. Raises FormRefused."""
    submission = FormSubmission.objects.select_related("confirmation").get(pk=submission.pk)
    if queries.counts(submission):
        return submission
    if submission.by_id == by.account.pk:
        raise FormRefused("own", _("You handed it in yourself: somebody else has to confirm it."))
    SubmissionConfirmation.objects.create(submission=submission, by=by.account, by_name=by.name, at=at)
    return FormSubmission.objects.select_related("confirmation").get(pk=submission.pk)


def _check(order: Order, table: Table, note: str, at: datetime) -> None:
    if order.period.first > timezone.localdate(at):
        raise FormRefused("not_yet", _("This period has not begun yet."))
    if table.hidden:
        raise FormRefused(
            "hidden", _("You may not see every record of its lists: somebody who does has to hand it in.")
        )
    if table.cut:
        raise FormRefused("too_long", _("A list of this form is too long: ask for a shorter period or a smaller area."))
    if blank := [one.cell.label for one in table.placed() if one.cell.needed and one.cell.value is None]:
        raise FormRefused("blank", _("Please fill in: {labels}.").format(labels=", ".join(dict.fromkeys(blank))))
    if not note.strip() and missing_returns(table):
        raise FormRefused("no_note", _("Returns are missing, so cells stay empty: say in the note why."))


def _store(
    order: Order, table: Table, number: int, *, note: str, by: Staff, at: datetime, origin: str
) -> FormSubmission:
    form, place = order.version.form, order.place
    before = queries.last(form.code, order.period, place)
    filled, typed = new_cells(table, before.table if before is not None else None)
    submission = FormSubmission(
        form=form.code,
        definition_id=order.version.id,
        period=str(order.period),
        area_path=place.area,
        unit_code=place.unit,
        number=number,
        sheets=as_data(table),
        note=note.strip(),
        as_of=order.as_of,
        by=by.account,
        by_name=by.name,
        at=at,
        to_confirm=form.confirmed,
        filled=filled,
        typed=typed,
        seconds_per_cell=form.seconds_per_cell,
        origin=origin,
    )
    submission.digest = digest_of(submission)
    submission.save()
    SubmissionRows.objects.bulk_create(_rows(submission, table))
    return submission


def digest_of(submission: FormSubmission) -> str:
    """What `digest` has to be as long as nobody altered the row."""
    which = [submission.form, submission.definition_id, submission.period, submission.area_path, submission.unit_code]
    who = [submission.by_id, submission.by_name, submission.at, submission.as_of]
    return digest([which, submission.number, submission.sheets, submission.note, who])


def _rows(submission: FormSubmission, table: Table) -> Iterator[SubmissionRows]:
    said = [figure for placed in table.placed() for figure in placed.cell.figures]
    wanted = dict.fromkeys((one["id"], Period.read(one["period"]), one["area"]) for one in said)
    for ((metric, period, area), source), pairs in rows.versions_behind_each(wanted, unit=submission.unit_code).items():
        yield SubmissionRows(
            submission=submission,
            metric=metric,
            period=str(period),
            area_path=area,
            source=source,
            packed=pack(pairs) if len(pairs) <= MOST else None,
        )
