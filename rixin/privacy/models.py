"""Who opened personal data, what was deleted on schedule, and the buckets of the rate limits."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rixin.append_only import AppendOnly
from rixin.privacy.purposes import Purpose


class What(models.TextChoices):
    """Which personal data was opened."""

    CONTACT = "contact", _("Name and telephone")
    PHONE = "phone", _("Telephone")
    NAME = "name", _("Name")
    ADDRESS = "address", _("Address")
    TEXT = "text", _("Unmasked text")
    EXPORT = "export", _("Export with personal data")


class Opening(AppendOnly):
    """Somebody opened personal data: never changed, read by auditors and administrators."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # As the person was called on the day.
    name = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=What)
    # The number of the case; "" for an export over many.
    number = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    words = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="opening_latest"),
            models.Index(fields=["account", "-at"], name="opening_by_account"),
            models.Index(fields=["number"], name="opening_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name} {self.what} {self.number}"


class RetentionRun(AppendOnly):
    """One rule of retention was carried out: how many rows dated before `before` went."""

    rule = models.CharField(max_length=60)
    before = models.DateTimeField()
    deleted = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.rule}: {self.deleted}"


class Bucket(models.Model):
    """How far one key has used up its rate: see rixin.privacy.limits. The key is a keyed hash, never the address."""

    key = models.CharField(max_length=64, primary_key=True)
    # Unix seconds at which the bucket is empty again.
    empty_at = models.FloatField()
    # The time in which a full bucket empties, in seconds.
    seconds = models.PositiveIntegerField()
    # Whether the last use went in.
    allowed = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["empty_at"], name="bucket_by_time")]

    def __str__(self) -> str:
        return self.key[:8]
