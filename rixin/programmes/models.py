"""Projects and the steps that they have come through. Only the actions of this app write here. Money in fen."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.history import Happened, Versioned
from rixin.people.models import Unit


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("of a project", "Under way")
    DONE = "done", pgettext_lazy("of a project", "Done")
    STOPPED = "stopped", pgettext_lazy("of a project", "Stopped")


class Project(Versioned):
    """One project as it is now. Its steps follow from its kind as that was defined when it was opened."""

    kind = models.CharField(max_length=64, help_text="Code of its kind.")
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True, help_text="What is done, for everybody.")
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


class Step(models.Model):
    """One step of a project's way: when it is planned, when it was done, and what was written down with it."""

    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="steps")
    nth = models.PositiveSmallIntegerField(help_text="Its place on the way, from 1.")
    code = models.CharField(max_length=64, help_text="Of the step in the definition of its kind.")
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


class ProjectEvent(Happened):
    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="events")

    class Meta(Happened.Meta):
        indexes = [models.Index(fields=["project", "id"], name="project_event_of")]

    def __str__(self) -> str:
        return f"{self.action} {self.project_id}"
