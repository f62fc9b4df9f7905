"""Who hears of a report's review: those who have to act on it. Written in the same transaction as the step."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from rixin.people.notices import notify
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.people.staffing import accounts_in
from rixin.reports.models import WRITING, Report, Step


def of_submission(report: Report, by: Staff, at: datetime) -> int:
    """Tells the leaders of the place: one of them reviews and seals it."""
    leaders = accounts_in(report.area_path, Role.LEADER, timezone.localdate(at))
    zh, en = f"报告待审定：{report.name}", f"A report waits for your review: {report.name}"
    return _tell(report, (account.pk for account in leaders), "report_submitted", zh, en, by, at)


def of_sending_back(report: Report, reason: str, by: Staff, at: datetime) -> int:
    """Tells whoever wrote or submitted it what has to be changed."""
    zh, en = f"报告被退回修改：{report.name}（{reason}）", f"A report was sent back: {report.name} ({reason})"
    return _tell(report, _hands(report), "report_sent_back", zh, en, by, at)


def of_sealing(report: Report, by: Staff, at: datetime) -> int:
    """Tells all who wrote or submitted it."""
    zh, en = f"报告已定稿：{report.name}", f"A report was sealed: {report.name}"
    return _tell(report, _hands(report), "report_sealed", zh, en, by, at)


def _hands(report: Report) -> Iterable[int]:
    steps = report.versions.filter(step__in=(*WRITING, Step.SUBMITTED), by__isnull=False)
    return steps.order_by().values_list("by", flat=True).distinct()


def _tell(report: Report, accounts: Iterable[int], kind: str, zh: str, en: str, by: Staff, at: datetime) -> int:
    told = sorted(set(accounts) - {by.account.pk})
    return notify(told, kind=kind, zh=zh, en=en, url=report.get_absolute_url(), at=at)
