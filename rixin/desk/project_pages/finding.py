"""What stands in an address: a project and its parts. What is out of scope is not found."""

from django.http import Http404
from django.utils.translation import gettext as _

from rixin.people.staff import Staff
from rixin.programmes import queries
from rixin.programmes.models import Evidence, Payment, Project, Risk


def seen_project(staff: Staff, pk: int) -> Project:
    """With its steps and who is in charge."""
    rows = queries.visible_to(staff).select_related("owner").prefetch_related("steps")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no project of this number among those that you may see."))
    return found


def payment_of(project: Project, pk: int) -> Payment:
    found = Payment.objects.filter(project=project, pk=pk, taken_back=False).first()
    if found is None:
        raise Http404(_("This project has no such payment."))
    return found


def risk_of(project: Project, pk: int) -> Risk:
    found = Risk.objects.filter(project=project, pk=pk, settled_on=None).first()
    if found is None:
        raise Http404(_("This project has no such risk."))
    return found


def evidence_of(project: Project, pk: int) -> Evidence:
    found = Evidence.objects.filter(step__project=project, pk=pk, removed=False).select_related("step").first()
    if found is None:
        raise Http404(_("There is no such photo or file."))
    return found
