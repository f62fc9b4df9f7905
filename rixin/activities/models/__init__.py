"""Events, who signs up and who comes; the teams that put them on; volunteers and their hours.

Only the actions of this app write here.
"""

from rixin.activities.models.events import Employer, Event, EventImport, Picture, Session, SignUp
from rixin.activities.models.history import ActivityEvent
from rixin.activities.models.teams import MemberCount, Team
from rixin.activities.models.volunteers import Hours, Volunteer

__all__ = [
    "ActivityEvent",
    "Employer",
    "Event",
    "EventImport",
    "Hours",
    "MemberCount",
    "Picture",
    "Session",
    "SignUp",
    "Team",
    "Volunteer",
]
