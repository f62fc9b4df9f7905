"""Bringing a table of records, importing it, and taking an import back: what writes imports. Cut off, it goes on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin import sheet_lines
from rixin.catalogue.versions import RecordVersion
from rixin.people.actors import Actor
from rixin.people.staff import Staff
from rixin.records import actions, journal, queries
from rixin.records.actions import EntryRefused
from rixin.records.imports import files
from rixin.records.imports.plan import Outcome, Plan, Wanted, plan
from rixin.records.journal import NewRecord
from rixin.records.models import Import, Status
from rixin.sheets import FileFault, plain_heading

BATCH = 500
LONGEST_NAME = 120
UNDONE = gettext_lazy("This import was undone. Bring the file again.")


class ImportRefused(Exception):
    """An import cannot go on or be taken back so; `message` in the reader's language."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code)


@transaction.atomic
def bring(content: bytes, filename: str, version: RecordVersion, *, by: Staff, at: datetime) -> Import:
    """Takes a table in, to be looked at; writes no record. Raises FileFault where it cannot be read as one."""
    batch = Import.objects.create(
        type=version.type.code,
        account=by.account,
        unit_id=queries.unit_for(by, version),
        filename=filename[-LONGEST_NAME:],
        made_at=at,
    )
    sheet_lines.read(BytesIO(content), batch.filename)
    files.keep(batch, content)
    return batch


def looked_at(batch: Import, version: RecordVersion, by: Staff) -> Plan:
    """What importing it would do now, or would still do. Raises FileFault; also where the file is kept no more."""
    wanted = Wanted(
        version=version,
        staff=by,
        today=timezone.localdate(),
        chosen=[held for _heading, held in batch.columns],
        learnt=_learnt(batch),
        again=batch.again,
        batch=batch.pk,
    )
    try:
        with files.path_of(batch).open("rb") as file:
            return plan(file, batch.filename, wanted)
    except FileNotFoundError:
        raise FileFault(_("The file is kept no more. Bring it again.")) from None


def choose(batch: Import, headings: Sequence[str], names: Sequence[str], *, again: bool) -> None:
    """Sets what each column holds, and whether what is there already is entered as further work. Not once it began."""
    columns = [list(pair) for pair in zip(headings, names, strict=True)]
    Import.objects.filter(pk=batch.pk, status=Import.Status.CHECKED).update(columns=columns, again=again)
    batch.refresh_from_db()


def discard(batch: Import) -> None:
    """Lets a table go of which nothing was imported."""
    if Import.objects.filter(pk=batch.pk, status=Import.Status.CHECKED).delete()[0]:
        files.path_of(batch).unlink(missing_ok=True)


def carry_out(
    batch: Import,
    version: RecordVersion,
    *,
    by: Staff,
    at: datetime,
    told: Callable[[int], object] = lambda count: None,
) -> Import:
    """Enters the good rows, some hundred in one transaction each. What was cut off goes on; what is done stays so.

    `told` hears how many were entered more. Raises FileFault, ImportRefused.
    """
    if batch.status == Import.Status.UNDONE:
        raise ImportRefused("undone", str(UNDONE))
    found = looked_at(batch, version, by)
    if found.faults:
        raise ImportRefused("columns", " ".join(found.faults))
    pairs = [[heading, found.columns.at.get(nth, "")] for nth, heading in enumerate(found.columns.headings)]
    started = Import.objects.filter(pk=batch.pk).exclude(status=Import.Status.UNDONE)
    started.update(status=Import.Status.IMPORTING, columns=pairs)
    ready, refused = iter(found.of("ready")), 0
    while chunk := list(islice(ready, BATCH)):
        with transaction.atomic():
            going_on = Import.objects.filter(pk=batch.pk, status=Import.Status.IMPORTING)
            if not going_on.update(entered=F("entered") + len(chunk)):
                raise ImportRefused("undone", str(UNDONE))
            refused += _enter(batch, chunk, by.actor, at)
        told(len(chunk))
    started.filter(status=Import.Status.IMPORTING).update(
        status=Import.Status.DONE,
        done_at=at,
        entered=batch.records.count(),
        already=found.counts["already"],
        bad=found.counts["bad"] + refused,
        skipped=found.counts["skipped"],
    )
    batch.refresh_from_db()
    return batch


def _enter(batch: Import, chunk: Sequence[Outcome], by: Actor, at: datetime) -> int:
    """Enters the rows; answers how many could not be, since somebody else was a moment faster."""
    rows = [(outcome.new, f"{batch.filename} #{outcome.line.number}") for outcome in chunk if outcome.new is not None]
    try:
        journal.store([(new, [journal.entered(new, by, at, action="import", reason=reason)]) for new, reason in rows])
    except IntegrityError:
        return sum(not _enter_one(new, reason, by, at) for new, reason in rows)
    return 0


def _enter_one(new: NewRecord, reason: str, by: Actor, at: datetime) -> bool:
    try:
        actions.enter(new, by=by, at=at, action="import", reason=reason)
    except EntryRefused:
        return False
    return True


def undo(batch: Import, *, by: Staff, at: datetime) -> tuple[int, int]:
    """Withdraws what the import entered and nobody changed since; answers how many, and how many stay.

    The same table can be imported again afterwards. Raises ImportRefused.
    """
    if batch.status == Import.Status.CHECKED:
        raise ImportRefused("not_done", _("There is nothing to undo."))
    reason = _("Import of “{filename}” undone").format(filename=batch.filename)
    # First of all nothing more is entered, should the import still be going on.
    Import.objects.filter(pk=batch.pk).update(status=Import.Status.UNDONE, undone_at=at, undone_by=by.account)
    while actions.withdraw_untouched(batch.records.all(), by=by.actor, at=at, reason=reason, most=BATCH):
        continue
    batch.refresh_from_db()
    batch.withdrawn = batch.records.filter(status=Status.WITHDRAWN).count()
    batch.save(update_fields=["withdrawn"])
    return batch.withdrawn, batch.records.exclude(status=Status.WITHDRAWN).count()


def _learnt(batch: Import) -> dict[str, str]:
    """Headings with what they were said to hold when such a table was imported last by the same unit."""
    before = Import.objects.filter(type=batch.type, unit=batch.unit_id, status=Import.Status.DONE)
    last = before.exclude(pk=batch.pk).values_list("columns", flat=True).first()
    return {plain_heading(heading): name for heading, name in last or [] if name and heading}
