"""`rixin due TYPE CLOCK --from "2022-09-30 16:50"`: when a term ends and why."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management import CommandError
from django.utils.translation import gettext as _

from rixin.catalogue import explain
from rixin.catalogue.dates import due_text
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.schema import ResolvedType
from rixin.catalogue.speaking import SpeakingCommand, definitions_in_use
from rixin.catalogue.worktime import LOCAL, WorkCalendar, due_or_provisional


class Command(SpeakingCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", help="Code of a matter type: `rixin catalogue list`.")
        parser.add_argument("clock", help="Code of a clock of its lifecycle: `rixin catalogue show TYPE`.")
        parser.add_argument(
            "--from", dest="start", required=True, help='Local moment from which it runs: "2022-09-30 16:50".'
        )

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = definitions_in_use()
        received = _moment(options["start"])
        rules = _rules(catalogue, options["type"], options["clock"])
        calendar = WorkCalendar.from_definition(catalogue.working_time)
        ends = due_or_provisional(received, rules.term_of(options["clock"]), calendar)
        self.stdout.write(self.style.SUCCESS(due_text(ends.at)))
        for sentence in explain.of_term(options["clock"], rules, received, ends):
            self.stdout.write(f"  {sentence}")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(_("“{text}” is no moment. Write it as 2022-09-30 16:50.").format(text=text)) from None
    return moment.replace(tzinfo=LOCAL) if moment.tzinfo is None else moment


def _rules(catalogue: Catalogue, code: str, clock: str) -> ResolvedType:
    if code not in catalogue.types:
        raise CommandError(
            _("There is no matter type “{code}”. `rixin catalogue list` names them all.").format(code=code)
        )
    rules = catalogue.resolved(code)
    if clock not in rules.lifecycle.clocks:
        known = ", ".join(rules.lifecycle.clocks)
        raise CommandError(
            _("“{code}” has no clock “{clock}”; it has {known}.").format(code=code, clock=clock, known=known)
        )
    return rules
