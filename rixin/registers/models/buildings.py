"""Office buildings, their rooms and who has them. Areas in square decimetres: hundredths of a square metre, exact."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.people.models import in_language
from rixin.registers.models.enterprises import Enterprise, Span


class Building(models.Model):
    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, help_text="Degrees, WGS-84.")
    lng = models.FloatField(null=True)
    theme_zh = models.CharField(max_length=80, blank=True, help_text="What it is to be known for (一楼一特色).")
    theme_en = models.CharField(max_length=120, blank=True)
    keeper = models.CharField(max_length=80, blank=True, help_text="Company that lets or runs it.")
    built_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="building_position_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            )
        ]
        verbose_name = _("office building")
        verbose_name_plural = _("office buildings")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:building", args=[self.code])

    @property
    def name(self) -> str:
        """In the reader's language; Chinese where no English is known."""
        return in_language(self.name_zh, self.name_en)

    @property
    def theme(self) -> str:
        return in_language(self.theme_zh, self.theme_en)


class Room(Span):
    """A room that can be let, while it is there. What is planned begins on a day to come."""

    class Use(models.TextChoices):
        OFFICE = "office", pgettext_lazy("use of a room", "Office")
        SHOP = "shop", pgettext_lazy("use of a room", "Shop")
        WORKSHOP = "workshop", pgettext_lazy("use of a room", "Workshop")
        OTHER = "other", pgettext_lazy("use of a room", "Other")

    building = models.ForeignKey(Building, models.PROTECT, db_index=False, related_name="rooms")
    floor = models.SmallIntegerField(help_text="-1 for the first one below ground; there is no 0.")
    number = models.CharField(max_length=20)
    area = models.PositiveIntegerField(help_text="In square decimetres.")
    use = models.CharField(max_length=8, choices=Use, default=Use.OFFICE)

    class Meta:
        ordering = ["-floor", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                name="room_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.CheckConstraint(name="room_floor", condition=~Q(floor=0)),
            models.CheckConstraint(name="room_has_area", condition=Q(area__gt=0)),
            models.UniqueConstraint(fields=["building", "number"], condition=Q(until_day=None), name="room_now_once"),
        ]
        indexes = [models.Index(fields=["building", "-floor", "number"], name="room_by_floor")]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return f"{self.building_id} {self.number}"


class Tenancy(Span):
    """A room, or a part of it, that an enterprise has. `until_day`: it has left, whatever its lease says."""

    room = models.ForeignKey(Room, models.PROTECT, db_index=False, related_name="tenancies")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="tenancies")
    area = models.PositiveIntegerField(help_text="In square decimetres.")
    lease_end = models.DateField(null=True, help_text="Last day of the lease.")
    rent = models.PositiveIntegerField(null=True, help_text="Fen a day and square metre.")

    objects: models.Manager["Tenancy"] = models.Manager()

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="tenancy_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.CheckConstraint(name="tenancy_has_area", condition=Q(area__gt=0)),
        ]
        indexes = [
            models.Index(fields=["room", "from_day"], name="tenancy_by_room"),
            models.Index(fields=["enterprise", "from_day"], name="tenancy_by_enterprise"),
            models.Index(fields=["lease_end"], condition=Q(until_day=None), name="tenancy_by_lease_end"),
        ]
        verbose_name = _("tenancy")
        verbose_name_plural = _("tenancies")

    def __str__(self) -> str:
        return f"{self.room_id}: {self.enterprise_id} {self.from_day}"
