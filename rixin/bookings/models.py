"""Rooms booked for matters. Only `booking` writes here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rixin.cases.models import Case
from rixin.people.models import Unit
from rixin.records.models import Record


class Booking(models.Model):
    """A room for a matter, from one moment up to another. It is never deleted: what is taken back says why."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="bookings")
    room = models.ForeignKey(Record, models.PROTECT, db_index=False, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    booked_at = models.DateTimeField()
    sending = models.CharField(max_length=64, unique=True, help_text="The sender's own key, the same on every retry.")
    freed_at = models.DateTimeField(null=True)
    freed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(name="booking_ends_after_start", condition=Q(ends_at__gt=F("starts_at")))]
        indexes = [
            models.Index(fields=["room", "starts_at"], condition=Q(freed_at=None), name="booking_of_room"),
            models.Index(fields=["case", "starts_at"], name="booking_of_case"),
        ]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")

    def __str__(self) -> str:
        return f"{self.room_id}: {self.starts_at} – {self.ends_at}"
