"""Bringing a table of enterprises, deciding about its rows, importing it, and taking an import back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin import sheet_lines
from rixin.history import ChangedMeanwhile
from rixin.people.staff import Staff
from rixin.registers.imports import files, undoing
from rixin.registers.imports.outcomes import Outcome, Plan
from rixin.registers.imports.plan import Wanted, plan
from rixin.registers.imports.results import DONE, Result, merged, row_of
from rixin.registers.imports.rows import Mended
from rixin.registers.imports.writing import Hand, write
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import RegisterImport
from rixin.sheets import FileFault, plain_heading

LONGEST_NAME = 120
LONGEST_CELL = 500


class ImportRefused(Exception):
    """An import cannot go on or be taken back so; `message` in the reader's language."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code)


@transaction.atomic
def bring(content: bytes, filename: str, *, by: Staff, at: datetime) -> RegisterImport:
    """Takes a table in, to be looked at; writes no enterprise. Raises FileFault where it cannot be read as one."""
    batch = RegisterImport.objects.create(account=by.account, filename=filename[-LONGEST_NAME:], made_at=at)
    sheet_lines.read(BytesIO(content), batch.filename)
    files.keep(batch, content)
    return batch


def looked_at(batch: RegisterImport, by: Staff, today: date) -> Plan:
    """What importing it would do now, or would still do. Raises FileFault; also where the file is kept no more."""
    wanted = Wanted(
        staff=by,
        today=today,
        chosen=[held for _heading, held in batch.columns],
        learnt=_learnt(batch),
        mended={int(row): cells for row, cells in batch.mended.items()},
        decided={int(row): said for row, said in batch.decided.items()},
        done=frozenset(one["row"] for one in batch.result if one["kind"] in DONE),
    )
    try:
        with files.path_of(batch).open("rb") as file:
            return plan(file, batch.filename, wanted)
    except FileNotFoundError:
        raise FileFault(_("The file is kept no more. Bring it again.")) from None


def choose(batch: RegisterImport, headings: Sequence[str], names: Sequence[str]) -> None:
    """Sets what each column holds. Not once something was imported."""
    columns = [list(pair) for pair in zip(headings, names, strict=True)]
    RegisterImport.objects.filter(pk=batch.pk, status=RegisterImport.Status.CHECKED).update(columns=columns)
    batch.refresh_from_db()


@transaction.atomic
def say(batch: RegisterImport, mended: Mapping[int, Mended], decided: Mapping[int, str]) -> None:
    """Keeps what was typed in place of cells and decided about rows, beside what was before; "" takes a decision back.

    A cell that was typed blank counts as blank.
    """
    batch = RegisterImport.objects.select_for_update().get(pk=batch.pk)
    if batch.status == RegisterImport.Status.UNDONE:
        return
    for row, typed in mended.items():
        before = batch.mended.setdefault(str(row), {})
        before |= {name: text.strip()[:LONGEST_CELL] for name, text in typed.items()}
    for row, said in decided.items():
        batch.decided[str(row)] = said
    batch.decided = {row: said for row, said in batch.decided.items() if said}
    batch.save(update_fields=["mended", "decided"])


def discard(batch: RegisterImport) -> None:
    """Lets a table go of which nothing was imported."""
    if RegisterImport.objects.filter(pk=batch.pk, status=RegisterImport.Status.CHECKED).delete()[0]:
        files.path_of(batch).unlink(missing_ok=True)


@transaction.atomic
def carry_out(batch: RegisterImport, *, by: Staff, at: datetime, seen: str) -> RegisterImport:
    """Imports what is ready, all of it or nothing; what is to be mended or decided stays for another time.

    `seen`: fingerprint of the plan that the person looked at. Raises FileFault, ImportRefused.
    """
    batch = RegisterImport.objects.select_for_update().get(pk=batch.pk)
    if batch.status == RegisterImport.Status.UNDONE:
        raise ImportRefused("undone", _("This import was undone. Bring the file again."))
    today = timezone.localdate(at)
    found = looked_at(batch, by, today)
    if found.faults:
        raise ImportRefused("columns", " ".join(found.faults))
    if found.fingerprint != seen:
        raise ImportRefused(
            "changed", _("The register or the rows changed after you looked at them. Look at what would be done now.")
        )
    if not found.ready:
        raise ImportRefused("nothing", _("No row is ready to be imported."))
    batch.columns = [[heading, found.columns.at.get(nth, "")] for nth, heading in enumerate(found.columns.headings)]
    hand = Hand(by.actor, at, today, batch.pk, batch.filename)
    try:
        enterprises = write(found, hand)
    except (RegisterRefused, ChangedMeanwhile) as refused:
        raise ImportRefused("refused", str(refused.message)) from None
    batch.result = merged(batch.result, _results(found.outcomes, enterprises))
    batch.status, batch.done_at = RegisterImport.Status.DONE, at
    batch.save(update_fields=["columns", "result", "status", "done_at"])
    if not found.open:
        transaction.on_commit(lambda: files.forget(batch))
    return batch


def _results(outcomes: Sequence[Outcome], enterprises: Mapping[int, int]) -> list[Result]:
    return [row_of(one, enterprises) for one in outcomes if one.kind not in ("skipped", "done")]


@transaction.atomic
def undo(batch: RegisterImport, *, by: Staff, at: datetime) -> tuple[int, int]:
    """Puts back what the import wrote where nobody changed it since; answers how many enterprises, and of how many
    something stays.

    The same table can be imported again afterwards. Raises ImportRefused.
    """
    batch = RegisterImport.objects.select_for_update().get(pk=batch.pk)
    if batch.status == RegisterImport.Status.UNDONE:
        raise ImportRefused("undone", _("This import was undone already."))
    if batch.status == RegisterImport.Status.CHECKED:
        raise ImportRefused("not_done", _("There is nothing to undo."))
    reason = _("Import of “{filename}” undone").format(filename=batch.filename)
    undone = undoing.undo(batch, by=by.actor, at=at, today=timezone.localdate(at), reason=reason)
    result: list[dict[str, Any]] = []
    for row in batch.result:
        of_row = undone.get(row["enterprise"]) if row["kind"] in ("new", "changed") else None
        result.append({**row, **({"undone": of_row.how, "stays": list(of_row.stays)} if of_row else {})})
    batch.result = result
    batch.status, batch.undone_at, batch.undone_by = RegisterImport.Status.UNDONE, at, by.account
    batch.save(update_fields=["result", "status", "undone_at", "undone_by"])
    transaction.on_commit(lambda: files.forget(batch))
    return len(undone), sum(bool(one.stays) for one in undone.values())


def _learnt(batch: RegisterImport) -> dict[str, str]:
    """Headings with what they were said to hold when a table was imported last."""
    done = RegisterImport.objects.filter(status=RegisterImport.Status.DONE).exclude(pk=batch.pk)
    last = done.values_list("columns", flat=True).first()
    return {plain_heading(heading): name for heading, name in last or [] if name and heading}
