"""Places that serve residents, and what held of each from a day until another. Only the actions of this app write here.

Areas in square decimetres.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.history import Happened, Versioned
from rixin.people.models import in_language
from rixin.places.coordinates import Position


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a facility", "Being prepared")
    OPEN = "open", pgettext_lazy("state of a facility", "Open")
    PAUSED = "paused", pgettext_lazy("state of a facility", "Closed for a time")
    ENDED = "ended", pgettext_lazy("state of a facility", "Closed for good")


class Facility(Versioned):
    """As it is now. State, stars and floor area are what its spans say today, kept here for quick lists."""

    kind = models.CharField(max_length=64, help_text="Code of its kind.")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True, help_text="Of the place in which it is.")
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, help_text="WGS-84.")
    lng = models.FloatField(null=True)
    state = models.CharField(max_length=7, choices=State)
    stars = models.PositiveSmallIntegerField(null=True)
    floor_area = models.PositiveIntegerField(null=True)
    level = models.CharField(max_length=64, blank=True, help_text="Code of one of the levels of its kind.")
    operator = models.CharField(max_length=120, blank=True, help_text="Who runs it.")
    phone = models.CharField(max_length=40, blank=True, help_text="Of the facility, for everybody.")
    hours: models.JSONField[Any, Any] = models.JSONField(
        default=dict, help_text='By weekday from "1" for Monday: a list of ["08:30", "17:00"].'
    )
    hours_note = models.CharField(max_length=200, blank=True)
    about_zh = models.CharField(max_length=1000, blank=True, help_text="What it offers, for residents.")
    about_en = models.CharField(max_length=1500, blank=True)
    entered_at = models.DateTimeField()

    objects: models.Manager["Facility"] = models.Manager()

    class Meta:
        ordering = ["kind", "area_path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name_zh", "area_path"], name="facility_name_once"),
            models.CheckConstraint(name="facility_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="facility_point_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state"], name="facility_by_kind"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="facility_by_area"),
        ]
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_language(self.name_zh, self.name_en)

    @property
    def about(self) -> str:
        """In the reader's language."""
        return in_language(self.about_zh, self.about_en)

    @property
    def position(self) -> Position | None:
        return None if self.lat is None or self.lng is None else Position(self.lat, self.lng)

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:facility", args=[self.pk])


class Span(models.Model):
    """What holds from a day until the first one on which it no longer does; spans that follow each other share it."""

    from_day = models.DateField()
    until_day = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class StateSpan(Span):
    facility = models.ForeignKey(Facility, models.PROTECT, db_index=False, related_name="states")
    state = models.CharField(max_length=7, choices=State)
    first = models.BooleanField(default=False, help_text="Whether it is the first time that the facility is open.")
    note = models.CharField(max_length=200, blank=True)

    objects: models.Manager["StateSpan"] = models.Manager()

    class Meta:
        ordering = ["facility", "from_day"]
        constraints = [
            models.CheckConstraint(
                name="facility_state_span_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(
                fields=["facility"], condition=Q(until_day=None), name="facility_state_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["facility", "from_day"], name="facility_state_by_day")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.state} {self.from_day}"


class StarSpan(Span):
    """Stars that it has from a day on, until it gets others or closes for good."""

    facility = models.ForeignKey(Facility, models.PROTECT, db_index=False, related_name="star_spans")
    stars = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True, help_text="Who awarded them, and by which document.")

    objects: models.Manager["StarSpan"] = models.Manager()

    class Meta:
        ordering = ["facility", "from_day"]
        constraints = [
            models.CheckConstraint(
                name="facility_star_span_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(
                fields=["facility"], condition=Q(until_day=None), name="facility_stars_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["facility", "from_day"], name="facility_stars_by_day")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.stars} {self.from_day}"


class AreaSpan(Span):
    facility = models.ForeignKey(Facility, models.PROTECT, db_index=False, related_name="area_spans")
    area = models.PositiveIntegerField(help_text="Square decimetres.")
    note = models.CharField(max_length=200, blank=True)

    objects: models.Manager["AreaSpan"] = models.Manager()

    class Meta:
        ordering = ["facility", "from_day"]
        constraints = [
            models.CheckConstraint(
                name="facility_area_span_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(
                fields=["facility"], condition=Q(until_day=None), name="facility_area_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["facility", "from_day"], name="facility_area_by_day")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.area} {self.from_day}"


class Picture(models.Model):
    """A photo of the place. Its bytes lie under MEDIA_ROOT by digest; only views that ask who looks serve them."""

    facility = models.ForeignKey(Facility, models.PROTECT, db_index=False, related_name="pictures")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the stored JPEG.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    says = models.CharField(max_length=120, blank=True, help_text="What it shows, for those who do not see it.")
    at = models.DateTimeField()

    objects: models.Manager["Picture"] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["facility", "digest"], name="facility_picture_once")]
        indexes = [models.Index(fields=["digest"], name="facility_picture_by_digest")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.digest[:8]}"


class FacilityEvent(Happened):
    facility = models.ForeignKey(Facility, models.PROTECT, db_index=False, related_name="events")

    class Meta(Happened.Meta):
        indexes = [models.Index(fields=["facility", "id"], name="facility_event_of")]

    def __str__(self) -> str:
        return f"{self.action} {self.facility_id}"
