"""Leads on their way to landing here, and who supplies whom. Only `actions` and `supplying` write here.

Money in fen, areas in square decimetres, as in the registers.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.append_only import AppendOnly
from rixin.privacy.fields import EncryptedTextField
from rixin.records.models import Record
from rixin.registers.models import Enterprise


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("of a lead", "Followed")
    LANDED = "landed", pgettext_lazy("of a lead", "Landed")
    LOST = "lost", pgettext_lazy("of a lead", "Given up")


class Lead(models.Model):
    """One project that may land here, as it is now: the sum of its steps."""

    pipeline = models.CharField(max_length=64, help_text="Code of the pipeline.")
    name = models.CharField(max_length=120, help_text="Of the project or enterprise.")
    area_path = models.CharField(max_length=120)
    stage = models.CharField(max_length=64, help_text="Code of one of the pipeline's stages.")
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    kind = models.CharField(max_length=64, blank=True)
    partner = models.CharField(max_length=120, blank=True)
    amount = models.BigIntegerField(null=True, help_text="In fen.")
    section = models.CharField(max_length=1, blank=True, help_text="Of GB/T 4754.")
    division = models.CharField(max_length=2, blank=True)
    area_least = models.PositiveIntegerField(null=True, help_text="Rooms that it looks for, in square decimetres.")
    area_most = models.PositiveIntegerField(null=True)
    wanted_from = models.DateField(null=True, help_text="From which day it needs the rooms.")
    rent_most = models.PositiveIntegerField(null=True, help_text="Fen a day and square metre that it can pay.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    next_step = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, help_text="By when the next step is to be done.")
    parent = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="derived_leads",
        help_text="The enterprise here that it comes from.",
    )  # fmt: skip
    introduced_by = EncryptedTextField(null=True, help_text="Who told of it; it may be a person.")
    opened_on = models.DateField(help_text="Local day on which it became known.")
    moved_on = models.DateField(help_text="Day of the last step.")
    lost_reason = models.CharField(max_length=64, blank=True)
    lost_on = models.DateField(null=True)
    landed_on = models.DateField(null=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="landed_leads",
        help_text="What it became in the register.",
    )  # fmt: skip
    record = models.ForeignKey(Record, models.PROTECT, null=True, db_index=False, related_name="+")
    origin = models.CharField(max_length=64, blank=True, help_text="A key by which it is opened only once.")
    version = models.PositiveIntegerField(default=1, help_text="Number of its steps.")
    entered_at = models.DateTimeField()

    objects: models.Manager["Lead"] = models.Manager()

    class Meta:
        ordering = ["-moved_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="lead_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="lead_landed_on_a_day",
                condition=Q(status="landed", landed_on__isnull=False) | (~Q(status="landed") & Q(landed_on=None)),
            ),
            models.CheckConstraint(
                name="lead_lost_for_a_reason",
                condition=(Q(status="lost", lost_on__isnull=False) & ~Q(lost_reason=""))
                | (~Q(status="lost") & Q(lost_on=None, lost_reason="")),
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="lead_opened_once"),
        ]
        indexes = [
            models.Index(fields=["pipeline", "status", "-moved_on"], name="lead_by_status"),
            models.Index(fields=["pipeline", "opened_on"], name="lead_by_opening"),
            models.Index(fields=["owner", "due_on"], condition=Q(status="open"), name="lead_by_due"),
        ]
        verbose_name = pgettext_lazy("investment", "lead")
        verbose_name_plural = pgettext_lazy("investment", "leads")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:lead", args=[self.pk])


class Act(models.TextChoices):
    OPEN = "open", pgettext_lazy("step of a lead", "Opened")
    NOTE = "note", pgettext_lazy("step of a lead", "Step")
    CORRECT = "correct", pgettext_lazy("step of a lead", "Corrected")
    HAND = "hand", pgettext_lazy("step of a lead", "Handed over")
    GIVE_UP = "give_up", pgettext_lazy("step of a lead", "Given up")
    TAKE_UP = "take_up", pgettext_lazy("step of a lead", "Taken up again")
    LAND = "land", pgettext_lazy("step of a lead", "Landed")


class LeadStep(AppendOnly):
    """What somebody did for a lead. `number` counts from 1 for each."""

    lead = models.ForeignKey(Lead, models.PROTECT, db_index=False, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    stage_from = models.CharField(max_length=64, blank=True)
    stage_to = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="By name: [before, now].")

    class Meta:
        ordering = ["lead", "number"]
        constraints = [models.UniqueConstraint(fields=["lead", "number"], name="lead_step_numbered")]

    def __str__(self) -> str:
        return f"{self.lead_id}.{self.number} {self.act}"


class SupplyLink(models.Model):
    """One side supplies the other with something for a time. A side that is not in the register has a name only."""

    supplier = models.ForeignKey(Enterprise, models.PROTECT, null=True, db_index=False, related_name="sells")
    supplier_name = models.CharField(max_length=120, blank=True)
    customer = models.ForeignKey(Enterprise, models.PROTECT, null=True, db_index=False, related_name="buys")
    customer_name = models.CharField(max_length=120, blank=True)
    goods = models.CharField(max_length=80)
    plain_goods = models.CharField(max_length=80, help_text="As goods are compared: without blanks, width, brackets.")
    section = models.CharField(max_length=1, blank=True, help_text="Industry that makes the goods, of GB/T 4754.")
    division = models.CharField(max_length=2, blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, help_text="The first day on which it no longer does.")
    source = models.CharField(max_length=200, blank=True, help_text="Who said so, such as a visit.")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["SupplyLink"] = models.Manager()

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="supply_supplier_known",
                condition=Q(supplier__isnull=False, supplier_name="") | (Q(supplier=None) & ~Q(supplier_name="")),
            ),
            models.CheckConstraint(
                name="supply_customer_known",
                condition=Q(customer__isnull=False, customer_name="") | (Q(customer=None) & ~Q(customer_name="")),
            ),
            models.CheckConstraint(
                name="supply_of_somebody_here", condition=Q(supplier__isnull=False) | Q(customer__isnull=False)
            ),
            models.CheckConstraint(name="supply_not_to_itself", condition=~Q(supplier=F("customer"))),
            models.CheckConstraint(
                name="supply_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
        ]
        indexes = [
            models.Index(fields=["supplier", "from_day"], name="supply_by_supplier"),
            models.Index(fields=["customer", "from_day"], name="supply_by_customer"),
        ]
        verbose_name = _("supply link")
        verbose_name_plural = _("supply links")

    def __str__(self) -> str:
        return f"{self.supplier_id or self.supplier_name} → {self.customer_id or self.customer_name}: {self.goods}"
