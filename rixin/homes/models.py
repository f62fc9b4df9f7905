"""Dwellings by building and unit, and how many people the returns say live there. No name of anybody stands here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Dwelling(models.Model):
    """A dwelling of a residential building while it is there."""

    building = models.CharField(max_length=40, help_text="Code of the place that is its building.")
    area_path = models.CharField(max_length=120)
    unit = models.CharField(max_length=20, blank=True, help_text="Number of the stairwell (单元); empty where none is.")
    number = models.CharField(max_length=20, help_text="Of the dwelling within its unit, such as 501.")
    floor = models.SmallIntegerField(null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, help_text="The first day on which it is no dwelling any more.")
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Dwelling"] = models.Manager()

    class Meta:
        ordering = ["building", "unit", "floor", "number"]
        constraints = [
            models.CheckConstraint(
                name="dwelling_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(
                fields=["building", "unit", "number"], condition=Q(until_day=None), name="dwelling_there_once"
            ),
        ]
        indexes = [
            models.Index(fields=["building", "unit"], name="dwelling_by_building"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="dwelling_by_area"),
        ]
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")

    def __str__(self) -> str:
        return f"{self.building} {self.unit}-{self.number}"
