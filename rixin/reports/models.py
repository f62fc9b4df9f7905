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
from rixin.reports.words import on_one_line


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a report", "Draft")
    REVIEW = "review", pgettext_lazy("state of a report", "In review")
    SEALED = "sealed", pgettext_lazy("state of a report", "Sealed")


class Step(models.TextChoices):
    """What was done that made a version."""

    BEGUN = "begun", pgettext_lazy("step of a report", "Begun")
    WRITTEN = "written", pgettext_lazy("step of a report", "Saved")
    RESTORED = "restored", pgettext_lazy("step of a report", "Restored")
    SUBMITTED = "submitted", pgettext_lazy("step of a report", "Submitted")
    SENT_BACK = "sent_back", pgettext_lazy("step of a report", "Sent back")
    SEALED = "sealed", pgettext_lazy("step of a report", "Sealed")


WRITING = (Step.BEGUN, Step.WRITTEN, Step.RESTORED)
"""The steps that make a new text; the others hand it on as it is."""


class Report(models.Model):
    """One report for one period and place. Its text is that of its newest version."""

    template = models.CharField(max_length=64, help_text="Code of the template that it began with.")
    period = models.CharField(max_length=10)
    area_path = models.CharField(max_length=120, blank=True)
    unit_code = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200, help_text="Of the newest version; a line break parts its lines.")
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
        return self.name

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("reports:report", args=[self.pk])

    @property
    def name(self) -> str:
        """The title on one line."""
        return on_one_line(self.title.splitlines(), self.language)

    @property
    def newest(self) -> "ReportVersion":
        return self.versions.order_by("-number")[:1].get()


class ReportVersion(AppendOnly):
    """The title and text as they were saved once, by whom and why; also every step of the review."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    note = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=6, choices=State)
    step = models.CharField(max_length=9, choices=Step)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"


class Edition(AppendOnly):
    """A report as it was sealed: its text, and the document with every value, digest, word and picture in it."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="edition")
    title = models.CharField(max_length=200)
    body = models.TextField()
    document: models.JSONField[Any, Any] = models.JSONField(help_text="What `reports.freezing` makes of it.")
    as_of = models.DateTimeField()
    written_by_name = models.CharField(max_length=60)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_by_name = models.CharField(max_length=60)
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over title, text and document.")

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return self.title


class EditionRows(AppendOnly):
    """Which rows, in which version, one count of an edition was made of: packed pairs of id and version.

    `scope` is the key of the figure without metric and period: the place, the unit, the kind.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rows")
    metric = models.CharField(max_length=64)
    period = models.CharField(max_length=24)
    scope = models.CharField(max_length=300, blank=True)
    packed = models.BinaryField(null=True, help_text="None where there were too many to keep.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "metric", "period", "scope"], name="edition_rows_once")
        ]

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
