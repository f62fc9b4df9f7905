"""From a form that is valid to the record that it enters: once, however often the form is sent."""

from django.http import QueryDict
from django.utils import timezone

from rixin.chain import digest
from rixin.desk.record_pages.forms import RecordForm
from rixin.people.staff import Staff
from rixin.records import actions
from rixin.records.actions import EntryRefused
from rixin.records.models import Record


def enter(form: RecordForm, staff: Staff, data: QueryDict) -> Record:
    """Raises EntryRefused, with what is wrong told by the form too."""
    once = data.get("once", "")
    origin = digest(["form", staff.account.pk, once]) if once else ""
    try:
        return actions.enter(form.new_record(origin), by=staff.actor, at=timezone.now())
    except EntryRefused as refused:
        form.add_error(None, str(refused.message))
        raise
