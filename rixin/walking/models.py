"""The network of ways on foot, and how far each building was from the nearest facility from which day until which."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rixin.history import Happened


class Network(models.Model):
    """All ways on foot, as they are known from a day on until a newer network follows."""

    from_day = models.DateField(unique=True)
    source = models.CharField(max_length=200, blank=True)
    bundled = models.BooleanField(default=False, help_text="Whether it came with the product.")
    digest = models.CharField(max_length=64)
    lines: models.JSONField[Any, Any] = models.JSONField(help_text="Lists of [longitude, latitude] in WGS-84.")
    brought_at = models.DateTimeField()

    objects: models.Manager["Network"] = models.Manager()

    class Meta:
        ordering = ["from_day"]

    def __str__(self) -> str:
        return f"{self.from_day} {self.source}"


class Ring(models.Model):
    """A circle of the catalogue, as what reaches and their history are of."""

    circle = models.CharField(max_length=64, unique=True, help_text="Code of the circle.")
    settled_at = models.DateTimeField(null=True, help_text="When its reaches were last computed.")
    facts = models.CharField(max_length=64, blank=True, help_text="Digest of all that they were computed from.")

    objects: models.Manager["Ring"] = models.Manager()

    class Meta:
        ordering = ["circle"]

    def __str__(self) -> str:
        return self.circle


class Reach(models.Model):
    """Of a building, from a day until another: the nearest open facility of a circle, and how far it was.

    Computed, never typed: `settling` writes all of them. Without metres there is no way to any facility.
    """

    ring = models.ForeignKey(Ring, models.PROTECT, db_index=False, related_name="reaches")
    building = models.CharField(max_length=40, help_text="Code of the place.")
    area_path = models.CharField(max_length=120)
    dwellings = models.PositiveIntegerField()
    facility = models.ForeignKey("facilities.Facility", models.PROTECT, null=True, related_name="+")
    metres = models.PositiveIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    covered = models.BooleanField()
    on_network = models.BooleanField()
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Reach"] = models.Manager()

    class Meta:
        ordering = ["ring", "building", "from_day"]
        constraints = [
            models.UniqueConstraint(fields=["ring", "building", "from_day"], name="reach_begins_once"),
            models.CheckConstraint(
                name="reach_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.CheckConstraint(
                name="reach_whole",
                condition=Q(metres=None, minutes=None, facility=None, covered=False)
                | Q(metres__isnull=False, minutes__isnull=False, facility__isnull=False, on_network=True),
            ),
        ]
        verbose_name = _("walk to the nearest facility")
        verbose_name_plural = _("walks to the nearest facility")

    def __str__(self) -> str:
        return f"{self.building} {self.metres} {self.from_day}"


class ReachEvent(Happened):
    """The reaches of a circle changed: how many came, were altered and went, and from what they were computed."""

    ring = models.ForeignKey(Ring, models.PROTECT, related_name="events")

    def __str__(self) -> str:
        return f"{self.action} {self.ring_id}"
