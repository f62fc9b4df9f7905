"""Events that the person may see or keep, and trying what was filled in."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from rixin.activities import queries
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import Event
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.history import ChangedMeanwhile
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm

DONE, UNREADABLE, CONFLICT = 302, 422, 409
_LONGEST_KEY = 64


def seen_event(staff: Staff, pk: int) -> Event:
    """What is out of scope is not found, so that its existence is not told."""
    found = queries.visible_to(staff).select_related("facility", "team", "unit").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such event among those that you may see."))
    return found


def kept_event(staff: Staff, pk: int) -> Event:
    """One that the person keeps; for all others the page is not there."""
    found = seen_event(staff, pk)
    if not queries.may_keep_event(staff, found):
        raise Http404(_("You do not keep this event."))
    return found


def kind_of(code: str) -> EventKind:
    kind = versions.work().activities.get(code)
    if kind is None:
        raise Http404(_("There is no such kind of event."))
    return kind


def once_of(request: HttpRequest) -> str:
    """The key of this filling-in, so that it counts once however often it is sent; "" for none."""
    key = request.POST.get("once", "")
    return key if key.isprintable() and key.isascii() and len(key) <= _LONGEST_KEY else ""


def tried(form: RefusableForm, act: Callable[[], object]) -> int:
    """The status with which the page answers: DONE, or why the form is shown again with what was typed."""
    if not form.is_valid():
        return UNREADABLE
    try:
        act()
    except ActivityRefused as refused:
        form.refuse(refused)
        return CONFLICT if set(refused.fields) == {""} else UNREADABLE
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return CONFLICT
    except ObjectDoesNotExist:
        form.add_error(None, _("This is not there any more."))
        return CONFLICT
    return DONE
