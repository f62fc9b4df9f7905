"""`rixin demo`: a whole year of a sub-district to look at and to try."""

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from io import StringIO
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from rixin.cases.models import Case
from rixin.catalogue.worktime import LOCAL
from rixin.demo import reports, statutes
from rixin.demo.build import Built, build
from rixin.demo.clearing import NotOnlyTheDemo, clear
from rixin.demo.work.store import RECORDS
from rixin.demo.year import CODE_CASES, in_all
from rixin.records.models import Record
from rixin.topics import looking

_LEAST = 100
_CLOSING_TIME = time(17, 0)
_FIRST_DAY = date(2023, 1, 1)
_WHY = {
    "asked": gettext_lazy("the office asks the resident something"),
    "closed": gettext_lazy("finished: rate it"),
    "joined": gettext_lazy("being handled, joined by neighbours"),
    "neighbour": gettext_lazy("the receipt of a neighbour who joined"),
}


class Command(BaseCommand):
    help = "Build a whole year 2022 of 文新街道 with matters, photos and people, and ten lively days before today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2022, help="the same seed builds the same year")
        parser.add_argument(
            "--cases", type=int, default=CODE_CASES, help="matters through the West Lake code in 2022 (%(default)s)"
        )
        parser.add_argument("--today", type=date.fromisoformat, help="the day that the last matters lead up to")
        parser.add_argument("--without-records", action="store_true", help="matters only, no work records")
        parser.add_argument("--again", action="store_true", help="clear an earlier demonstration first")

    def handle(
        self, *args: Any, seed: int, cases: int, today: date | None, again: bool, without_records: bool, **options: Any
    ) -> None:
        now = _moment(today)
        _check(cases, now)
        if again:
            self._clear()
        elif Case.objects.exists() or Record.objects.exists():
            raise CommandError(
                _("There are matters in this database already. rixin demo --again clears an earlier demonstration.")
            )
        self._lay_the_ground(options)
        began = perf_counter()
        rows = in_all(cases) + len(statutes.MATTERS) + (0 if without_records else RECORDS)
        with tqdm(total=rows, unit=_(" rows"), disable=None) as bar:
            built = build(
                seed=seed,
                code_cases=cases,
                now=now,
                made_at=timezone.now(),
                with_records=not without_records,
                told=bar.update,
            )
        self._tell(built, perf_counter() - began)
        self._look_for_topics(now)
        if not without_records:
            self.stdout.write(_("%(count)d reports written, one of them sealed.") % {"count": reports.write(now)})
        call_command("codes", "make", stdout=self.stdout)

    def _clear(self) -> None:
        try:
            cleared = clear()
        except NotOnlyTheDemo as mixed:
            raise CommandError(mixed.message) from mixed
        self.stdout.write(_("%(count)d matters of the earlier demonstration cleared.") % {"count": cleared})

    def _lay_the_ground(self, options: dict[str, Any]) -> None:
        told = self.stdout if options["verbosity"] > 1 else StringIO()
        for words in (("people", "load", "--demo"), ("places", "load"), ("paths", "load"), ("catalogue", "publish")):
            call_command(*words, stdout=told)

    def _look_for_topics(self, now: datetime) -> None:
        """Over the year that is over, then as the nightly look would do today."""
        self.stdout.write(_("Looking for what many raised at once …"))
        over = looking.look(_FIRST_DAY - timedelta(days=1), days=365)
        recent = looking.look(now.date())
        self.stdout.write(_("%(count)d topics found.") % {"count": over.new + recent.new})

    def _tell(self, built: Built, seconds: float) -> None:
        rated = built.ratings.total()
        satisfied = 100 * (1 - built.ratings["not_satisfied"] / rated) if rated else 0
        facts = {
            "cases": built.cases,
            "events": built.events,
            "photos": built.photos,
            "records": built.records,
            "seconds": seconds,
            "on_time": 100 * built.on_time,
            "rated": rated,
            "satisfied": satisfied,
        }
        made = _(
            "%(cases)d matters, %(events)d events, %(photos)d photos, %(records)d records in %(seconds).1f seconds."
        )
        self.stdout.write(made % facts)
        self.stdout.write(
            _("%(on_time).1f %% handled in time; %(rated)d rated, %(satisfied).1f %% of them satisfied.") % facts
        )
        self.stdout.write(_("Tracking codes to try:"))
        for sample in built.samples:
            code = f"{sample.code[:4]}-{sample.code[4:]}"
            self.stdout.write(f"  {code}  {_WHY[sample.why]}")
        if settings.DEMO:
            self.stdout.write(_("Demo accounts: %(url)s") % {"url": f"{settings.PUBLIC_URL}/staff/demo"})
        else:
            self.stdout.write(_("The demo accounts can sign in only where DEMO=1 is set."))


def _moment(today: date | None) -> datetime:
    """The end of the office day given, but not later than now."""
    now = timezone.now().astimezone(LOCAL).replace(microsecond=0)
    return min(now, datetime.combine(today, _CLOSING_TIME, LOCAL)) if today else now


def _check(cases: int, now: datetime) -> None:
    if cases < _LEAST:
        raise CommandError(_("--cases: at least %(least)d, or the year shows nothing.") % {"least": _LEAST})
    if now.date() < _FIRST_DAY:
        raise CommandError(_("--today: the year of the demonstration is 2022; choose a day after it."))
