"""Rows of proposals and ratings behind a figure: whose they are, and what they say."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse

from rixin.choosing import queries
from rixin.choosing.models import ChoosingEvent, ProjectRating, Proposal
from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff


def _ratings(staff: Staff) -> QuerySet[ProjectRating]:
    seen = queries.projects_visible_to(staff).values("pk")
    return ProjectRating.objects.filter(project__in=seen).select_related("project")


def _proposal_row(row: Proposal) -> Row:
    told = f"{row.get_state_display()}; {row.get_source_display()}"
    return Row(row.get_absolute_url(), row.raised_on, row.shown_title, wording.area(row.area_path), told)


def _rating_row(row: ProjectRating) -> Row:
    project = row.project
    address = reverse("desk:project_rating", args=[project.pk])
    return Row(address, row.day, project.name, wording.area(project.area_path), row.get_rating_display())


KINDS: Mapping[str, Kind] = {
    "proposals": Kind(queries.visible_to, _proposal_row, ChoosingEvent, "proposal", itself=True),
    "project_ratings": Kind(_ratings, _rating_row, ChoosingEvent, "project"),
}
