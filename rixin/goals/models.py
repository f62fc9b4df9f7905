"""The monthly reviews of a year's goals, what is said of their milestones, and what was asked. Only `actions` writes.

What a goal is, the catalogue says; how far it had come is frozen in the review that somebody wrote.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.history import Happened, Versioned
from rixin.people.models import Unit

LONGEST = 1_000


class State(models.TextChoices):
    REACHED = "reached", pgettext_lazy("state of a goal", "Reached")
    GREEN = "green", pgettext_lazy("state of a goal", "On course")
    YELLOW = "yellow", pgettext_lazy("state of a goal", "Somewhat behind")
    RED = "red", pgettext_lazy("state of a goal", "Far behind")
    MISSED = "missed", pgettext_lazy("state of a goal", "Missed")
    NOT_KNOWN = "not_known", pgettext_lazy("state of a goal", "Not known yet")


class GoalReview(Versioned):
    """What the owner unit wrote of one goal for one month, with how far it had come when it first wrote."""

    goal = models.CharField(max_length=64, help_text="Code of the goal.")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+", help_text="That answers for it.")
    area_path = models.CharField(max_length=120, help_text="Of the unit.")
    state = models.CharField(max_length=9, choices=State)
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True, help_text="In the unit of its metric.")
    share = models.DecimalField(max_digits=9, decimal_places=1, null=True, help_text="Of the target, in per cent.")
    expected = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    gone = models.DecimalField(max_digits=4, decimal_places=1, help_text="Of its time, in per cent.")
    done = models.TextField(max_length=LONGEST, help_text="What was done.")
    hinders = models.TextField(max_length=LONGEST, blank=True)
    next_step = models.TextField(max_length=LONGEST, blank=True)
    next_by = models.DateField(null=True)
    remark = models.TextField(max_length=LONGEST, blank=True, help_text="Of a leader.")
    remark_by = models.CharField(max_length=60, blank=True)
    remark_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    written_at = models.DateTimeField()

    objects: models.Manager["GoalReview"] = models.Manager()

    class Meta:
        ordering = ["year", "month", "goal"]
        constraints = [
            models.CheckConstraint(name="goal_review_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="goal_review_month", condition=Q(month__range=(1, 12))),
            models.UniqueConstraint(fields=["year", "goal", "month"], name="goal_review_once_a_month"),
        ]
        verbose_name = _("review of a goal")
        verbose_name_plural = _("reviews of goals")

    def __str__(self) -> str:
        return f"{self.goal} {self.year}-{self.month:02}"

    def get_absolute_url(self) -> str:
        """Of the staff's page of the goal."""
        return reverse("desk:goal", args=[self.goal])


class SaidMilestone(models.Model):
    """Somebody of the owner unit says that a step is done, and by what one can see it."""

    goal = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    milestone = models.CharField(max_length=64, help_text="Code of the step.")
    done_on = models.DateField()
    evidence = models.CharField(max_length=400)
    by_name = models.CharField(max_length=60)
    review = models.ForeignKey(GoalReview, models.PROTECT, related_name="said")
    said_at = models.DateTimeField()

    objects: models.Manager["SaidMilestone"] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["year", "goal", "milestone"], name="goal_milestone_said_once")]

    def __str__(self) -> str:
        return f"{self.goal} {self.milestone} {self.done_on}"


class Asked(models.Model):
    """A unit was asked for its reviews of a month: once."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()

    objects: models.Manager["Asked"] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "month", "unit"], name="goal_review_asked_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}-{self.month:02}"


class GoalEvent(Happened):
    review = models.ForeignKey(GoalReview, models.PROTECT, db_index=False, related_name="events")

    class Meta(Happened.Meta):
        indexes = [models.Index(fields=["review", "id"], name="goal_event_of_review")]

    def __str__(self) -> str:
        return f"{self.action} {self.review_id}"
