"""Codes for many places at once, and their posters in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.channels import codes, posters_pdf
from rixin.channels.models import Code


class Command(BaseCommand):
    help = "Make printed codes for places, write their posters as one PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        make = doing.add_parser("make", help="a code for each quarter and grid that has none yet")
        make.add_argument("sorts", nargs="*", choices=[*codes.SORTS, []], help="quarter, grid; without: both")
        make.add_argument("--within", default="", help="only under this area path, such as 330106013/001/")
        posters = doing.add_parser("posters", help="A4 posters of the codes in use, one page each")
        posters.add_argument("file", type=Path)
        posters.add_argument("--within", default="", help="only under this area path")
        posters.add_argument("--unprinted", action="store_true", help="only those never printed before")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['doing']}")(**options)

    def _make(self, *, sorts: list[str], within: str, **_other: Any) -> None:
        standings = [one for sort in sorts or codes.SORTS for one in codes.all_of(sort, within)]
        if not standings:
            raise CommandError(_("No place is known there. Load the areas and places first: rixin places --help"))
        made = codes.make_missing(standings, by=None, at=timezone.now())
        text = _("%(made)d codes made; %(had)d places had one already.")
        self.stdout.write(text % {"made": len(made), "had": len(standings) - len(made)})
        for code in made[:3]:
            self.stdout.write(f"  {code.url}  {code.name}")

    def _posters(self, *, file: Path, within: str, unprinted: bool, **_other: Any) -> None:
        rows = Code.objects.filter(retired_at=None)
        if within:
            rows = rows.filter(area_path__within=within)
        if unprinted:
            rows = rows.filter(printed_at=None)
        found = list(rows)
        if not found:
            raise CommandError(_("There is no code to print. Make some first: rixin codes make"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(posters_pdf.of(found))
        codes.note_printed(Code.objects.filter(pk__in=[code.pk for code in found]), by=None, at=timezone.now())
        self.stdout.write(_("%(count)d posters written to %(file)s.") % {"count": len(found), "file": file})
