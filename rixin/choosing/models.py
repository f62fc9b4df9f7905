"""Livelihood projects: raised, chosen by vote, rated. Only actions of this app write here. Money in fen."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.append_only import AppendOnly
from rixin.cases.models import Case
from rixin.choosing.stages import Declined, Feasible, NotPublished, Rating, Source, Stage, State
from rixin.history import Happened, Versioned
from rixin.people.models import Unit
from rixin.privacy.fields import EncryptedTextField
from rixin.programmes.models import Project
from rixin.topics.models import Topic


class Round(Versioned):
    """One year's choice: called, raised for, put on a list, voted on, announced."""

    year = models.PositiveSmallIntegerField(help_text="In which what is chosen will be built.")
    area_path = models.CharField(max_length=120)
    call = models.TextField(help_text="What residents are told.")
    call_from = models.DateField()
    call_until = models.DateField(help_text="The last day on which something can be raised.")
    places = models.PositiveSmallIntegerField(help_text="How many are to be chosen.")
    deputies = models.PositiveIntegerField(help_text="Who may vote.")
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.RAISING)
    announced_on = models.DateField(null=True)

    objects: models.Manager["Round"] = models.Manager()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "area_path"], name="round_of_year"),
            models.CheckConstraint(name="round_call_ends_after", condition=Q(call_until__gte=F("call_from"))),
            models.CheckConstraint(name="round_places", condition=Q(places__gte=1, deputies__gte=1)),
        ]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def __str__(self) -> str:
        return f"{self.year} {self.area_path}"

    def get_absolute_url(self) -> str:
        return reverse("desk:choice", args=[self.pk])

    def called_on(self, day: date) -> bool:
        """Whether residents can raise something on the day."""
        return self.stage == Stage.RAISING and self.call_from <= day <= self.call_until


class Proposal(Versioned):
    """What somebody wants built. `title` and `why` are the own words; what is published stands beside them."""

    round = models.ForeignKey(Round, models.PROTECT, db_index=False, related_name="proposals")
    title = models.CharField(max_length=60)
    why = models.TextField()
    area_path = models.CharField(max_length=120)
    place_code = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, help_text="WGS-84.")
    lng = models.FloatField(null=True)
    source = models.CharField(max_length=8, choices=Source)
    origin = models.CharField(max_length=120, blank=True, help_text="Which meeting, or who passed it on.")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+")
    name = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    code = EncryptedTextField()
    code_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the code.")
    submission_mark = models.CharField(max_length=64, unique=True, help_text="Fingerprint of the sender's key.")
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.RAISED)
    public_title = models.CharField(max_length=60, blank=True)
    public_why = models.TextField(blank=True)
    not_published = models.CharField(max_length=12, choices=NotPublished, blank=True)
    declined = models.CharField(max_length=12, choices=Declined, blank=True)
    said = models.CharField(max_length=400, blank=True, help_text="What the proposer reads beside the reason.")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    supporters = models.PositiveIntegerField(default=0)
    group = models.CharField(max_length=30, blank=True, help_text="By which staff put alike ones together.")
    feasible = models.CharField(max_length=7, choices=Feasible, blank=True)
    cost = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    payer = models.CharField(max_length=80, blank=True)
    remarks = models.CharField(max_length=600, blank=True)
    listed_on = models.DateField(null=True)
    chosen_on = models.DateField(null=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="proposals")

    objects: models.Manager["Proposal"] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="proposal_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="proposal_merged_somewhere",
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into=None)),
            ),
            models.CheckConstraint(name="proposal_not_into_itself", condition=~Q(merged_into=F("pk"))),
            models.CheckConstraint(
                name="proposal_point_whole",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="proposal_by_state"),
            models.Index(fields=["raised_on"], name="proposal_by_day"),
            models.Index(fields=["area_path"], opclasses=["varchar_pattern_ops"], name="proposal_by_area"),
        ]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return self.shown_title

    def get_absolute_url(self) -> str:
        return reverse("desk:proposal", args=[self.pk])

    @property
    def number(self) -> str:
        """By which staff speak of it."""
        return f"{self.round.year}-{self.pk}"

    @property
    def shown_title(self) -> str:
        """As it was published, else in the own words."""
        return self.public_title or self.title


class Support(AppendOnly):
    """One browser stands behind one proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, db_index=False, related_name="supports")
    mark = models.CharField(max_length=64, help_text="Fingerprint of what the browser keeps.")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "mark"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class Ballot(Versioned):
    """One ballot of a round; a further one where a tie left places open. Its result follows from its counts."""

    round = models.ForeignKey(Round, models.PROTECT, db_index=False, related_name="ballots")
    nth = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(help_text="How many it fills, and how many each deputy marks at most.")
    held_on = models.DateField()
    candidates: "models.ManyToManyField[Proposal, Any]" = models.ManyToManyField(Proposal, related_name="ballots")
    present = models.PositiveIntegerField(null=True, help_text="Who voted, as both counts say.")
    votes: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="By number of the proposal.")
    decided_at = models.DateTimeField(null=True, help_text="When both counts said the same.")

    objects: models.Manager["Ballot"] = models.Manager()

    class Meta:
        ordering = ["round", "nth"]
        constraints = [models.UniqueConstraint(fields=["round", "nth"], name="ballot_in_order")]
        verbose_name = pgettext_lazy("vote", "ballot")
        verbose_name_plural = pgettext_lazy("vote", "ballots")

    def __str__(self) -> str:
        return f"{self.round_id}.{self.nth}"


class Count(models.Model):
    """What one person counted in a ballot. The other one does not see it before having counted too."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, db_index=False, related_name="counts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    present = models.PositiveIntegerField()
    votes: models.JSONField[Any, Any] = models.JSONField(help_text="By number of the proposal.")
    at = models.DateTimeField()

    objects: models.Manager["Count"] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "by"], name="count_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.by_id}"


class ProjectRating(models.Model):
    """What one browser thinks of a project that was built. Nobody changes it or leaves it out."""

    project = models.ForeignKey(Project, models.PROTECT, db_index=False, related_name="ratings")
    rating = models.CharField(max_length=13, choices=Rating)
    words = models.CharField(max_length=500, blank=True)
    phone = EncryptedTextField(null=True)
    mark = models.CharField(max_length=64, help_text="Fingerprint of what the browser keeps.")
    day = models.DateField()
    at = models.DateTimeField()

    objects: models.Manager["ProjectRating"] = models.Manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["project", "mark"], name="project_rated_once")]
        indexes = [models.Index(fields=["day"], name="project_rating_by_day")]
        verbose_name = _("rating of a project")
        verbose_name_plural = _("ratings of projects")

    def __str__(self) -> str:
        return f"{self.project_id} {self.rating}"


class Asked(Versioned):
    """How many people were asked for their rating of a project, where somebody has counted them."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="asked")
    people = models.PositiveIntegerField()

    objects: models.Manager["Asked"] = models.Manager()

    def __str__(self) -> str:
        return f"{self.project_id} {self.people}"


class ChoosingEvent(Happened):
    """What happened to a round, one of its proposals, or the rating of a project."""

    round = models.ForeignKey(Round, models.PROTECT, null=True, db_index=False, related_name="events")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, db_index=False, related_name="events")
    project = models.ForeignKey(Project, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta(Happened.Meta):
        indexes = [
            models.Index(fields=["round", "id"], name="choosing_event_of_round"),
            models.Index(fields=["proposal", "id"], name="choosing_event_of_proposal"),
            models.Index(fields=["project", "id"], name="choosing_event_of_project"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.round_id or self.proposal_id or self.project_id}"
