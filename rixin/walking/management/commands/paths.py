"""rixin paths load | import FILE.geojson"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.sheets import FileFault
from rixin.walking import bringing

SYSTEMS = ("wgs84", "gcj02", "bd09")


class Command(BaseCommand):
    help = "Loads the bundled ways on foot, or imports those of an office from GeoJSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="load | import")
        acts.add_parser("load", help="ways on foot of 文新街道, where no own ones are there; may be repeated")
        importing = acts.add_parser("import", help="ways on foot as lines, from GeoJSON")
        importing.add_argument("file", type=Path)
        importing.add_argument("--crs", choices=SYSTEMS, default="wgs84", help="coordinate system of the file")
        importing.add_argument("--dry-run", action="store_true", help="check and tell, write nothing")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "load":
            changed = bringing.load_bundled(timezone.now())
            said = _("The bundled ways on foot were loaded.") if changed else _("The ways on foot are unchanged.")
            self.stdout.write(said)
            return
        self._import(options["file"], options["crs"], options["dry_run"])

    def _import(self, file: Path, crs: Any, dry_run: bool) -> None:
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise CommandError(
                _("%(file)s cannot be opened: %(reason)s") % {"file": file, "reason": fault.strerror}
            ) from fault
        try:
            brought = bringing.bring(content, file.name, system=crs, at=timezone.now(), dry_run=dry_run)
        except FileFault as fault:
            raise CommandError(f"{file}: {fault.message}") from fault
        self._show(brought)

    def _show(self, brought: bringing.Brought) -> None:
        for problem in brought.problems:
            self.stdout.write(str(problem))
        if brought.problems:
            bad = len(brought.problems)
            raise CommandError(
                ngettext(
                    "%(bad)d line cannot be used, so nothing was written.",
                    "%(bad)d lines cannot be used, so nothing was written.",
                    bad,
                )
                % {"bad": bad}
            )
        self.stdout.write(
            _("Lines: %(lines)d, together %(km).1f km; points at which they begin, bend or meet: %(points)d.")
            % {"lines": brought.lines, "km": brought.metres / 1000, "points": brought.crossings}
        )
        if brought.parts > 1:
            self.stdout.write(
                _("They fall into %(parts)d parts; %(metres)d m do not hang together with the largest one.")
                % {"parts": brought.parts, "metres": brought.apart}
            )
        if brought.left_out:
            self.stdout.write(_("Left out since they are no lines: %(count)d.") % {"count": brought.left_out})
        if brought.from_day is None:
            self.stdout.write(_("Nothing written yet."))
        else:
            self.stdout.write(_("They count from %(day)s on.") % {"day": brought.from_day})
