"""`rixin check [FOLDER]`: validates definitions. Without a folder it checks those in use, and the settings too."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser, call_command
from django.core.management.commands.check import Command as SystemCheck
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue import loader
from rixin.catalogue.speaking import SpeakingCommand

OF_DJANGO = ("tags", "list_tags", "deploy", "fail_level", "databases")
"""Options of Django's own check of the settings."""


class Command(SpeakingCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        SystemCheck().add_arguments(parser)
        for action in parser._actions:
            if action.dest == "args":
                action.metavar = "folder"
                action.help = "Folder of definitions; app labels are understood as Django's own check does."

    def handle(self, *names: str, **options: Any) -> None:
        folders = [Path(name) for name in names if Path(name).is_dir()]
        labels = [name for name in names if not Path(name).is_dir()]
        if missing := [name for name in labels if "/" in name or name.startswith(".")]:
            raise CommandError(_("There is no folder {folder}.").format(folder=missing[0]))
        if not folders:
            self._settings(labels, options)
        if folders or not labels:
            for folder in folders or [loader.catalogue_dir()]:
                self._definitions(folder)

    def _settings(self, labels: list[str], options: dict[str, Any]) -> None:
        system = SystemCheck()
        system.stdout, system.stderr = self.stdout, self.stderr
        call_command(system, *labels, **{name: options[name] for name in OF_DJANGO})

    def _definitions(self, folder: Path) -> None:
        reading = loader.read(folder, thoroughly=True)
        for fault in reading.faults:
            self.stdout.write(str(fault))
        faulty = {fault.path for fault in reading.faults}
        fine = [path for path in reading.files if path.relative_to(folder) not in faulty]
        self.stdout.write(
            _("{folder}: {types} matter types in {classes} classes, {lifecycles} lifecycles").format(
                folder=folder,
                types=len(reading.types),
                classes=len(reading.classes),
                lifecycles=len(reading.lifecycles),
            )
        )
        if reading.faults:
            found = ngettext("{n} fault", "{n} faults", len(reading.faults)).format(n=len(reading.faults))
            raise CommandError(
                _("{found}. Without a fault: {fine} of {files} files. Nothing was published.").format(
                    found=found, fine=len(fine), files=len(reading.files)
                )
            )
        self.stdout.write(self.style.SUCCESS(_("All {files} files are fine.").format(files=len(reading.files))))
