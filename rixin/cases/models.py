"""Cases, what happened to them, their clocks, and what the person who reported one holds of it.

Only `actions` and `journal` write here. A case row is the sum of its events; `rixin verify` adds them up again.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.append_only import AppendOnly
from rixin.catalogue.models import DefinitionVersion
from rixin.people.models import Unit
from rixin.privacy.fields import EncryptedTextField
from rixin.registers.models import Enterprise

OPEN = ~Q(phase="closed")


class Channel(models.TextChoices):
    """Where a case or a further report of it came from."""

    CODE = "code", _("West Lake code")
    GRID = "grid", _("Grid worker")
    DESK = "desk", _("Desk")
    HOTLINE = "hotline", _("Hotline")
    IMPORT = "import", _("Import")
    OPEN311 = "open311", _("Open311")


class Case(models.Model):
    """One matter, as it is now. What it was before stands in its events."""

    definition = models.ForeignKey(DefinitionVersion, models.PROTECT, db_index=False, related_name="+")
    type = models.CharField(max_length=64, help_text="Code of the matter type.")
    group = models.CharField(max_length=64, help_text="Code of its main class.")
    channel = models.CharField(max_length=8, choices=Channel)
    title = models.CharField(max_length=120)
    text = models.TextField()
    form: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="Answers to the type's own questions.")
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, help_text="Degrees, WGS-84.")
    lng = models.FloatField(null=True)
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=8, default="ordinary", help_text="ordinary or urgent")
    confidential = models.BooleanField(default=False)
    public = models.BooleanField(default=False, help_text="Whether neighbours may see it on the map and join it.")

    state = models.CharField(max_length=64)
    before = models.CharField(max_length=64, help_text="The state before this one: where “back” leads.")
    phase = models.CharField(max_length=9, help_text="open, suspended or closed")
    outcome = models.CharField(max_length=8, blank=True, help_text="solved, declined, merged or failed, once closed")
    owner = models.CharField(max_length=20, help_text="Role that has to do something now.")
    owner_unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, null=True, related_name="+")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, null=True, related_name="+")
    complained_of = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, null=True, related_name="+", help_text="Sees nothing of the matter."
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        db_index=False,
        null=True,
        related_name="+",
        help_text="Whoever was named to answer for it to the end.",
    )
    amount = models.BigIntegerField(null=True, help_text="Money that it is about, in fen.")
    people = models.PositiveIntegerField(null=True, help_text="People whom it is about.")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, db_index=False, related_name="cases", help_text="That its form names."
    )
    waiting = models.CharField(max_length=64, blank=True, help_text="Request that somebody else has to decide.")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="merged")

    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    supervised_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="The soonest date among the running clocks.")
    due_clock = models.CharField(max_length=64, blank=True)

    answer = models.TextField(blank=True, help_text="The public answer as it stands.")
    rating = models.CharField(max_length=16, blank=True)
    rating_reason = models.TextField(blank=True)
    excluded = models.BooleanField(default=False, help_text="Its rating was excluded from the rates, with approval.")
    ledger: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="CaseFacts beyond the columns.")
    version = models.PositiveIntegerField(default=1, help_text="Number of its events.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_position_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
            models.CheckConstraint(name="case_phase", condition=Q(phase__in=["open", "suspended", "closed"])),
            # No clock runs on after the end; an answer stands before the end.
            models.CheckConstraint(name="case_closed_has_no_due", condition=OPEN | Q(due_at=None)),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=OPEN, name="open_case_by_due"),
            models.Index(fields=["-opened_at", "-id"], condition=OPEN, name="open_case_by_age"),
            models.Index(fields=["unit", "due_at"], condition=OPEN, name="open_case_by_unit"),
            models.Index(fields=["handler"], condition=OPEN, name="open_case_by_handler"),
            models.Index(
                fields=["area_path"], opclasses=["varchar_pattern_ops"], condition=OPEN, name="open_case_by_area"
            ),
            models.Index(fields=["lat", "lng"], condition=OPEN & Q(public=True), name="open_case_by_position"),
            models.Index(fields=["due_at"], condition=OPEN & ~Q(waiting=""), name="open_case_waiting"),
            models.Index(
                fields=["due_at"], condition=OPEN & Q(supervised_at__isnull=False), name="open_case_supervised"
            ),
            models.Index(fields=["due_at"], condition=OPEN & Q(rated_at__isnull=False), name="open_case_rated"),
            models.Index(fields=["owner", "phase", "due_at", "id"], condition=OPEN, name="open_case_by_owner"),
            models.Index(fields=["-opened_at", "-id"], name="case_by_age"),
            models.Index(
                fields=["enterprise", "-opened_at"], condition=Q(enterprise__isnull=False), name="case_by_enterprise"
            ),
            models.Index(fields=["type", "-opened_at"], name="case_by_type"),
            models.Index(fields=["-closed_at", "-id"], condition=Q(phase="closed"), name="closed_case_by_age"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="case_merged"),
        ]
        verbose_name = _("matter")
        verbose_name_plural = _("matters")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:case", args=[self.number])

    @property
    def number(self) -> str:
        """What staff call it by: the day of receipt and a running number."""
        return number_of(self.opened_at, self.pk)


def number_of(opened_at: datetime, pk: int) -> str:
    return f"{timezone.localdate(opened_at):%Y%m%d}-{pk:05d}"


def id_in(number: str) -> int | None:
    """The id in a case number ("20220316-00042", "42", "#42"); None if it is none."""
    digits = number.strip().lstrip("#").rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


class CaseEvent(AppendOnly):
    """One thing that happened. Each row holds the hash of the one before, so that a later change shows."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="events")
    seq = models.PositiveIntegerField(help_text="1 for the first event of a case, without gaps.")
    action = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=8, help_text="staff, resident or system")
    by_name = models.CharField(max_length=60, blank=True)
    by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    by_post_zh = models.CharField(max_length=40, blank=True)
    by_post_en = models.CharField(max_length=80, blank=True)
    given: models.JSONField[Any, Any] = models.JSONField(default=dict)
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["case_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_once_in_order")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.action}"


