"""Reports being written, their versions, and editions that were sealed; forms that were handed in."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.append_only import AppendOnly
from rixin.catalogue.models import DefinitionVersion
from rixin.reports.forms.table import Table, from_data


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a report", "Draft")
    REVIEW = "review", pgettext_lazy("state of a report", "In review")
    SEALED = "sealed", pgettext_lazy("state of a report", "Sealed")


class Report(models.Model):
    """One report for one period and place. Its text is that of its newest version."""

    template = models.CharField(max_length=64, help_text="Code of the template that it began with.")
    period = models.CharField(max_length=10)
    area_path = models.CharField(max_length=120, blank=True)
    unit_code = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0, help_text="Number of its newest version.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="report_by_area")]
        verbose_name = pgettext_lazy("document", "report")
        verbose_name_plural = pgettext_lazy("document", "reports")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("reports:report", args=[self.pk])


class ReportVersion(AppendOnly):
    """The text as it was saved once, by whom and why; also every step of its review."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    note = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=6, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"


class Edition(AppendOnly):
    """A report as it was sealed: its text, the value and digest of every figure, and which rows were behind each."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="edition")
    title = models.CharField(max_length=200)
    body = models.TextField()
    figures: models.JSONField[Any, Any] = models.JSONField(help_text="Per figure what `plain_json` says of it.")
    page = models.TextField(help_text="The report's page as it was sealed.")
    as_of = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_by_name = models.CharField(max_length=60)
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over title, text and figures.")

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return self.title


class EditionRows(AppendOnly):
    """Which rows, in which version, were behind one figure of an edition: packed pairs of id and version."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rows")
    metric = models.CharField(max_length=64)
    period = models.CharField(max_length=10)
    packed = models.BinaryField(null=True, help_text="None where there were too many to keep.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "metric", "period"], name="edition_rows_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.metric} {self.period}"


class FormSubmission(AppendOnly):
    """A form as it was handed in: what stood in every cell and where each came from. A later one never changes it."""

    form = models.CharField(max_length=64, help_text="Code of the form.")
    definition = models.ForeignKey(DefinitionVersion, models.PROTECT, db_index=False, related_name="+")
    period = models.CharField(max_length=10)
    area_path = models.CharField(max_length=120, blank=True)
    unit_code = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(help_text="1 for the first of this form, period and place, then counting up.")
    sheets: models.JSONField[Any, Any] = models.JSONField(help_text="What `forms.table.as_data` says.")
    note = models.TextField(blank=True, help_text="What whoever handed it in wrote to it.")
    as_of = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    to_confirm = models.BooleanField(help_text="Whether it counts only once a second person has confirmed it.")
    filled = models.PositiveIntegerField(help_text="Cells that say something new against the one before.")
    typed = models.PositiveIntegerField(help_text="Those of them that were typed by hand.")
    seconds_per_cell = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over all that it says.")
    origin = models.CharField(max_length=64, blank=True, help_text="Fingerprint of the page that it was sent from.")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "period", "area_path", "unit_code", "number"], name="form_submission_in_order"
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="form_submitted_once"),
        ]
        indexes = [
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="form_submission_by_area")
        ]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return f"{self.form} {self.period} {self.number}"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("forms:submission", args=[self.pk])

    @cached_property
    def table(self) -> Table:
        return from_data(self.sheets)


class SubmissionRows(AppendOnly):
    """Which rows of a source, in which version, were behind one figure of a submission: packed as those of editions."""

    submission = models.ForeignKey(FormSubmission, models.PROTECT, related_name="rows")
    metric = models.CharField(max_length=64)
    period = models.CharField(max_length=24)
    area_path = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=64)
    packed = models.BinaryField(null=True, help_text="None where there were too many to keep.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "metric", "period", "area_path", "source"], name="submission_rows_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.metric} {self.period} {self.area_path}"


class SubmissionConfirmation(AppendOnly):
    """A second person says that a submission is right: from then on it counts."""

    submission = models.OneToOneField(FormSubmission, models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id} {self.by_name}"
