"""`rixin import cases|records|undo`: tables become matters or records, and an import is taken back."""

from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from rixin.catalogue.speaking import SpeakingCommand, add_language
from rixin.channels.imports.cases import CasesImport
from rixin.channels.imports.records import RecordsImport, UndoImport
from rixin.sheets import FileFault

Kind = type[CasesImport] | type[RecordsImport] | type[UndoImport]
_IMPORTS: dict[str, Kind] = {"cases": CasesImport, "records": RecordsImport, "undo": UndoImport}


class Command(SpeakingCommand):
    help = "Takes in tables, CSV or XLSX, and takes an import of records back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="what", required=True)
        for what, kind in _IMPORTS.items():
            one = doing.add_parser(what, help=kind.help)
            add_language(one, default=SUPPRESS)
            kind.add_arguments(one)

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            _IMPORTS[what](self.stdout).handle(**options)
        except FileFault as fault:
            raise CommandError(f"{options['file']}: {fault.message}") from fault
