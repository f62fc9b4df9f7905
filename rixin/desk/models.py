"""What one person keeps at the desk: filters saved by name, exports on their way, the key of a calendar feed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A filter under a name of the person's own. `query` is what stands in the address bar."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="saved_filter_once_per_name")]

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """A list being written to a file, for the person who asked and nobody else; gone after a day."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to be written")
        WRITING = "writing", _("Being written")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    query = models.CharField(max_length=500, blank=True)
    tab = models.CharField(max_length=16)
    columns: models.JSONField[list[str], list[str]] = models.JSONField()
    format = models.CharField(max_length=4, choices=Format)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    # How many rows there are, as far as was counted beforehand, and how many are written.
    expected = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    # When it last went on: a job that was killed does not.
    moved_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["account", "-asked_at"], name="export_by_account"),
            models.Index(fields=["asked_at"], name="export_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M} {self.format} {self.status}"

    @property
    def filename(self) -> str:
        return f"rixin-{self.asked_at:%Y%m%d-%H%M}-{self.pk}.{self.format}"


class FeedKey(models.Model):
    """The secret address under which a calendar program fetches one person's dates. Only its fingerprint is kept."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the key.")
    language = models.CharField(max_length=10, default="zh-hans")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.made_at:%Y-%m-%d}"
