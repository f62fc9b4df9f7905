"""Projects, the steps that they come through, and what they cost. Only the actions of this app write here.

Money in fen. The definition under which a project was opened stays with it, so that its way does not change under it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.programme_schema import ProjectKind, ProjectStep
from rixin.history import Happened, Versioned
from rixin.people.models import Unit


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("of a project", "Under way")
    DONE = "done", pgettext_lazy("of a project", "Done")
    STOPPED = "stopped", pgettext_lazy("of a project", "Stopped")


class Project(Versioned):
    """One project as it is now."""

    kind = models.CharField(max_length=64, help_text="Code of its kind.")
    definition = models.ForeignKey(
        DefinitionVersion, models.PROTECT, db_index=False, related_name="+",
        help_text="Of its kind, as that was when the project was opened.",
    )  # fmt: skip
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True, help_text="What is done, for everybody.")
    level = models.CharField(max_length=64, blank=True, help_text="Code of one of the kind's levels.")
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True, help_text="Of the quarter, road or building.")
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, help_text="WGS-84.")
    lng = models.FloatField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+", help_text="That answers for it.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    contractor = models.CharField(max_length=120, blank=True)
    budget = models.BigIntegerField(null=True)
    year = models.PositiveSmallIntegerField(help_text="Of the plan that it belongs to.")
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="The first day on which it was under way no longer.")
    entered_at = models.DateTimeField()

    objects: models.Manager["Project"] = models.Manager()

    class Meta:
        ordering = ["-year", "kind", "pk"]
        constraints = [
            models.CheckConstraint(name="project_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="project_point_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="project_ended_when_over",
                condition=Q(status="open", ended_on=None) | (~Q(status="open") & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(name="project_budget", condition=Q(budget=None) | Q(budget__gte=0)),
        ]
        indexes = [
            models.Index(fields=["kind", "year"], name="project_by_kind"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="project_by_area"),
        ]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:project", args=[self.pk])

    @property
    def rules(self) -> ProjectKind:
        """The kind as it was defined when the project was opened."""
        return versions.programme(self.definition_id).kind


class Step(models.Model):
    """One step of a project's way: when it is planned, when it was done, and what was written down with it."""

    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="steps")
    nth = models.PositiveSmallIntegerField(help_text="Its place on the way, from 1.")
    code = models.CharField(max_length=64, help_text="Of the step in the definition of its kind.")
    milestone = models.CharField(max_length=16, blank=True, help_text="What it counts as.")
    optional = models.BooleanField(default=False, help_text="May be left out, as its definition says.")
    planned_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    values: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="What its step asks for, by name.")
    note = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Step"] = models.Manager()

    class Meta:
        ordering = ["project", "nth"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="project_step_once"),
            models.UniqueConstraint(fields=["project", "nth"], name="project_step_in_order"),
        ]
        indexes = [
            models.Index(fields=["planned_on"], condition=Q(done_on=None), name="project_step_waiting"),
            models.Index(fields=["code", "done_on"], name="project_step_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.code}"

    def rules(self, kind: ProjectKind) -> ProjectStep:
        return kind.steps[self.nth - 1]


class Payment(models.Model):
    """Money that was paid for a project. What was written down by mistake stays, marked as taken back."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="payments")
    day = models.DateField()
    amount = models.BigIntegerField()
    payee = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    taken_back = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()

    objects: models.Manager["Payment"] = models.Manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.CheckConstraint(name="payment_of_something", condition=Q(amount__gt=0))]

    def __str__(self) -> str:
        return f"{self.project_id} {self.day} {self.amount}"


class Risk(models.Model):
    """Something that may hold a project up, with who sees to it."""

    class Weight(models.TextChoices):
        GRAVE = "grave", pgettext_lazy("of a risk", "Grave")
        MEDIUM = "medium", pgettext_lazy("of a risk", "Medium")
        SMALL = "small", pgettext_lazy("of a risk", "Small")

    project = models.ForeignKey(Project, models.PROTECT, related_name="risks")
    words = models.CharField(max_length=400)
    weight = models.CharField(max_length=6, choices=Weight)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    due_on = models.DateField(null=True)
    noted_on = models.DateField()
    settled_on = models.DateField(null=True)
    answer = models.CharField(max_length=400, blank=True, help_text="How it was settled.")

    objects: models.Manager["Risk"] = models.Manager()

    class Meta:
        ordering = [F("settled_on").asc(nulls_first=True), "due_on", "pk"]
        constraints = [models.CheckConstraint(name="risk_weight", condition=Q(weight__in=["grave", "medium", "small"]))]

    def __str__(self) -> str:
        return self.words


class Evidence(models.Model):
    """A photo or a file that shows a step. Its bytes lie under MEDIA_ROOT by digest, as those of matters do."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="evidence")
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the stored bytes.")
    name = models.CharField(max_length=120, blank=True, help_text="Of a file; a photo has none.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField(null=True, help_text="Of a photo.")
    height = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    removed = models.BooleanField(default=False, help_text="Whether it was a mistake. It is shown no more.")

    objects: models.Manager["Evidence"] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.step_id} {self.name or self.digest[:8]}"

    @property
    def is_photo(self) -> bool:
        return not self.name


class ToldLate(models.Model):
    """That somebody was told of a step past its planned day: once for each day that it was planned for."""

    step = models.ForeignKey(Step, models.PROTECT, db_index=False, related_name="+")
    planned_on = models.DateField()
    whom = models.CharField(max_length=8, help_text="owner, unit or leader")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "planned_on", "whom"], name="told_late_once")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.planned_on} {self.whom}"


class ProjectEvent(Happened):
    """`step`: code of the step that it is about. `once`: the sending by which it happened, taken a single time."""

    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="events")
    step = models.CharField(max_length=64, blank=True)
    once = models.CharField(max_length=64, blank=True)

    class Meta(Happened.Meta):
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="project_event_once"),
        ]
        indexes = [models.Index(fields=["project", "id"], name="project_event_of")]

    def __str__(self) -> str:
        return f"{self.action} {self.project_id}"
