from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from rixin.cases.models import Case, id_in
from rixin.cases.verification import verify


class Command(BaseCommand):
    help = "Reads all timelines again and names every case whose record was altered after it was written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--number", help="only this case, such as 20220316-00042")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Case.objects.all()
        if options["number"]:
            cases = cases.filter(pk=id_in(options["number"]) or 0)
            if not cases.exists():
                raise CommandError(f"There is no case {options['number']}.")
        read = events = altered = 0
        for case, found in tqdm(verify(cases), total=cases.count(), unit=" cases", disable=None):
            read, events, altered = read + 1, events + case.version, altered + bool(found)
            for finding in found:
                self.stdout.write(self.style.ERROR(str(finding)))
        if altered:
            raise CommandError(f"{altered} of {read} cases do not add up.")
        self.stdout.write(f"{read} cases with {events} events read again: every timeline is as it was written.")
