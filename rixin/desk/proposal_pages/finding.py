"""What stands in an address: a round, a proposal, a project. What is out of scope is not found."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from rixin.choosing import queries
from rixin.choosing.models import Proposal, Round
from rixin.people.staff import Staff
from rixin.programmes.models import Project


def frame(view: str) -> dict[str, Any]:
    """What every page of this part shows around its own."""
    return {"section": "life", "tab": "proposals", "view": view}


def seen_round(staff: Staff, pk: int) -> Round:
    found = queries.rounds_visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no round of this number among those that you may see."))
    return found


def kept_round(staff: Staff, pk: int) -> Round:
    """One that the person keeps."""
    found = seen_round(staff, pk)
    if not queries.may_keep(staff, found.area_path):
        raise Http404(_("There is no round of this number among those that you keep."))
    return found


def seen_proposal(staff: Staff, pk: int) -> Proposal:
    rows = queries.visible_to(staff).select_related("case", "topic", "merged_into", "project", "round", "unit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no proposal of this number among those that you may see."))
    return found


def kept_proposal(staff: Staff, pk: int) -> Proposal:
    """One on which the person decides."""
    found = seen_proposal(staff, pk)
    if not queries.may_keep(staff, found.area_path):
        raise Http404(_("There is no proposal of this number among those on which you decide."))
    return found


def seen_project(staff: Staff, pk: int) -> Project:
    found = queries.projects_visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no livelihood project of this number among those that you may see."))
    return found
