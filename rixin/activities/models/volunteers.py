"""Volunteers, and the hours for which they helped. Hours in hundredths."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.activities.models.events import Event
from rixin.history import Versioned
from rixin.people.models import Unit
from rixin.privacy.fields import EncryptedTextField


class Volunteer(Versioned):
    """Somebody who agreed to be one. Name and telephone go some time after leaving; the hours stay, of nobody."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of a volunteer", "Asked to join")
        ACTIVE = "active", pgettext_lazy("state of a volunteer", "Volunteer")
        LEFT = "left", pgettext_lazy("state of a volunteer", "Left")

    name = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    phone_mark = models.CharField(max_length=64, blank=True, help_text="Keyed fingerprint of the telephone.")
    area_path = models.CharField(max_length=120)
    state = models.CharField(max_length=6, choices=State)
    agreed_at = models.DateTimeField(help_text="When the person agreed that this is kept.")
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    code = EncryptedTextField(help_text="By which the person finds the own hours.")
    code_mark = models.CharField(max_length=64, unique=True, help_text="Keyed fingerprint of the code.")
    once = models.CharField(max_length=64, unique=True, help_text="The sender's own key: sent twice it is one.")

    objects: models.Manager["Volunteer"] = models.Manager()

    class Meta:
        ordering = ["area_path", "pk"]
        constraints = [
            models.CheckConstraint(name="volunteer_state", condition=Q(state__in=["asked", "active", "left"])),
            models.UniqueConstraint(
                fields=["phone_mark"],
                condition=~Q(phone_mark="") & ~Q(state="left"),
                name="volunteer_once_a_telephone",
            ),
        ]
        indexes = [models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="volunteer_by_area")]
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")

    def __str__(self) -> str:
        return f"V{self.pk}"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:volunteer", args=[self.pk])


class Hours(Versioned):
    """Hours of one day: of a volunteer, or of a group that came together and is counted without names."""

    class Origin(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprises")
        UNIVERSITY = "university", _("Universities")
        CHARITY = "charity", _("Charities")
        RESIDENTS = "residents", _("Residents")

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, null=True, related_name="hours")
    group = models.CharField(max_length=80, blank=True, help_text="Name of the enterprise, university or charity.")
    origin = models.CharField(max_length=10, choices=Origin)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="hours_of_volunteers")
    day = models.DateField()
    area_path = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(default=1)
    newcomers = models.PositiveIntegerField(default=0, help_text="Of the people those who helped for the first time.")
    hours = models.PositiveIntegerField(help_text="Of all of them together, in hundredths.")
    what = models.CharField(max_length=120, blank=True)
    taken_back = models.BooleanField(default=False)
    entered_at = models.DateTimeField()

    objects: models.Manager["Hours"] = models.Manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="hours_of_somebody",
                condition=Q(volunteer__isnull=False, group="", people=1) | (Q(volunteer=None) & ~Q(group="")),
            ),
            models.CheckConstraint(name="hours_newcomers", condition=Q(newcomers__lte=models.F("people"))),
            models.CheckConstraint(name="hours_some", condition=Q(hours__gt=0, people__gt=0)),
            models.CheckConstraint(
                name="hours_origin", condition=Q(origin__in=["enterprise", "university", "charity", "residents"])
            ),
        ]
        indexes = [models.Index(fields=["-day", "-id"], name="hours_by_day")]
        verbose_name = _("hours of volunteers")
        verbose_name_plural = _("hours of volunteers")

    def __str__(self) -> str:
        return f"{self.day} {self.volunteer_id or self.group}"

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:hours", args=[self.pk])
