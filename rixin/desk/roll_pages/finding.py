"""A roll or an entry by what stands in an address; what is not the person's is not found."""

from django.http import Http404
from django.utils.translation import gettext as _

from rixin.catalogue.roll_schema import Roll
from rixin.people.staff import Staff
from rixin.rolls import queries
from rixin.rolls.models import Entry


def known_roll(code: str) -> Roll:
    roll = queries.rolls().get(code)
    if roll is None:
        raise Http404(_("There is no such roll."))
    return roll


def kept_roll(staff: Staff, code: str) -> Roll:
    roll = known_roll(code)
    if not queries.keeps(staff, roll):
        raise Http404(_("There is no such roll among those that you keep."))
    return roll


def kept_entry(staff: Staff, pk: int) -> tuple[Entry, Roll]:
    found = queries.kept_by(staff).select_related("dwelling", "server", "consent_by").filter(pk=pk).first()
    roll = queries.roll_of(found) if found else None
    if found is None or roll is None:
        raise Http404(_("There is no such entry among those that you keep."))
    return found, roll
