"""Tables of records by command: the same import as at the desk, in the name of a member of staff."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from rixin.catalogue import record_headings, versions
from rixin.catalogue.versions import RecordVersion, UnknownType
from rixin.channels.imports.cases import opened
from rixin.channels.imports.columns import asked
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.records import queries
from rixin.records.imports import actions, mending
from rixin.records.imports.actions import ImportRefused
from rixin.records.imports.plan import Plan
from rixin.records.models import Import
from rixin.sheets import FileFault, plain_heading

_MOST_SHOWN = 20


class RecordsImport:
    help = "a table of records is entered; the same table again enters nothing; cut off, it goes on"

    def __init__(self, stdout: OutputWrapper) -> None:
        self.stdout = stdout

    @staticmethod
    def add_arguments(parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="code of the record type, such as enterprise_visit")
        parser.add_argument("file", type=Path, help="XLSX or CSV")
        _by(parser)
        parser.add_argument("--columns", default="", help='what columns hold, such as "公司=enterprise,时间=day"')
        parser.add_argument("--preview", action="store_true", help="say what would be entered; write nothing")
        parser.add_argument("--again", action="store_true", help="enter what is there already, as further work")
        parser.add_argument("--to-mend", type=Path, help="where bad rows go, instead of FILE.to-mend.xlsx")

    def handle(self, *, kind: str, file: Path, by: str, preview: bool, **options: Any) -> None:
        """Raises FileFault."""
        at = timezone.now()
        staff, version = _staff(by, at), _version(kind)
        if not queries.may_enter(staff, version):
            raise CommandError(_("%(who)s may not enter such records.") % {"who": staff.name})
        with opened(file) as content:
            batch = actions.bring(content.read(), file.name, version, by=staff, at=at)
        try:
            plan = self._looked_at(batch, version, staff, **options)
            if preview or plan.faults:
                actions.discard(batch)
            if plan.faults:
                raise CommandError(" ".join(plan.faults))
            if not preview:
                self._import(batch, version, staff, at)
        except FileFault:
            actions.discard(batch)
            raise
        self._keep_bad(plan, version, options["to_mend"] or file.with_name(f"{file.name}.to-mend.xlsx"), preview)

    def _looked_at(
        self, batch: Import, version: RecordVersion, staff: Staff, *, columns: str, again: bool, **_other: Any
    ) -> Plan:
        plan = actions.looked_at(batch, version, staff)
        if columns or again:
            headings = plan.columns.headings
            known = [column.name for column in record_headings.columns(version.type)]
            actions.choose(batch, headings, _chosen(plan, asked(columns, known)), again=again)
            plan = actions.looked_at(batch, version, staff)
        held = (f"{plan.columns.headings[at]} → {name}" for at, name in sorted(plan.columns.at.items()))
        self.stdout.write(_("Columns: %(columns)s") % {"columns": "; ".join(held)})
        for note in plan.notes:
            self.stdout.write(note)
        for problem in plan.problems[:_MOST_SHOWN]:
            self.stdout.write(str(problem))
        counts = {result: plan.counts[result] for result in ("ready", "already", "bad", "skipped")}
        self.stdout.write(
            _("%(ready)d rows ready, %(already)d there already, %(bad)d to be mended, %(skipped)d lines that are none.")
            % counts
        )
        return plan

    def _import(self, batch: Import, version: RecordVersion, staff: Staff, at: datetime) -> None:
        with tqdm(unit=" rows", disable=None) as bar:
            batch = actions.carry_out(batch, version, by=staff, at=at, told=bar.update)
        facts = {"number": batch.pk, "entered": batch.entered, "by": staff.account.username}
        self.stdout.write(_("Import %(number)d: %(entered)d records entered.") % facts)
        self.stdout.write(_("It is taken back by: rixin import undo %(number)d --by %(by)s") % facts)

    def _keep_bad(self, plan: Plan, version: RecordVersion, path: Path, preview: bool) -> None:
        if not plan.counts["bad"]:
            return
        if preview:
            raise CommandError(_("%(bad)d rows have to be mended.") % {"bad": plan.counts["bad"]})
        try:
            mending.write(plan, version.type, path)
        except OSError as fault:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s. Name another one with --to-mend.")
                % {"file": path, "reason": fault.strerror}
            ) from fault
        raise CommandError(
            _("%(bad)d rows have to be mended. They stand in %(file)s: mend them there and import that table.")
            % {"bad": plan.counts["bad"], "file": path}
        )


class UndoImport:
    help = "takes back what an import of records entered and nobody changed since"

    def __init__(self, stdout: OutputWrapper) -> None:
        self.stdout = stdout

    @staticmethod
    def add_arguments(parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="of the import, as it said itself")
        _by(parser)

    def handle(self, *, number: int, by: str, **_options: Any) -> None:
        at = timezone.now()
        staff = _staff(by, at)
        batch = queries.imports_visible_to(staff).filter(pk=number).first()
        if batch is None:
            raise CommandError(_("%(who)s has no import %(number)d.") % {"who": staff.name, "number": number})
        try:
            withdrawn, kept = actions.undo(batch, by=staff, at=at)
        except ImportRefused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(
            _("%(withdrawn)d records withdrawn; %(kept)d stay, since somebody changed or confirmed them.")
            % {"withdrawn": withdrawn, "kept": kept}
        )


def _by(parser: ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="USERNAME", help="in whose name, area and unit")


def _staff(username: str, at: datetime) -> Staff:
    account = Account.objects.filter(username=username.strip().lower(), is_active=True).first()
    staff = Staff.at(account, at) if account else None
    if staff is None or not staff.posts:
        raise CommandError(_("There is no account “%(name)s” with a post.") % {"name": username})
    return staff


def _version(kind: str) -> RecordVersion:
    try:
        return versions.record(kind)
    except UnknownType:
        known = ", ".join(version.type.code for version in versions.records())
        said = _("There is no record type “%(kind)s”. There are: %(known)s.") % {"kind": kind, "known": known}
        raise CommandError(said) from None


def _chosen(plan: Plan, wanted: dict[str, str]) -> list[str]:
    """What each column holds: as asked, else as its heading says, unless another was asked to hold that."""
    headings = plan.columns.headings
    present = {plain_heading(heading) for heading in headings}
    if missing := [heading for heading in wanted if heading not in present]:
        raise FileFault(
            _("There is no column “%(heading)s”. The headings are: %(found)s.")
            % {"heading": missing[0], "found": "、".join(filter(None, headings))}
        )
    by_itself = {at: name for at, name in plan.columns.at.items() if name not in wanted.values()}
    return [wanted.get(plain_heading(heading), by_itself.get(nth, "")) for nth, heading in enumerate(headings)]