class CaseClock(models.Model):
    """One clock of a case. `data` is a ClockState as plain data; the columns are what queries ask for."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="clocks")
    code = models.CharField(max_length=64)
    status = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    missed = models.BooleanField(default=False)
    alarm_at = models.DateTimeField(null=True)
    provisional_year = models.PositiveSmallIntegerField(null=True)
    data: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="clock_once_per_case")]
        indexes = [
            models.Index(fields=["alarm_at"], condition=Q(alarm_at__isnull=False), name="clock_by_alarm"),
            models.Index(
                fields=["provisional_year"], condition=Q(provisional_year__isnull=False), name="clock_provisional"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code} {self.status}"


class Involvement(models.Model):
    """Which unit holds, helps with or once held a case: what scope asks."""

    class Part(models.TextChoices):
        HOLDER = "holder", _("Holds it")
        HELPER = "helper", _("Helps")
        FORMER = "former", _("Held it before")

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="involvements")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    part = models.CharField(max_length=6, choices=Part)
    open = models.BooleanField(
        default=True, help_text="As the case: what a unit has open is found without passing by all that it once had."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="unit_once_per_case")]
        indexes = [
            models.Index(fields=["unit", "case"], name="involvement_by_unit"),
            models.Index(fields=["unit", "case"], condition=Q(open=True), name="open_involvement_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.part}"


class Receipt(models.Model):
    """What one person who reported a matter holds: the tracking code, the own words, the own rating.

    Several receipts of one case: neighbours who joined it. Personal data is sealed; codes and phones are found by
    fingerprint.
    """

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="receipts")
    channel = models.CharField(max_length=8, choices=Channel)
    joined = models.BooleanField(default=False, help_text="Joined a matter that was already open.")
    at = models.DateTimeField()
    code = EncryptedTextField()
    code_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the code.")
    name = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    phone_mark = models.CharField(max_length=64, blank=True)
    words = models.TextField(blank=True, help_text="What a neighbour who joined wrote.")
    submission_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the sender's key.")
    outside_number = models.CharField(max_length=64, blank=True, help_text="Number under which the sender knows it.")
    rating = models.CharField(max_length=16, blank=True, help_text="Rating of somebody who joined.")
    rating_reason = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["case"], name="receipt_by_case"),
            models.Index(fields=["phone_mark"], condition=~Q(phone_mark=""), name="receipt_by_phone"),
            models.Index(fields=["outside_number"], condition=~Q(outside_number=""), name="receipt_by_outside_number"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel}"


class Photo(models.Model):
    """A picture of a case. Its bytes lie under MEDIA_ROOT by digest; only views that ask who looks serve them."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="photos")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the stored JPEG.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    stage = models.CharField(max_length=64, help_text="Name of the field it was added in, such as photos_after.")
    public = models.BooleanField(default=False, help_text="Whether the person who reported may see it.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case"], name="photo_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage} {self.digest[:8]}"


class CaseFile(models.Model):
    """A file that staff laid with a case, for staff alone. Its bytes lie under MEDIA_ROOT by digest."""

    case = models.ForeignKey(Case, models.CASCADE, db_index=False, related_name="files")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes.")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField(help_text="Bytes.")
    stage = models.CharField(max_length=64, help_text="Name of the field it was added in.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["case"], name="file_by_case"),
            models.Index(fields=["digest"], name="file_by_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"
