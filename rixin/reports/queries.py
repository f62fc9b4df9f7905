"""Who sees which report, and what a person may do with it."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from rixin.metrics.scope import Place, may_ask, places_of
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.reports.models import Report, State

WRITERS = (Role.LEADER, Role.DISPATCHER, Role.VERIFIER, Role.COMMUNITY_OFFICER, Role.HANDLER)


def visible_to(staff: Staff) -> QuerySet[Report]:
    """Reports over places for which the person may ask for figures."""
    return Report.objects.filter(within_sight(staff))


def within_sight(staff: Staff) -> Q:
    """The condition on whatever is made for an area and a unit: the person may ask for figures of it."""
    conditions = []
    for place in places_of(staff):
        within = Q(area_path__within=place.area) if place.area else Q()
        conditions.append(within & Q(unit_code=place.unit) if place.unit else within)
    if any(condition == Q() for condition in conditions):
        return Q()
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def writes(staff: Staff, report: Report) -> bool:
    """Whether the person writes reports of its place."""
    return may_ask(staff, Place(report.area_path, report.unit_code), *WRITERS)


def may_write(staff: Staff, report: Report) -> bool:
    return report.state != State.SEALED and writes(staff, report)


def reviews(staff: Staff, report: Report) -> bool:
    """Leaders of the place. That whoever wrote it last does not seal it is asked by the action."""
    return may_ask(staff, Place(report.area_path, report.unit_code), Role.LEADER)


def may_review(staff: Staff, report: Report) -> bool:
    return report.state == State.REVIEW and reviews(staff, report)
