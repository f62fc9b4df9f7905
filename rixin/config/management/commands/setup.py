"""`rixin setup`: brings the tables up to date, loads the bundled definitions, and in a demonstration its year."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.config.management.ready import demand_database

STEPS = [
    (gettext_lazy("Tables"), ["migrate", "--verbosity", "0"]),
    (gettext_lazy("Units"), ["people", "load"]),
    (gettext_lazy("Areas and places"), ["places", "load"]),
    (gettext_lazy("Ways on foot"), ["paths", "load"]),
    (gettext_lazy("Definitions"), ["catalogue", "publish"]),
    (gettext_lazy("Codes"), ["codes", "make"]),
]


class Command(BaseCommand):
    help = (
        "Prepares the database: tables, units, areas, definitions, codes; with DEMO=1 also the demo year. Repeatable."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        demand_database()
        for name, command in STEPS:
            self._step(str(name), command)
        # A year of matters is put into an empty house only: never beside real ones.
        if settings.DEMO and "demo" in get_commands() and not apps.get_model("cases", "Case").objects.exists():
            self._step(_("Demo year"), ["demo"])

    def _step(self, name: str, command: list[str]) -> None:
        self.stdout.write(f"{name} …")
        self.stdout.flush()
        try:
            call_command(*command)
        except DatabaseError as wrong:
            raise CommandError(f"{name}: the database refused ({str(wrong).strip()}). Check DATABASE_URL.") from wrong
