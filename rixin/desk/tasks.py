"""What the desk leaves to the background worker."""

import logging
from datetime import datetime

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from rixin.desk import exports
from rixin.desk.models import Export
from rixin.people.staff import Staff
from rixin.sheet_writing import MOST_XLSX_ROWS, TooLong

log = logging.getLogger(__name__)


@task()
def write_export(export_id: int) -> None:
    """Writes one export. A job that was killed may be started again: it begins anew and replaces what lay there."""
    at = timezone.now()
    exports.purge(at)
    export = Export.objects.select_related("account").filter(~Q(status=Export.Status.READY), pk=export_id).first()
    if export is None:
        return
    with translation.override(export.language):
        _write(export, Staff.at(export.account, at), at)


def _write(export: Export, staff: Staff, at: datetime) -> None:
    def progress(written: int) -> None:
        Export.objects.filter(pk=export.pk).update(written=written, moved_at=timezone.now())

    mine = Export.objects.filter(pk=export.pk)
    mine.update(status=Export.Status.WRITING, expected=exports.expected(export, staff, at), written=0, moved_at=at)
    try:
        exports.write(export, staff, at, progress)
    except TooLong:
        fault = _("A sheet holds at most %(most)s rows. Narrow the list, or take CSV.")
        mine.update(status=Export.Status.FAILED, fault=fault % {"most": MOST_XLSX_ROWS})
    except Exception:
        log.exception("export %s", export.pk)
        mine.update(status=Export.Status.FAILED, fault=_("Something went wrong on our side. Please try again."))
        raise
    else:
        mine.update(status=Export.Status.READY, ready_at=timezone.now())
