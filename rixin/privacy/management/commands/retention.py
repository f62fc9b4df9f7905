"""`rixin retention`: delete personal data whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.privacy import limits, retention


class Command(BaseCommand):
    help = "Delete personal data whose time for keeping is over, by the rules of every part. Run it once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count what would be deleted")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        for result in retention.run(now, dry_run=dry_run):
            words = _("%(rule)s: %(rows)s would be deleted") if dry_run else _("%(rule)s: %(rows)s deleted")
            before = _("older than %(day)s") % {"day": timezone.localdate(result.before).isoformat()}
            self.stdout.write(f"{words % {'rule': result.rule.says(), 'rows': result.rows}} ({before})")
        if not dry_run:
            limits.clean(now)
