"""Work that was done, written down with typed fields, and what happened to each such record since.

Only `actions` and `journal` write here. A record's values are whole numbers and words, as `catalogue.sources` says:
amounts in their last digit, days like 20221231, yes and no as 1 and 0.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.append_only import AppendOnly
from rixin.catalogue.models import DefinitionVersion
from rixin.facilities.models import Facility
from rixin.people.models import Unit
from rixin.registers.models import Enterprise


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of a record", "Draft, not counted yet")
    CONFIRMED = "confirmed", pgettext_lazy("status of a record", "Counts")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a record", "Withdrawn")


class Import(models.Model):
    """A table of records that somebody brought: checked first, then imported, and maybe undone. The file goes soon."""

    class Status(models.TextChoices):
        CHECKED = "checked", pgettext_lazy("status of an import", "Checked, not imported yet")
        IMPORTING = "importing", pgettext_lazy("status of an import", "Being imported")
        DONE = "done", pgettext_lazy("status of an import", "Imported")
        UNDONE = "undone", pgettext_lazy("status of an import", "Undone")

    type = models.CharField(max_length=64, help_text="Code of the record type.")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+", help_text="Of who imports.")
    filename = models.CharField(max_length=120)
    columns: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="Each heading with what it holds; empty: as the headings say."
    )
    again = models.BooleanField(
        default=False, help_text="Whether rows are entered that say the same as records that are there."
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.CHECKED)
    entered = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0, help_text="By its undoing.")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="record_import_status", condition=Q(status__in=["checked", "importing", "done", "undone"])
            )
        ]
        indexes = [models.Index(fields=["type", "-id"], name="record_import_by_type")]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.filename} ({self.status})"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("records:import", args=[self.pk])


class Record(models.Model):
    """One piece of work, or one return, as it is now."""

    definition = models.ForeignKey(DefinitionVersion, models.PROTECT, db_index=False, related_name="+")
    type = models.CharField(max_length=64, help_text="Code of the record type.")
    group = models.CharField(max_length=64, help_text="Code of its field of work.")
    day = models.DateField()
    period = models.CharField(max_length=10, blank=True, help_text="Of a return: 2022, 2022-Q1, 2022-03, 2022-03-05.")
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+", help_text="Whose work it is.")
    values: models.JSONField[Any, Any] = models.JSONField(default=dict)
    words = models.TextField(blank=True, help_text="What its fields say in words: what a search looks through.")
    source = models.CharField(max_length=120, blank=True, help_text="Where a return comes from.")
    confidential = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=Status)
    version = models.PositiveIntegerField(default=1, help_text="Number of its events.")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    origin = models.CharField(
        max_length=64, blank=True, help_text="Fingerprint of the form, row or act of a matter it was entered by."
    )
    batch = models.ForeignKey(
        Import, models.PROTECT, null=True, db_index=False, related_name="records", help_text="That entered it."
    )
    follows = models.BigIntegerField(null=True, help_text="Id of the matter that keeps it up to date.")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, db_index=False, related_name="records", help_text="That it names."
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, db_index=False, related_name="records", help_text="That it belongs to."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="record_status", condition=Q(status__in=Status.values)),
            models.UniqueConstraint(
                fields=["type", "period", "area_path", "unit"],
                condition=~Q(period="") & ~Q(status="withdrawn") & Q(facility__isnull=True),
                name="return_once",
            ),
            models.UniqueConstraint(
                fields=["type", "period", "facility"],
                condition=~Q(period="") & ~Q(status="withdrawn") & Q(facility__isnull=False),
                name="return_of_facility_once",
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="record_entered_once"),
        ]
        indexes = [
            models.Index(fields=["type", "-day", "-id"], name="record_by_type"),
            models.Index(fields=["-day", "-id"], name="record_by_day"),
            models.Index(fields=["type", "unit", "-day"], name="record_by_unit"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="record_by_area"),
            models.Index(fields=["entered_by", "-id"], name="record_by_person"),
            models.Index(fields=["-id"], condition=Q(status="draft"), name="record_draft"),
            models.Index(fields=["batch", "id"], condition=Q(batch__isnull=False), name="record_by_import"),
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="record_by_matter"),
            models.Index(
                fields=["enterprise", "-day"], condition=Q(enterprise__isnull=False), name="record_by_enterprise"
            ),
            models.Index(fields=["facility", "-day"], condition=Q(facility__isnull=False), name="record_by_facility"),
        ]
        verbose_name = _("record")
        verbose_name_plural = _("records")

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("records:record", args=[self.pk])


WRITING = ("enter", "import", "correct")
"""Actions that say what a record says: whoever did the last of them does not confirm it."""


class RecordEvent(AppendOnly):
    """Entered, corrected, confirmed or withdrawn. Each row holds the hash of the one before."""

    record = models.ForeignKey(Record, models.PROTECT, db_index=False, related_name="events")
    seq = models.PositiveIntegerField(help_text="1 for the first event of a record, without gaps.")
    action = models.CharField(max_length=16)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60, blank=True)
    by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    by_post_zh = models.CharField(max_length=40, blank=True)
    by_post_en = models.CharField(max_length=80, blank=True)
    changes: models.JSONField[Any, Any] = models.JSONField(help_text="What it says from now on, by name.")
    reason = models.CharField(max_length=400, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["record_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["record", "seq"], name="record_event_once_in_order")]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.seq} {self.action}"


class Chased(models.Model):
    """Who was told that a return is late: each stage once. `owed_by`: a facility or the path of an area."""

    type = models.CharField(max_length=64, help_text="Code of the return.")
    owed_by = models.CharField(max_length=140)
    period = models.CharField(max_length=10)
    stage = models.PositiveSmallIntegerField(help_text="1: who may enter it, 2: dispatchers and leaders.")
    at = models.DateTimeField()

    objects: models.Manager["Chased"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "owed_by", "period", "stage"], name="return_chased_once")
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.period} {self.owed_by} {self.stage}"
