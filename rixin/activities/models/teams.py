"""Teams that put on events."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from rixin.history import Versioned
from rixin.privacy.fields import EncryptedTextField


class Team(Versioned):
    """A team of a level. `members`: what was counted last, kept here for lists."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=64, help_text="Code of the kind of event that it puts on.")
    level = models.CharField(max_length=64, help_text="Code of one of the levels of its kind.")
    art = models.CharField(max_length=60, blank=True, help_text="What it does, such as choir or table tennis.")
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True, help_text="Of its quarter.")
    leader_name = EncryptedTextField(null=True)
    leader_phone = EncryptedTextField(null=True)
    members = models.PositiveIntegerField(null=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, help_text="The first day on which it is no more.")
    entered_at = models.DateTimeField()

    objects: models.Manager["Team"] = models.Manager()

    class Meta:
        ordering = ["level", "area_path", "name"]
        constraints = [
            models.CheckConstraint(name="team_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day")))
        ]
        indexes = [
            models.Index(fields=["kind", "level", "from_day"], name="team_by_level"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="team_by_area"),
        ]
        verbose_name = pgettext_lazy("culture", "team")
        verbose_name_plural = pgettext_lazy("culture", "teams")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:team", args=[self.pk])


class MemberCount(models.Model):
    """How many members a team had on a day."""

    team = models.ForeignKey(Team, models.PROTECT, db_index=False, related_name="counts")
    day = models.DateField()
    members = models.PositiveIntegerField()

    objects: models.Manager["MemberCount"] = models.Manager()

    class Meta:
        ordering = ["team", "-day"]
        constraints = [models.UniqueConstraint(fields=["team", "day"], name="team_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.day}: {self.members}"
