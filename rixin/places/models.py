"""The area tree and the places in it. Both are public knowledge: no person is named here."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rixin.places.coordinates import Position


class Level(models.TextChoices):
    """From the whole to the part. The order is the order of the tree."""

    DISTRICT = "district", pgettext_lazy("level of an area", "District")
    SUBDISTRICT = "subdistrict", _("Sub-district")
    COMMUNITY = "community", _("Community")
    GRID = "grid", _("Grid")
    MICROGRID = "microgrid", _("Micro-grid")


LEVELS: tuple[str, ...] = tuple(Level.values)


class Kind(models.TextChoices):
    QUARTER = "quarter", _("Residential quarter")
    BUILDING = "building", _("Building")
    ROAD = "road", _("Road")
    RIVER = "river", _("River")
    PARK = "park", _("Park")
    SQUARE = "square", _("Square")
    SCHOOL = "school", _("School")
    MARKET = "market", _("Market")
    OFFICE_BUILDING = "office_building", _("Office building")
    FACILITY = "facility", _("Facility")
    LANDMARK = "landmark", _("Landmark")


class Named(models.Model):
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    # Short and former names by which people also mean it. Not a word that means something else: 阳光 is no alias.
    aliases: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language; Chinese where no English is known."""
        if (get_language() or "").startswith("en"):
            return self.name_en or self.name_zh
        return self.name_zh


class Area(Named):
    """One area of the tree district → sub-district → community → grid → micro-grid.

    `boundary` is a GeoJSON Polygon or MultiPolygon in WGS-84, null where none is known.
    """

    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=12, choices=Level.choices)
    path = models.CharField(max_length=100, unique=True)
    boundary: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    boundary_source = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(name="area_of_a_level", condition=Q(level__in=LEVELS)),
            models.CheckConstraint(
                name="area_point_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="area_has_a_path",
                condition=Q(level=Level.DISTRICT, path="") | (~Q(level=Level.DISTRICT) & ~Q(path="")),
            ),
        ]
        verbose_name = _("area")
        verbose_name_plural = _("areas")


class Place(Named):
    """Something that people name when they say where: a quarter, one of its buildings, a road, a facility.

    `area` is the finest area that holds the whole of it; null: known, but outside our areas. `house_number` is the
    number of a building within its quarter (`parent`). `shape` is a GeoJSON line in WGS-84 for roads and rivers.
    What is no more gets a date in `retired_on` and stays, since matters and printed codes still name it.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    house_number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    shape: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="place_of_a_kind", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="place_point_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
        ]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    @property
    def position(self) -> Position | None:
        return None if self.lat is None or self.lng is None else Position(self.lat, self.lng)
