"""Dwellings by building and unit, and how many people the returns say live there. No name of anybody stands here.

Only `actions` and `counting` write here.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.history import Happened, Versioned


class Dwelling(Versioned):
    """A dwelling of a residential building while it is there."""

    building = models.CharField(max_length=40, help_text="Code of the place that is its building.")
    area_path = models.CharField(max_length=120)
    unit = models.CharField(max_length=20, blank=True, help_text="Number of the stairwell (单元); empty where none is.")
    number = models.CharField(max_length=20, help_text="Of the dwelling within its unit, such as 501.")
    floor = models.SmallIntegerField(null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, help_text="The first day on which it is no dwelling any more.")
    changed_at = models.DateTimeField(default=timezone.now)

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


class HeadReturn(Versioned):
    """What a building's stairwell returned for a period. It holds from the period's last day until the next return."""

    building = models.CharField(max_length=40, help_text="Code of the place that is its building.")
    unit = models.CharField(max_length=20, blank=True)
    area_path = models.CharField(max_length=120)
    period = models.CharField(max_length=7, help_text="Such as 2022-H1 or 2022-Q3.")
    from_day = models.DateField(help_text="Last day of the period.")
    until_day = models.DateField(null=True, help_text="From this day on a later return holds, or nobody lives there.")

    objects: models.Manager["HeadReturn"] = models.Manager()

    class Meta:
        ordering = ["building", "unit", "from_day"]
        constraints = [
            models.UniqueConstraint(fields=["building", "unit", "period"], name="head_return_once"),
            models.CheckConstraint(
                name="head_return_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
        ]
        indexes = [
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="head_return_by_area"),
            models.Index(fields=["period"], name="head_return_by_period"),
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.unit} {self.period}"


class HeadCount(models.Model):
    """One total of a return."""

    ret = models.ForeignKey(HeadReturn, models.CASCADE, related_name="counts")
    counted = models.CharField(max_length=64, help_text="Code of a field of the definition.")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["HeadCount"] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["ret", "counted"], name="head_count_once")]

    def __str__(self) -> str:
        return f"{self.ret_id} {self.counted}: {self.number}"


class HomeEvent(Happened):
    """Who entered, corrected or ended dwellings of a building, or returned its counts."""

    building = models.CharField(max_length=40)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="events")
    ret = models.ForeignKey(HeadReturn, models.PROTECT, null=True, related_name="events")

    class Meta(Happened.Meta):
        indexes = [models.Index(fields=["building", "-id"], name="home_event_by_building")]

    def __str__(self) -> str:
        return f"{self.building} {self.action}"
