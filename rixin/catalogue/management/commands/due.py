"""`rixin due TYPE CLOCK RECEIVED`: when a term ends and why, as JSON; with --words in sentences."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management import CommandError
from django.utils.translation import gettext as _

from rixin.catalogue import explain
from rixin.catalogue.dates import due_text
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.schema import ResolvedType
from rixin.catalogue.speaking import SpeakingCommand, definitions_in_use
from rixin.catalogue.worktime import LOCAL, Due, WorkCalendar, due_or_provisional


class Command(SpeakingCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", help="Code of a matter type: `rixin catalogue list`.")
        parser.add_argument("clock", help="Code of a clock of its lifecycle: `rixin catalogue show TYPE`.")
        parser.add_argument("received", help='Day or moment from which it runs: 2022-09-30, "2022-09-30 16:50".')
        parser.add_argument("--words", action="store_true", help="In sentences instead of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = definitions_in_use()
        received = _moment(options["received"])
        rules = _rules(catalogue, options["type"], options["clock"])
        calendar = WorkCalendar.from_definition(catalogue.working_time)
        ends = due_or_provisional(received, rules.term_of(options["clock"]), calendar)
        if options["words"]:
            self.stdout.write(self.style.SUCCESS(due_text(ends.at)))
            for sentence in explain.of_term(options["clock"], rules, received, ends):
                self.stdout.write(f"  {sentence}")
        else:
            said = _as_data(rules, options["clock"], received, ends)
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))


def _as_data(rules: ResolvedType, clock: str, received: datetime, ends: Due) -> dict[str, Any]:
    """`due` is the last day of a term of days or months, the last moment of a term of hours; `due_at` its last moment.

    Each of `steps` has a kind, the days that it is about, further facts, and its sentence.
    """
    term = rules.term_of(clock)
    in_hours = term.unit in ("hours", "working_hours")
    return {
        "type": rules.type.code,
        "clock": clock,
        "received": received.isoformat(),
        "term": term.model_dump(),
        "rule": rules.lifecycle.clocks[clock].rule.here(),
        "due": ends.at.isoformat() if in_hours else ends.at.date().isoformat(),
        "due_at": ends.at.isoformat(),
        "steps": [{**step.as_data(), "text": explain.of_step(step.as_data())} for step in ends.steps],
        "explanation": explain.of_term(clock, rules, received, ends),
    }


def _moment(text: str) -> datetime:
    try:
        day = date.fromisoformat(text) if len(text) == len("2022-09-30") else None
        moment = datetime.combine(day, datetime.min.time()) if day else datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("“{text}” is no day or moment. Write it as 2022-09-30 or 2022-09-30 16:50.").format(text=text)
        ) from None
    return moment.replace(tzinfo=LOCAL) if moment.tzinfo is None else moment.astimezone(LOCAL)


def _rules(catalogue: Catalogue, code: str, clock: str) -> ResolvedType:
    """Codes may be typed with hyphens or underscores."""
    code = code if code in catalogue.types else code.replace("-", "_")
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
