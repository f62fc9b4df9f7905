"""Who stands on the roll of a service, what is held of each for it, and how often somebody called.

Names, telephones, addresses and answers are sealed; when their day comes they are emptied, and what stays is a count:
a roll, an area, a first and a last day. Only `actions`, `visiting` and `retention` write here.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.history import Happened, Versioned
from rixin.homes.models import Dwelling
from rixin.privacy.fields import EncryptedTextField


class Status(models.TextChoices):
    ASKED = "asked", pgettext_lazy("on a roll", "Asked to join")
    ON = "on", pgettext_lazy("on a roll", "On the roll")
    LEFT = "left", pgettext_lazy("on a roll", "Left")
    DECLINED = "declined", pgettext_lazy("on a roll", "Not taken in")


class Consent(models.TextChoices):
    """How somebody agreed."""

    PAPER = "paper", _("Signed on paper")
    COUNTER = "counter", _("Told us at the counter or at the door")
    PHONE = "phone", _("Told us by telephone")
    OWN_PHONE = "own_phone", _("Ticked on the own phone")


class Entry(Versioned):
    """One person on one roll. `delete_on`: the day on which all that is personal is emptied."""

    roll = models.CharField(max_length=64, help_text="Code of the roll.")
    area_path = models.CharField(max_length=120, help_text="Down to the grid, no finer.")
    status = models.CharField(max_length=8, choices=Status)
    name = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    phone_mark = models.CharField(max_length=64, blank=True, help_text="Keyed fingerprint by which doubles are found.")
    name_mark = models.CharField(max_length=64, blank=True)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="+")
    address = EncryptedTextField(null=True, help_text="Where no dwelling of the register is meant.")
    values = EncryptedTextField(null=True, help_text="Answers to the roll's fields, as JSON.")
    consent_how = models.CharField(max_length=10, choices=Consent)
    consent_on = models.DateField()
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+",
        help_text="Who noted it; none: the person.",
    )  # fmt: skip
    server = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField()
    joined_on = models.DateField(null=True)
    used_on = models.DateField(help_text="When the service was last used, or the person last said to stay.")
    left_on = models.DateField(null=True, help_text="The first day on which it is no entry any more.")
    visit_due = models.DateField(null=True)
    delete_on = models.DateField(null=True, help_text="None: it is emptied already.")
    code_mark = models.CharField(max_length=64, blank=True, help_text="Fingerprint of the code on the person's slip.")
    counted_version = models.PositiveIntegerField(default=1, help_text="Counts changes of what figures read.")
    origin = models.CharField(max_length=64, blank=True, help_text="A key by which it is entered only once.")

    objects: models.Manager["Entry"] = models.Manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="roll_entry_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="roll_entry_on_since_a_day",
                condition=Q(joined_on__isnull=False) | Q(status__in=["asked", "declined"]),
            ),
            models.CheckConstraint(
                name="roll_entry_left_on_a_day",
                condition=Q(status="left", left_on__isnull=False) | (~Q(status="left") & Q(left_on=None)),
            ),
            models.CheckConstraint(
                name="roll_entry_emptied_whole",
                condition=Q(delete_on__isnull=False)
                | Q(name__isnull=True, phone__isnull=True, address__isnull=True, values__isnull=True)
                & Q(phone_mark="", name_mark="", code_mark="", dwelling=None, server=None, visit_due=None),
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="roll_entry_once"),
        ]
        indexes = [
            models.Index(fields=["roll", "status", "area_path"], name="roll_entry_by_roll"),
            models.Index(fields=["server", "visit_due"], condition=Q(status="on"), name="roll_entry_by_server"),
            models.Index(fields=["delete_on"], name="roll_entry_by_deletion"),
            models.Index(fields=["code_mark"], condition=~Q(code_mark=""), name="roll_entry_by_code"),
        ]
        verbose_name = _("entry of a roll")
        verbose_name_plural = _("entries of rolls")

    def __str__(self) -> str:
        return f"R{self.pk}"

    @property
    def number(self) -> str:
        """How the log of opened personal data names it."""
        return f"R{self.pk}"

    @property
    def emptied(self) -> bool:
        return self.delete_on is None

    def get_absolute_url(self) -> str:
        """Of the keepers' page."""
        return reverse("desk:roll_entry", args=[self.pk])


class Visit(models.Model):
    """Somebody called at a person of a roll."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="visits")
    day = models.DateField()
    outcome = models.CharField(max_length=64, help_text="Code of one of the roll's outcomes.")
    words = EncryptedTextField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    next_due = models.DateField(null=True)
    origin = models.CharField(max_length=64, blank=True, help_text="A key by which it is written down only once.")
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Visit"] = models.Manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="roll_visit_once"),
        ]
        indexes = [models.Index(fields=["day"], name="roll_visit_by_day")]

    def __str__(self) -> str:
        return f"R{self.entry_id} {self.day} {self.outcome}"


class RollEvent(Happened):
    """What was done with an entry. Of what is sealed it says only that it changed."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="events")
    by_person = models.BooleanField(default=False, help_text="The person did it, by the code of the slip.")

    class Meta(Happened.Meta):
        indexes = [models.Index(fields=["entry", "-id"], name="roll_event_by_entry")]

    def __str__(self) -> str:
        return f"R{self.entry_id} {self.action}"
