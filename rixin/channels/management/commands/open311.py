"""Keys of programs that send through Open311."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.channels.models import Open311Key
from rixin.channels.open311 import keys


class Command(BaseCommand):
    help = "Make, retire and list the keys of programs that send through Open311."

    def add_arguments(self, parser: CommandParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        key = doing.add_parser("key", help="a new key for a program, shown once; its old one is worth nothing then")
        key.add_argument("name")
        retire = doing.add_parser("retire", help="the key of a program is worth nothing from now on")
        retire.add_argument("name")
        doing.add_parser("list", help="who has a key")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['doing']}")(**options)

    def _key(self, *, name: str, **_other: Any) -> None:
        self.stdout.write(keys.make(name, timezone.now()))
        self.stderr.write(_("The key is not shown again. Who has it sends in the name of “%(name)s”.") % {"name": name})

    def _retire(self, *, name: str, **_other: Any) -> None:
        if not keys.retire(name, timezone.now()):
            raise CommandError(_("“%(name)s” has no key in force.") % {"name": name})
        self.stdout.write(_("Retired: %(name)s") % {"name": name})

    def _list(self, **_other: Any) -> None:
        for key in Open311Key.objects.order_by("name"):
            state = _("retired") if key.retired_at else _("in force")
            self.stdout.write(f"{key.name}  {timezone.localtime(key.made_at):%Y-%m-%d}  {state}")
