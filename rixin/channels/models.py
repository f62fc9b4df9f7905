"""The printed codes: each stands for a place, and whoever scans it reports what is wrong there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rixin.people.models import in_language
from rixin.places.coordinates import Position


class Code(models.Model):
    """A QR code on a poster. What it stands for stays as it was printed; a place that changes gets a new code.

    `area_path` is the finest area that holds the place, `place_code` names the place where it is more than an area.
    """

    token = models.CharField(max_length=16, unique=True, help_text="What the QR code says after /c/.")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    spot = models.CharField(max_length=60, blank=True, help_text="Where the poster hangs, such as 东门公告栏.")
    area_path = models.CharField(max_length=100)
    place_code = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True, help_text="Degrees, WGS-84.")
    lng = models.FloatField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField(null=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["area_path", "name_zh", "pk"]
        constraints = [
            models.CheckConstraint(
                name="code_position_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
        ]
        indexes = [models.Index(fields=["area_path", "name_zh", "id"], name="code_in_order")]
        verbose_name = _("code")
        verbose_name_plural = _("codes")

    def __str__(self) -> str:
        return f"{self.token} {self.name_zh}"

    @property
    def name(self) -> str:
        """In the reader's language; Chinese where no English is known."""
        return in_language(self.name_zh, self.name_en)

    @property
    def url(self) -> str:
        """What the QR code holds."""
        return f"{settings.PUBLIC_URL}/c/{self.token}"

    @property
    def position(self) -> Position | None:
        return None if self.lat is None or self.lng is None else Position(self.lat, self.lng)


class Open311Key(models.Model):
    """Who may send through Open311. The key itself is shown once, when it is made; what is kept cannot give it back."""

    name = models.CharField(max_length=80, unique=True, help_text="Of the program or office that sends.")
    mark = models.CharField(max_length=64, unique=True, help_text="Keyed fingerprint of the key.")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Open311 key")
        verbose_name_plural = _("Open311 keys")

    def __str__(self) -> str:
        return self.name
