"""How long the logs themselves are kept: at least the six months that MLPS 2.0 asks for, and not for ever."""

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog
from axes.models import AccessLog as SignInLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rixin.privacy import retention
from rixin.privacy.models import Opening, RetentionRun

SIGN_IN_MONTHS = 6
LOG_MONTHS = 36


def register() -> None:
    retention.rule("sign_ins", SIGN_IN_MONTHS, _sign_ins, says=lambda: _("Records of sign-ins, with their addresses"))
    retention.rule("sessions", 1, _sessions, says=lambda: _("Sessions that ended"))
    retention.rule("openings", LOG_MONTHS, _openings, says=lambda: _("Log of opened personal data"))
    retention.rule("retention_runs", LOG_MONTHS, _runs, says=lambda: _("Log of what retention deleted"))


def _sign_ins(before: datetime, *, dry_run: bool) -> int:
    logs: list[QuerySet[Any]] = [
        model.objects.filter(attempt_time__lt=before) for model in (AccessAttempt, AccessFailureLog, SignInLog)
    ]
    return sum(rows.count() if dry_run else rows.delete()[0] for rows in logs)


def _sessions(before: datetime, *, dry_run: bool) -> int:
    over = Session.objects.filter(expire_date__lt=before)
    return over.count() if dry_run else over.delete()[0]


def _openings(before: datetime, *, dry_run: bool) -> int:
    old = Opening.objects.filter(at__lt=before)
    return old.count() if dry_run else old.expire()


def _runs(before: datetime, *, dry_run: bool) -> int:
    old = RetentionRun.objects.filter(at__lt=before)
    return old.count() if dry_run else old.expire()
