"""Who calls on which enterprise, what is planned, what was looked at. Only `actions` and `keeping` write here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rixin.append_only import AppendOnly
from rixin.cases.models import Case
from rixin.records.models import Record
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import Span

LONGEST_WORDS = 400


class Assignment(Span):
    """An enterprise is one officer's for a time (干部联企). One enterprise has one officer at a time."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="assignments")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="assignments")

    objects: models.Manager["Assignment"] = models.Manager()

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(fields=["enterprise"], condition=Q(until_day=None), name="assignment_now_once"),
            models.UniqueConstraint(fields=["enterprise", "from_day"], name="assignment_begins_once"),
        ]
        indexes = [models.Index(fields=["account", "from_day"], name="assignment_by_officer")]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.account_id} {self.from_day}"


class PlannedVisit(models.Model):
    """An officer is to call at an enterprise soon. It is over with the next visit there, or when it is dropped."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="planned_visits")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    planned_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, db_index=False, related_name="+", help_text="The visit that came of it."
    )

    class Meta:
        ordering = ["planned_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise"], condition=Q(over_at=None), name="visit_planned_once")
        ]
        indexes = [models.Index(fields=["account"], condition=Q(over_at=None), name="visit_planned_for")]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.account_id}"


class RaisedProblem(AppendOnly):
    """The matter that was opened from a visit, on the spot."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="raised")
    case = models.OneToOneField(Case, models.PROTECT, related_name="raised")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.case_id}"


class LookedAt(AppendOnly):
    """Somebody looked into an early warning: it is not shown before a day. What was said of it stays."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="looked_at")
    warning = models.CharField(max_length=64, help_text="Code of the warning.")
    until_day = models.DateField(help_text="First day on which it is shown again.")
    words = models.CharField(max_length=LONGEST_WORDS)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["enterprise", "warning"], name="looked_at_warning"),
            models.Index(fields=["until_day"], name="looked_at_until"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.warning} {self.until_day}"
