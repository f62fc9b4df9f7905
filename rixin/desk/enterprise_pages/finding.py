"""One enterprise by what stands in an address; what is out of scope is not found."""

from django.http import Http404
from django.utils.translation import gettext as _

from rixin.people.staff import Staff
from rixin.registers import queries
from rixin.registers.models import Enterprise


def seen_enterprise(staff: Staff, pk: int) -> Enterprise:
    found = queries.visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no enterprise of this number among those that you may see."))
    return found


def kept_enterprise(staff: Staff, pk: int) -> Enterprise:
    """One whose entry the person may change."""
    found = seen_enterprise(staff, pk)
    if not queries.may_keep(staff, found.area_path):
        raise Http404(_("There is no enterprise of this number among those that you may change."))
    return found


def gone_on(staff: Staff, pk: int) -> Enterprise | None:
    """The entry that goes on for a double that was merged, however often; None for what is no double."""
    double = Enterprise.objects.filter(pk=pk, withdrawn=True).exclude(same_as=None).select_related("same_as").first()
    other = double.same_as if double else None
    while other is not None and other.withdrawn:
        other = other.same_as
    return queries.visible_to(staff).filter(pk=other.pk).first() if other else None
