"""Events: what is planned, who signs up, how it went."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.activities.models.teams import Team
from rixin.facilities.models import Facility
from rixin.history import Versioned
from rixin.people.models import Unit
from rixin.privacy.fields import EncryptedTextField
from rixin.registers.models import Enterprise


class Event(Versioned):
    """One event as it is now. A class that meets several times is one event with sessions."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of an event", "Planned")
        HELD = "held", pgettext_lazy("state of an event", "Held")
        CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")

    kind = models.CharField(max_length=64, help_text="Code of its kind.")
    sort = models.CharField(max_length=64, blank=True, help_text="Code of one of the sorts of its kind.")
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, help_text="What it offers, for residents.")
    day = models.DateField(help_text="Of a class: the day of its first session.")
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, help_text="WGS-84.")
    lng = models.FloatField(null=True)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+", help_text="Where it is.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="That holds it.")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="events", help_text="That puts it on.")
    capacity = models.PositiveIntegerField(null=True, help_text="How many people there is room for; empty: all.")
    sign_up_from = models.DateTimeField(null=True, help_text="Empty: nobody has to sign up.")
    sign_up_until = models.DateTimeField(null=True)
    queue = models.PositiveIntegerField(
        default=0, help_text="Counts sign-ups and withdrawals; written first, so that two at once wait for each other."
    )
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    cancelled_because = models.CharField(max_length=200, blank=True)
    attendance = models.PositiveIntegerField(null=True, help_text="How many came; of a class all sessions added up.")
    words = models.TextField(blank=True, help_text="How it went.")
    origin = models.CharField(max_length=64, blank=True, help_text="A key by which it is entered only once.")
    entered_at = models.DateTimeField()

    objects: models.Manager["Event"] = models.Manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(name="event_state", condition=Q(state__in=["planned", "held", "cancelled"])),
            models.CheckConstraint(
                name="event_cancelled_for_a_reason",
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
            ),
            models.CheckConstraint(name="event_attended_when_held", condition=Q(attendance=None) | Q(state="held")),
            models.CheckConstraint(
                name="event_sign_up_whole",
                condition=Q(sign_up_from=None, sign_up_until=None) | Q(sign_up_until__gt=F("sign_up_from")),
            ),
            models.CheckConstraint(
                name="event_point_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="event_entered_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "-day"], name="event_by_kind"),
            models.Index(fields=["-day", "-id"], name="event_by_day"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="event_by_area"),
        ]
        verbose_name = pgettext_lazy("culture", "event")
        verbose_name_plural = pgettext_lazy("culture", "events")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:event", args=[self.pk])


class Session(models.Model):
    """One date on which a class meets."""

    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="sessions")
    day = models.DateField()
    topic = models.CharField(max_length=80, blank=True)
    attendance = models.PositiveIntegerField(null=True)

    objects: models.Manager["Session"] = models.Manager()

    class Meta:
        ordering = ["event", "day"]
        constraints = [models.UniqueConstraint(fields=["event", "day"], name="event_session_once_a_day")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.day}"


class SignUp(models.Model):
    """Somebody who wants to come, alone or with others. `pk` gives the order in which they asked."""

    class State(models.TextChoices):
        IN = "in", pgettext_lazy("state of a sign-up", "Has a place")
        WAITING = "waiting", pgettext_lazy("state of a sign-up", "Waits for a place")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a sign-up", "Withdrawn")

    class AgeBand(models.TextChoices):
        SMALL = "0-5", pgettext_lazy("age", "up to 5")
        SCHOOL = "6-9", pgettext_lazy("age", "6 to 9")
        OLDER = "10-12", pgettext_lazy("age", "10 to 12")
        TEEN = "13-17", pgettext_lazy("age", "13 to 17")
        ADULT = "18+", pgettext_lazy("age", "grown up")

    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="sign_ups")
    state = models.CharField(max_length=9, choices=State)
    people = models.PositiveSmallIntegerField(default=1)
    name = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    phone_mark = models.CharField(max_length=64, blank=True, help_text="Keyed fingerprint of the telephone.")
    age_band = EncryptedTextField(null=True, help_text="Of the child; code of AgeBand.")
    code = EncryptedTextField(help_text="By which the person finds it again.")
    code_mark = models.CharField(max_length=64, unique=True, help_text="Keyed fingerprint of the code.")
    once = models.CharField(max_length=64, unique=True, help_text="The sender's own key: sent twice it is one.")
    at = models.DateTimeField()
    moved_up_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    objects: models.Manager["SignUp"] = models.Manager()

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(name="sign_up_state", condition=Q(state__in=["in", "waiting", "withdrawn"])),
            models.CheckConstraint(name="sign_up_of_somebody", condition=Q(people__gte=1)),
            models.UniqueConstraint(
                fields=["event", "phone_mark"],
                condition=~Q(phone_mark="") & ~Q(state="withdrawn"),
                name="sign_up_once_a_telephone",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "id"], name="sign_up_by_event")]

    def __str__(self) -> str:
        return f"{self.event_id}.{self.pk} {self.state}"


class Employer(models.Model):
    """An employer at a fair: one of the register, or by its name alone."""

    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="employers")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, help_text="As it was written.")
    posts = models.PositiveIntegerField(default=0)
    agreements = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Employer"] = models.Manager()

    class Meta:
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="event_employer_once")]

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A picture of how it went. Its bytes lie where the photos of matters do, by digest."""

    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="pictures")
    digest = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects: models.Manager["Picture"] = models.Manager()

    class Meta:
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="event_picture_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.digest[:8]}"


class EventImport(models.Model):
    """A table of events that somebody brought: looked at first, then entered."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filename = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    entered = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of events")
        verbose_name_plural = _("imports of events")

    def __str__(self) -> str:
        return self.filename
