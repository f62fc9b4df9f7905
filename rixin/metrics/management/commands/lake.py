"""`rixin lake sync`: keeps the Parquet copy of the facts up to date."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rixin.metrics import lake


class Command(BaseCommand):
    help = "Bring the Parquet copy of cases and records up to date; only months that changed are written anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["sync"])

    def handle(self, *args: Any, **options: Any) -> None:
        began = perf_counter()
        try:
            done = lake.sync(timezone.now(), told=self._told if options["verbosity"] > 1 else lambda _line: None)
        except lake.LakeBusy as busy:
            raise CommandError(str(busy)) from busy
        self.stdout.write(
            f"{lake.folder()}: {done.written} months written ({done.rows} rows), {done.kept} were up to date, "
            f"{done.dropped} left; {perf_counter() - began:.1f} s."
        )

    def _told(self, line: str) -> None:
        self.stdout.write(line)
