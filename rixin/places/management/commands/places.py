"""rixin places load | import-areas FILE.geojson | import-addresses FILE.xlsx"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.places.bundled import load_wenxin
from rixin.places.reading import What, import_file
from rixin.places.report import ImportReport
from rixin.sheets import FileFault

SYSTEMS = ("wgs84", "gcj02", "bd09")


class Command(BaseCommand):
    help = "Loads the bundled areas and places, or imports those of an office from its files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="load | import-areas | import-addresses")
        acts.add_parser("load", help="areas, roads, quarters and doors of 文新街道; may be repeated")
        for act, help_text in (
            ("import-areas", "areas with their boundaries from GeoJSON"),
            ("import-addresses", "quarters, buildings, doors and facilities from XLSX or CSV"),
        ):
            importing = acts.add_parser(act, help=help_text)
            importing.add_argument("file", type=Path)
            importing.add_argument("--crs", choices=SYSTEMS, default="wgs84", help="coordinate system of the file")
            importing.add_argument("--dry-run", action="store_true", help="check and preview, write nothing")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "load":
            self._load()
        else:
            self._import(act, options["file"], options["crs"], options["dry_run"])

    def _load(self) -> None:
        loaded = load_wenxin()
        self.stdout.write(_("Areas: %(summary)s") % {"summary": loaded.areas.summary()})
        self.stdout.write(_("Roads and rivers: %(changed)d new or changed.") % {"changed": loaded.lines})
        self.stdout.write(_("Places: %(summary)s") % {"summary": loaded.places.summary()})
        self.stdout.write(_("The boundaries are drawn for this product, not surveyed."))

    def _import(self, act: str, file: Path, crs: Any, dry_run: bool) -> None:
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise CommandError(
                _("%(file)s cannot be opened: %(reason)s") % {"file": file, "reason": fault.strerror}
            ) from fault
        what: What = "areas" if act == "import-areas" else "addresses"
        try:
            today = timezone.localdate()
            report = import_file(what, content, file.name, system=crs, today=today, dry_run=dry_run)
        except FileFault as fault:
            raise CommandError(f"{file}: {fault.message}") from fault
        self._show(report, dry_run)

    def _show(self, report: ImportReport, dry_run: bool) -> None:
        for remark in report.remarks:
            self.stdout.write(remark)
        for problem in [*report.problems, *report.notes]:
            self.stdout.write(str(problem))
        if dry_run:
            for row in report.first_rows:
                self.stdout.write(f"{row.row:>6}  {row.what_label}  {row.code}  {row.sort}  {row.name}  {row.label}")
        if report.problems:
            raise CommandError(report.summary())
        self.stdout.write(report.summary())
        if report.resettled:
            self.stdout.write(_("%(count)d places now lie in another area than before.") % {"count": report.resettled})
