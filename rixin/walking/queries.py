"""Who sees which walks: the only door from a person to rows. How far a building is from what is open to all is open to
all staff of its area.
"""

from datetime import date

from django.db.models import QuerySet

from rixin.catalogue.circle_schema import Circle
from rixin.facilities.models import Facility, State, StateSpan
from rixin.holding import holding
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.walking.models import Reach

SETTLES = (Role.DISPATCHER, Role.LEADER, Role.COMMUNITY_OFFICER, Role.HANDLER)


def visible_to(staff: Staff) -> QuerySet[Reach]:
    return Reach.objects.filter(staff.scope.in_areas("area_path"))


def on(staff: Staff, circle: str, day: date) -> QuerySet[Reach]:
    """Those of a circle that hold on the day, by building."""
    return visible_to(staff).filter(holding(day), ring__circle=circle).order_by("building")


def open_on(circle: Circle, day: date) -> QuerySet[Facility]:
    """The facilities of a circle that are open on the day: wherever one walks to, it is open to all."""
    then = StateSpan.objects.filter(holding(day), state=State.OPEN)
    return Facility.objects.filter(kind__in=circle.kinds, pk__in=then.values("facility")).order_by("kind", "pk")


def may_settle(staff: Staff) -> bool:
    """Computing anew writes nothing that is not so: whoever works with the figures may ask for it."""
    return staff.may(*SETTLES)
