"""What happened to the entries of registers, and the tables that brought them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.history import Happened


class RegisterImport(models.Model):
    """A table of enterprises that somebody brought: read, decided about row by row, imported, maybe undone."""

    class Status(models.TextChoices):
        CHECKED = "checked", pgettext_lazy("status of an import", "Checked, not imported yet")
        DONE = "done", pgettext_lazy("status of an import", "Imported")
        UNDONE = "undone", pgettext_lazy("status of an import", "Undone")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filename = models.CharField(max_length=120)
    columns: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="What each column holds; empty: as its heading says."
    )
    mended: models.JSONField[Any, Any] = models.JSONField(
        default=dict, help_text="Cells that a person typed anew: row → column → text."
    )
    decided: models.JSONField[Any, Any] = models.JSONField(
        default=dict, help_text="Row → number of the enterprise that it is, “new” or “leave out”."
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.CHECKED)
    result: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="What became of each row, as it was imported."
    )
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="register_import_status", condition=Q(status__in=["checked", "done", "undone"]))
        ]
        verbose_name = _("import of enterprises")
        verbose_name_plural = _("imports of enterprises")

    def __str__(self) -> str:
        return f"{self.filename} ({self.status})"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:enterprise_import", args=[self.pk])


class RegisterEvent(Happened):
    """One change: who, when, what it said before and says now."""

    enterprise = models.ForeignKey(
        "registers.Enterprise", models.PROTECT, null=True, db_index=False, related_name="events"
    )
    building = models.ForeignKey("registers.Building", models.PROTECT, null=True, db_index=False, related_name="events")
    batch = models.ForeignKey(RegisterImport, models.PROTECT, null=True, db_index=False, related_name="events")

    class Meta(Happened.Meta):
        constraints = [
            models.CheckConstraint(
                name="register_event_of_something", condition=Q(enterprise__isnull=False) | Q(building__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["enterprise", "id"], name="register_event_enterprise"),
            models.Index(
                fields=["building", "id"], condition=Q(building__isnull=False), name="register_event_building"
            ),
            models.Index(fields=["batch", "id"], condition=Q(batch__isnull=False), name="register_event_import"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.enterprise_id or self.building_id}"
