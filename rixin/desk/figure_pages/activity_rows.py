"""Rows of activities behind a figure: whose they are, and what they say."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rixin.activities import queries
from rixin.activities.models import ActivityEvent, Employer, Event, Hours, Team
from rixin.catalogue import versions
from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.registers.amounts import plain_number


def _events(staff: Staff) -> QuerySet[Event]:
    return queries.visible_to(staff)


def _employers(staff: Staff) -> QuerySet[Employer]:
    return Employer.objects.filter(event__in=queries.visible_to(staff)).select_related("event")


def _teams(staff: Staff) -> QuerySet[Team]:
    return queries.teams_visible_to(staff)


def _hours(staff: Staff) -> QuerySet[Hours]:
    return queries.hours_visible_to(staff)


def _event_row(event: Event) -> Row:
    kind = versions.work().activities.get(event.kind)
    sort = next((one.name.here() for one in kind.options if one.code == event.sort), "") if kind else ""
    people = f"{kind.people.here()}: {event.attendance}" if kind and event.attendance is not None else ""
    told = "; ".join(filter(None, [sort, event.get_state_display(), people]))
    return Row(event.get_absolute_url(), event.day, event.title, wording.area(event.area_path), told)


def _employer_row(employer: Employer) -> Row:
    event = employer.event
    told = _("{fair}: {posts} posts, {agreements} agreements").format(
        fair=event.title, posts=employer.posts, agreements=employer.agreements
    )
    return Row(event.get_absolute_url(), event.day, employer.name, wording.area(event.area_path), told)


def _team_row(team: Team) -> Row:
    kind = versions.work().activities.get(team.kind)
    level = next((one.name.here() for one in kind.teams if one.code == team.level), team.level) if kind else team.level
    told = "; ".join(filter(None, [level, team.art]))
    return Row(team.get_absolute_url(), team.from_day, team.name, wording.area(team.area_path), told)


def _hours_row(row: Hours) -> Row:
    """Whose hours they are is not told: only a group has a name here."""
    told = _("{origin}: {people} people, {hours} hours").format(
        origin=row.get_origin_display(), people=row.people, hours=plain_number(row.hours)
    )
    name = row.group or _("A volunteer")
    return Row(row.get_absolute_url(), row.day, name, wording.area(row.area_path), told)


KINDS: Mapping[str, Kind] = {
    "events": Kind(_events, _event_row, ActivityEvent, "event", itself=True),
    "event_employers": Kind(_employers, _employer_row, ActivityEvent, "event"),
    "teams": Kind(_teams, _team_row, ActivityEvent, "team", itself=True),
    "volunteer_hours": Kind(_hours, _hours_row, ActivityEvent, "hours", itself=True),
}
