"""Buildings, rooms and tenancies that the person may see or write about, and trying what was filled in."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from rixin.desk.building_pages.forms import RegisterForm
from rixin.history import ChangedMeanwhile
from rixin.people.staff import Staff
from rixin.refused import FieldsRefused
from rixin.registers import queries
from rixin.registers.models import Building, Room, Tenancy

DONE, UNREADABLE, CONFLICT = 302, 422, 409


def seen_building(staff: Staff, code: str) -> Building:
    found = queries.buildings_visible_to(staff).filter(code=code).first()
    if found is None:
        raise Http404(_("There is no such office building among those that you may see."))
    return found


def kept_building(staff: Staff, code: str) -> Building:
    """One that the person keeps; for all others the page is not there."""
    found = seen_building(staff, code)
    if not queries.may_keep(staff, found.area_path):
        raise Http404(_("You do not keep this building."))
    return found


def kept_buildings(staff: Staff) -> list[Building]:
    return [one for one in queries.buildings_visible_to(staff) if queries.may_keep(staff, one.area_path)]


def room_of(building: Building, pk: int) -> Room:
    room = Room.objects.filter(building=building, pk=pk).select_related("building").first()
    if room is None:
        raise Http404(_("This building has no such room."))
    return room


def tenancy_of(building: Building, pk: int) -> Tenancy:
    """One that goes on."""
    there: QuerySet[Tenancy] = Tenancy.objects.filter(room__building=building, until_day=None)
    found = there.filter(pk=pk, enterprise__withdrawn=False).select_related("room__building", "enterprise").first()
    if found is None:
        raise Http404(_("No tenant of this building has this lease now."))
    return found


def tried(form: RegisterForm, act: Callable[[], object]) -> int:
    """The status with which the page answers: DONE, or why the form is shown again with what was typed."""
    if not form.is_valid():
        return UNREADABLE
    try:
        act()
    except FieldsRefused as refused:
        form.refuse(refused)
        return UNREADABLE
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return CONFLICT
    return DONE
