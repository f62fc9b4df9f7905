"""`rixin form CODE --period 2022-11`: fills a table that a higher level asks for. Without a code, lists them all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.speaking import SpeakingCommand
from rixin.metrics import wording
from rixin.metrics.scope import Place
from rixin.reports.forms import sources, standing
from rixin.reports.forms.filling import Order
from rixin.reports.forms.missing import missing_returns
from rixin.reports.forms.parts import own_path
from rixin.reports.forms.standing import Standing
from rixin.reports.management import given


class Command(SpeakingCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", default="", help="such as economy-monthly; without one, all are listed")
        parser.add_argument("--period", default="", help="2022, 2022-Q1, 2022-03 or 2022-03-05")
        given.add_place(parser)
        parser.add_argument("--bare", action="store_true", help="the table alone, without notes and sources")
        parser.add_argument("--out", type=Path, help="file to write; without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["code"]:
            for version in versions.forms():
                form = version.form
                self.stdout.write(f"{form.code}  {form.name}  {form.asked_by}")
            return
        filled = standing.today(self._order(options))
        self._tell(filled)
        written = sources.workbook_of(filled, bare=options["bare"])
        given.give(written, options["out"], self.stdout, self.stderr)

    def _order(self, options: dict[str, Any]) -> Order:
        try:
            version = versions.form(options["code"])
        except versions.UnknownType:
            known = ", ".join(version.form.code for version in versions.forms())
            raise CommandError(
                _("There is no form “{code}”. There are: {known}.").format(code=options["code"], known=known)
            ) from None
        period = given.period(options["period"], version.form.period)
        # The same place as at the desk, so that what was handed in there is found again.
        place = Place(own_path(given.area(options["area"])), given.unit(options["unit"]))
        return Order(version, period, place, timezone.now())

    def _tell(self, filled: Standing) -> None:
        """What has to be known of it, beside the file."""
        for metric, periods in missing_returns(filled.table).items():
            said = _("{figure}: not returned yet: {periods}")
            self.stderr.write(said.format(figure=wording.name_of(metric), periods=", ".join(map(str, periods))))
        if filled.last is not None and (filled.changes or filled.gone):
            told = _("{count} cells differ from the submission of {day}.")
            day = timezone.localdate(filled.last.at).isoformat()
            self.stderr.write(told.format(count=len(filled.changes) + len(filled.gone), day=day))
