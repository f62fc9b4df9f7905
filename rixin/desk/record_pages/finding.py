"""Kinds of record and single records by what stands in an address; what is out of scope is not found."""

from django.http import Http404
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.versions import RecordVersion, UnknownType
from rixin.people.staff import Staff
from rixin.records import queries
from rixin.records.models import Record


def kind_of(code: str) -> RecordVersion:
    try:
        return versions.record(code)
    except UnknownType:
        raise Http404(_("There is no such kind of record.")) from None


def enterable(staff: Staff, code: str) -> RecordVersion:
    version = kind_of(code)
    if not queries.may_enter(staff, version):
        raise Http404(_("There is no such record among those that you may enter."))
    return version


def seen_record(staff: Staff, pk: int) -> Record:
    known = queries.visible_to(staff).filter(pk=pk).first()
    if known is None:
        raise Http404(_("There is no record of this number among those that you may see."))
    return known
