"""`rixin people load`: units, and for a demonstration its accounts."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.people import cast_of_demo
from rixin.people.bundled import UnitsFault, load_units, read_units


class Command(BaseCommand):
    help = "Load the units of rixin/people/wenxin/units.yaml; run it again after every change of the file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        load = parser.add_subparsers(dest="act", required=True).add_parser("load", help="create and update the units")
        load.add_argument("--demo", action="store_true", default=settings.DEMO, help="the accounts of the demo too")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        try:
            file = read_units()
            units = load_units(file)
            self.stdout.write(_("%(count)d units") % {"count": len(units)})
            if demo:
                accounts = cast_of_demo.load(cast_of_demo.read(), file, units, at=timezone.now())
                facts = {"count": len(accounts), "password": settings.DEMO_PASSWORD}
                self.stdout.write(_("%(count)d demo accounts, password: %(password)s") % facts)
                if not settings.DEMO:
                    self.stdout.write(_("The demo accounts can sign in only where DEMO=1 is set."))
        except UnitsFault as fault:
            raise CommandError(str(fault)) from fault
