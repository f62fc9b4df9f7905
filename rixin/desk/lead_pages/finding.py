"""What stands in an address: a pipeline, a lead, an enterprise. What is out of scope is not found."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.investment import queries
from rixin.investment.models import Lead
from rixin.people.staff import Staff
from rixin.registers import queries as registers
from rixin.registers.models import Enterprise


def seen_pipeline(staff: Staff, code: str = "") -> Pipeline:
    """The first one where none is named."""
    known = queries.pipelines_for(staff)
    found = next((one for one in known if code in ("", one.code)), None)
    if found is None:
        raise Http404(_("There is no such pipeline among those that you may see."))
    return found


def open_pipeline(staff: Staff, code: str) -> Pipeline:
    """One of which the person may open leads."""
    found = seen_pipeline(staff, code)
    if not queries.may_open(staff, found):
        raise Http404(_("There is no pipeline here in which you may open leads."))
    return found


def leads_of(staff: Staff, pipeline: Pipeline) -> QuerySet[Lead]:
    return queries.visible_to(staff).filter(pipeline=pipeline.code).select_related("owner", "parent")


def seen_lead(staff: Staff, pk: int) -> tuple[Lead, Pipeline]:
    found = queries.visible_to(staff).select_related("owner", "parent", "enterprise", "record").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no lead of this number among those that you may see."))
    return found, versions.work().pipelines[found.pipeline]


def worked_lead(staff: Staff, pk: int) -> tuple[Lead, Pipeline]:
    """One for which the person takes steps."""
    found, pipeline = seen_lead(staff, pk)
    if not queries.may_work(staff, found):
        raise Http404(_("There is no lead of this number among those for which you may do anything."))
    return found, pipeline


def linked_enterprise(staff: Staff, pk: int) -> Enterprise:
    """One whose suppliers and customers the person may see."""
    found = registers.visible_to(staff).filter(pk=pk).first() if queries.sees_links(staff) else None
    if found is None:
        raise Http404(_("There is no enterprise of this number whose chain you may see."))
    return found
