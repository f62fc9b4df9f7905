"""What happened to events, teams, volunteers and hours."""

from django.db import models
from django.db.models import Q

from rixin.activities.models.events import Event
from rixin.activities.models.teams import Team
from rixin.activities.models.volunteers import Hours, Volunteer
from rixin.history import Happened


class ActivityEvent(Happened):
    event = models.ForeignKey(Event, models.PROTECT, null=True, db_index=False, related_name="events")
    team = models.ForeignKey(Team, models.PROTECT, null=True, db_index=False, related_name="happened")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, null=True, db_index=False, related_name="events")
    hours = models.ForeignKey(Hours, models.PROTECT, null=True, db_index=False, related_name="events")

    class Meta(Happened.Meta):
        constraints = [
            models.CheckConstraint(
                name="activity_event_of_something",
                condition=Q(event__isnull=False)
                | Q(team__isnull=False)
                | Q(volunteer__isnull=False)
                | Q(hours__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=[name, "id"], condition=Q(**{f"{name}__isnull": False}), name=f"activity_of_{name}")
            for name in ("event", "team", "volunteer", "hours")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.event_id or self.team_id or self.volunteer_id or self.hours_id}"
