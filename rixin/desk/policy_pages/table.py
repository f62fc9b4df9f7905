"""Who qualifies for a policy, or is to be asked, as a table: written as it is read, a thousand at a time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue.policy_schema import Policy
from rixin.desk.policy_pages.rows import VERDICTS
from rixin.desk.policy_pages.views import TABS, asked_for, found, known_policy, only_who_sees_money
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer
from rixin.policies.facts import facts_of
from rixin.policies.rules import Check, check
from rixin.registers.models import Enterprise
from rixin.sheet_writing import MIME, Cell, xlsx
from rixin.sheets import harmless

_CHUNK = 1_000


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest, code: str) -> HttpResponseBase:
    only_who_sees_money(request.staff)
    known, day = known_policy(code), timezone.localdate()
    tab = request.GET.get("tab", "") if request.GET.get("tab", "") in TABS else ""
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by the answer once it is sent
    with xlsx(file) as sheet:
        sheet.row(headings(known))
        for line in lines(found(request.staff, known, tab, asked_for(request)), known, day):
            sheet.row(line)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{code}-{day}.xlsx", content_type=MIME["xlsx"])


def headings(policy: Policy) -> list[Cell]:
    fixed = [_("Enterprise"), _("Unified social credit code"), _("Area"), _("Result"), _("Amount (yuan)"), _("How")]
    return [*fixed, *(condition.text.here() for condition in policy.conditions)]


def lines(rows: QuerySet[Enterprise], policy: Policy, day: date) -> Iterator[list[Cell]]:
    reading = rows.iterator(chunk_size=_CHUNK)
    while some := list(islice(reading, _CHUNK)):
        facts = facts_of(some, day)
        yield from (_line(one, check(policy, facts[one.pk])) for one in some)


def _line(enterprise: Enterprise, checked: Check) -> list[Cell]:
    fen = checked.amount.fen
    fixed: list[Cell] = [
        harmless(enterprise.name),
        enterprise.code,
        gazetteer.current().label(enterprise.area_path),
        str(VERDICTS[checked.answer][1]),
        None if fen is None else Decimal(fen) / 100,
        checked.amount.how,
    ]
    return [*fixed, *(harmless(one.reason) for one in checked.findings)]
