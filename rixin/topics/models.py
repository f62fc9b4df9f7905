"""Matters that many people raise at once, as found and as followed since. Only `looking` and `actions` write here."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.append_only import AppendOnly
from rixin.cases.models import Case
from rixin.triage.hot.heat import Heat


class Standing(models.TextChoices):
    """What people have said about it."""

    FOUND = "found", pgettext_lazy("of a topic", "Found")
    WATCHED = "watched", pgettext_lazy("of a topic", "Watched")
    SETTLED = "settled", pgettext_lazy("of a topic", "Settled")


class Topic(models.Model):
    """It only grows: matters found later are added, none is taken away. Figures are those of the last look."""

    name = models.CharField(max_length=120, help_text="What its matters share, in their own words.")
    central = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="+")
    area_path = models.CharField(max_length=120, blank=True, help_text="Where two thirds of its matters lie.")
    type = models.CharField(max_length=64, blank=True, help_text="Code of the type that two thirds of them have.")
    first_on = models.DateField()
    last_on = models.DateField()
    known_from = models.DateField(help_text="First day of which matters were compared.")
    looked_on = models.DateField()
    voices = models.PositiveIntegerField()
    usual = models.FloatField()
    agreed = models.PositiveIntegerField()
    heat = models.FloatField()
    hot = models.BooleanField()
    peak_on = models.DateField()
    peak_heat = models.FloatField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.FOUND)

    class Meta:
        ordering = ["-heat", "-peak_heat", "pk"]
        indexes = [models.Index(fields=["peak_on"], name="topic_by_peak")]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:topic", args=[self.pk])

    def now(self) -> Heat:
        """As it was at the last look."""
        return Heat(self.voices, self.usual, self.agreed)


class TopicCase(models.Model):
    """A matter of a topic. No matter is of two."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="cases")
    case = models.OneToOneField(Case, models.PROTECT, related_name="topic_link")
    day = models.DateField(help_text="Local day on which it came in.")
    wording = models.CharField(max_length=32, help_text="The same for the same message sent again.")
    found_on = models.DateField()

    objects: models.Manager["TopicCase"] = models.Manager()

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.case_id}"


class TopicStep(AppendOnly):
    """What somebody decided or noted about a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    standing = models.CharField(max_length=8, choices=Standing)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.standing}"
