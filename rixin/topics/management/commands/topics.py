"""`rixin topics look`: looks at once for what many people raise."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.topics import looking
from rixin.topics.models import Topic

_MOST_DAYS = 3_660
_SHOWN = 10


class Command(BaseCommand):
    help = "Look for matters that many people raise at once; the worker does so each night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["look"])
        parser.add_argument(
            "--until", type=date.fromisoformat, help="last day that is looked at, like 2022-12-31; today if not given"
        )
        parser.add_argument("--days", type=int, default=looking.DAYS, help=f"how many days ({looking.DAYS})")

    def handle(self, *args: Any, until: date | None, days: int, **options: Any) -> None:
        last = until or timezone.localdate()
        try:
            found = looking.look(last, min(max(days, 1), _MOST_DAYS))
        except IntegrityError as taken:
            raise CommandError(_("Another look ran at the same time. Please try again.")) from taken
        self.stdout.write(
            _("%(matters)d matters compared: %(new)d new topics, %(grown)d matters added to topics.")
            % {"matters": found.matters, "new": found.new, "grown": found.grown}
        )
        for topic in Topic.objects.order_by("-peak_heat", "pk")[:_SHOWN]:
            self.stdout.write(f"{topic.peak_heat:6.1f}  {topic.peak_on}  {topic.cases.count():4}  {topic.name}")
