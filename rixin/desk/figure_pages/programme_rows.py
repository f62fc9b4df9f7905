"""Rows of projects behind a figure: whose they are, and what they say."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.programmes import queries
from rixin.programmes.models import Payment, Project, ProjectEvent, Step
from rixin.registers.amounts import yuan


def _steps(staff: Staff) -> QuerySet[Step]:
    return Step.objects.filter(project__in=queries.visible_to(staff)).select_related("project")


def _payments(staff: Staff) -> QuerySet[Payment]:
    return Payment.objects.filter(project__in=queries.visible_to(staff)).select_related("project")


def _row(project: Project, day: date, told: str) -> Row:
    said = f"{project.rules.name.here()}; {told}"
    return Row(project.get_absolute_url(), day, project.name, wording.area(project.area_path), said)


def _step_row(step: Step) -> Row:
    planned = _("planned for {day}").format(day=step.planned_on)
    name = step.rules(step.project.rules).name.here()
    return _row(step.project, step.done_on or step.project.opened_on, f"{name}; {planned}")


def _project_row(project: Project) -> Row:
    return _row(project, project.opened_on, project.get_status_display())


def _payment_row(payment: Payment) -> Row:
    return _row(payment.project, payment.day, f"{payment.purpose}: {yuan(payment.amount)}")


KINDS: Mapping[str, Kind] = {
    "project_steps": Kind(_steps, _step_row, ProjectEvent, "project"),
    "projects": Kind(queries.visible_to, _project_row, ProjectEvent, "project", itself=True),
    "project_payments": Kind(_payments, _payment_row, ProjectEvent, "project"),
}
