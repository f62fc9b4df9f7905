from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from rixin.cases import escalation


class Command(BaseCommand):
    help = "Sounds the alarms of clocks whose date is near or missed, once. The worker does this every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        self.stdout.write(f"{escalation.sweep(at)} alarms told, {escalation.recount(at)} cases counted anew.")
