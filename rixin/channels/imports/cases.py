"""`rixin import cases FILE`: messages from a table become matters."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from rixin import sheets
from rixin.cases.models import OPEN, Case
from rixin.channels.imports import columns, results
from rixin.channels.imports.columns import Columns
from rixin.channels.imports.intake import Intake, Outcome, Plan, Refused
from rixin.channels.imports.messages import Message, Reader, RowRefused
from rixin.channels.imports.results import Tally
from rixin.channels.imports.wordings import Wordings
from rixin.sheets import FileFault, Row

BATCH = 200
_CHANNELS = ("import", "hotline", "desk")
_SYSTEMS = ("wgs84", "gcj02", "bd09")
_MOST_FAULTS_SHOWN = 20


class CasesImport:
    help = "messages become matters; the same file again adds nothing; cut off, it goes on"

    def __init__(self, stdout: OutputWrapper) -> None:
        self.stdout = stdout

    @staticmethod
    def add_arguments(parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (also .gz) or XLSX; UTF-8 or GB 18030")
        parser.add_argument("--columns", default="", help='what columns hold, such as "主题=title,详情=text,时间=time"')
        parser.add_argument("--preview", nargs="?", type=int, const=10, metavar="N", help="show N rows, write nothing")
        parser.add_argument("--dry-run", action="store_true", help="check all rows, write only the result file")
        parser.add_argument("--opened", choices=["now", "message"], default="now", help="when matters are opened")
        parser.add_argument("--channel", choices=_CHANNELS, default="import")
        parser.add_argument("--crs", choices=_SYSTEMS, default="wgs84", help="coordinate system of the file")
        parser.add_argument("--result", type=Path, help="instead of FILE.result.csv")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Raises FileFault."""
        with opened(file) as content:
            self._import(content, file, **options)

    def _import(self, content: BinaryIO, file: Path, *, preview: int | None, dry_run: bool, **options: Any) -> None:
        found = columns.find(sheets.rows(content, file.name), columns.asked(options["columns"], columns.FIELDS))
        if options["opened"] == "message" and "time" not in found.at:
            raise FileFault(_("--opened message needs a column for the time. Name it with --columns."))
        self._show_columns(found)
        # Read to its end before anything is written: a file that breaks off is found now.
        total = sum(1 for _row in sheets.rows(_rewound(content), file.name)) - found.row
        now = timezone.now()
        plan = Plan(
            channel=options["channel"], opened=options["opened"], now=now, write=preview is None and not dry_run
        )
        wordings = Wordings()
        with tqdm(total=Case.objects.filter(OPEN).count(), unit=" open cases", disable=None, leave=False) as bar:
            wordings.learn_open(bar.update)
        intake = Intake(plan, wordings)
        reader = Reader(found, system=options["crs"], now=now, needs_time=plan.opened == "message")
        rows = islice(enumerate(sheets.rows(_rewound(content), file.name), start=1), found.row, None)
        outcomes = _outcomes(intake, reader, rows, total)
        tally = self._previewed(outcomes, intake, preview) if preview is not None else Tally()
        if preview is None:
            result = options["result"] or results.beside(file)
            with results.opened(result, intake) as kept:
                for outcome in outcomes:
                    kept.add(outcome)
                    self._count(tally, outcome)
            self.stdout.write(_("Row by row: %(file)s") % {"file": result})
        self._sum_up(tally, plan)

    def _previewed(self, outcomes: Iterator[Outcome], intake: Intake, shown: int) -> Tally:
        tally = Tally()
        for outcome in islice(outcomes, shown):
            self.stdout.write(_line(outcome, intake))
            self._count(tally, outcome)
        for outcome in outcomes:
            self._count(tally, outcome)
        return tally

    def _count(self, tally: Tally, outcome: Outcome) -> None:
        tally.count(outcome)
        if outcome.result == "refused" and tally.results["refused"] <= _MOST_FAULTS_SHOWN:
            for fault in outcome.faults:
                self.stdout.write(
                    _("Row %(row)d, %(column)s: %(reason)s") % {"row": outcome.row, **vars(fault)}
                    + (f" [{fault.value}]" if fault.value else "")
                )

    def _show_columns(self, found: Columns) -> None:
        pairs = (f"{found.headings[at]} → {field}" for field, at in found.at.items())
        self.stdout.write(_("Columns: %(columns)s") % {"columns": "; ".join(pairs)})
        if found.unused:
            self.stdout.write(_("Not used: %(columns)s") % {"columns": "、".join(found.unused)})

    def _sum_up(self, tally: Tally, plan: Plan) -> None:
        facts = {
            "new": tally.results["new"],
            "joined": tally.results["joined"],
            "already": tally.results["already"],
            "refused": tally.results["refused"],
            "rows": tally.results.total(),
            "by_words": tally.by_words,
            "by_position": tally.by_position,
            "by_address": tally.by_address,
            "alike": tally.alike,
        }
        self.stdout.write(
            _(
                "Sorted by words: %(by_words)d. Placed by position: %(by_position)d, by what is written: "
                "%(by_address)d. Nearly the same as another: %(alike)d."
            )
            % facts
        )
        if not plan.write:
            self.stdout.write(_("No matter was written."))
        summary = (
            _("%(rows)d rows: %(new)d new, %(joined)d joined, %(already)d already there, %(refused)d refused.") % facts
        )
        if tally.results["refused"]:
            raise CommandError(summary)
        self.stdout.write(summary)


def _outcomes(intake: Intake, reader: Reader, rows: Iterator[tuple[int, Row]], total: int) -> Iterator[Outcome]:
    with tqdm(total=total, unit=" rows", disable=None) as bar:
        while batch := list(islice(rows, BATCH)):
            read = [_read(reader, line, row) for line, row in batch if not reader.is_blank(row)]
            yield from intake.take(read)
            bar.update(len(batch))


def _read(reader: Reader, line: int, row: Row) -> Message | Refused:
    try:
        return reader.read(line, row)
    except RowRefused as refused:
        return Refused(line, tuple(refused.faults))


def _line(outcome: Outcome, intake: Intake) -> str:
    if outcome.result == "refused":
        return f"{outcome.row:>6}  {results.word(outcome.result)}"
    parts = [f"{outcome.row:>6}", results.word(outcome.result), outcome.kind, outcome.unit, outcome.place]
    if outcome.urgent:
        parts.append(_("urgent"))
    if outcome.result != "new":
        parts.append(_("duplicate of %(number)s") % {"number": outcome.number})
    elif outcome.alike:
        parts.append(_("nearly the same as %(numbers)s") % {"numbers": results.alike_text(outcome, intake)})
    return "  ".join(filter(None, [*parts, outcome.title]))


def _rewound(content: BinaryIO) -> BinaryIO:
    content.seek(0)
    return content


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    try:
        content = file.open("rb")
    except OSError as fault:
        raise FileFault(_("The file cannot be opened: %(reason)s") % {"reason": fault.strerror}) from fault
    with content:
        yield content
