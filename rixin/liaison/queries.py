"""Who sees and decides what of the work with enterprises: the only door from a person to rows.

On which day somebody called at an enterprise, and who its officer is, are as open as the enterprise itself: otherwise
no two people would count the same coverage. What was said at a visit stands in its record, and is seen by the record's
own rule; so do matters.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from rixin.cases import queries as cases
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.holding import holding
from rixin.liaison.models import Assignment, LookedAt, PlannedVisit, RaisedProblem
from rixin.people import staffing, units
from rixin.people.models import Account
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.records import queries as records
from rixin.records.models import Record, Status
from rixin.registers import queries as registers
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

VISIT, PROBLEM, RETENTION = "enterprise_visit", "enterprise_problem", "enterprise_retention"
"""Codes of the record type and the matter types of which all this speaks."""
_DECIDERS = (Role.DISPATCHER, Role.LEADER)
OVERSEERS = (*_DECIDERS, Role.VERIFIER, Role.AUDITOR)


def present_to(staff: Staff) -> QuerySet[Enterprise]:
    """The enterprises of the person's area that are the sub-district's today."""
    return registers.visible_to(staff).filter(standing__in=PRESENT)


def may_assign(staff: Staff) -> bool:
    """Whether the person says whose enterprise it is, and sends officers there."""
    return registers.register() is not None and (registers.is_of_keeper(staff) or staff.may(*_DECIDERS))


def compares_officers(staff: Staff) -> bool:
    """Whether the person sees what each officer's enterprises were visited; others see their own."""
    return may_assign(staff) or staff.may(*OVERSEERS)


def may_answer(staff: Staff, enterprise: Enterprise, day: date) -> bool:
    """Whether the person plans a visit to it, or says that its warning was looked into."""
    return not staff.may(Role.AUDITOR) and (may_assign(staff) or officer_of(enterprise.pk, day) == staff.account.pk)


def on(day: date) -> QuerySet[Assignment]:
    """The assignments that hold on the day. Not scoped: whoever asks says of which enterprises."""
    return Assignment.objects.filter(holding(day))


def officer_of(enterprise: int, day: date) -> int | None:
    """Id of the account; None where the enterprise is nobody's."""
    return on(day).filter(enterprise=enterprise).values_list("account_id", flat=True).first()


def officers_of(enterprises: Collection[int], day: date) -> dict[int, Account]:
    """By enterprise, in one statement."""
    rows = on(day).filter(enterprise__in=enterprises).select_related("account")
    return {row.enterprise_id: row.account for row in rows}


def mine(staff: Staff, day: date) -> QuerySet[Enterprise]:
    """The person's own enterprises, as far as they are still here, and those on the own route."""
    held = on(day).filter(account=staff.account.pk, enterprise=OuterRef("pk"))
    planned = planned_for(staff.account.pk).filter(enterprise=OuterRef("pk"))
    return present_to(staff).filter(Exists(held) | Exists(planned))


def planned_for(account: int) -> QuerySet[PlannedVisit]:
    return PlannedVisit.objects.filter(account=account, over_at=None)


def planned(enterprises: Collection[int]) -> QuerySet[PlannedVisit]:
    return PlannedVisit.objects.filter(enterprise__in=enterprises, over_at=None)


def ids_in(enterprises: "QuerySet[Enterprise] | Collection[int]") -> Any:
    """For a condition: asked of the database in the same statement where they are rows."""
    return enterprises.order_by().values("pk") if isinstance(enterprises, QuerySet) else enterprises


def visits() -> QuerySet[Record]:
    """All that count. Of each only its day and by whom is told without asking whether the person sees the record."""
    return Record.objects.filter(type=VISIT, status=Status.CONFIRMED)


def visits_to(enterprises: "QuerySet[Enterprise] | Collection[int]") -> QuerySet[Record]:
    return visits().filter(enterprise__in=ids_in(enterprises))


def raised_on(records: Iterable[Record]) -> dict[int, RaisedProblem]:
    """By record: the problem that was raised at the visit."""
    return {one.record_id: one for one in RaisedProblem.objects.filter(record__in=list(records)).select_related("case")}


def raised_at(record: Record, staff: Staff) -> Case | None:
    """The matter of the problem that was raised at a visit, where the person may see it."""
    if record.type != VISIT:
        return None
    return cases.visible_to(staff).filter(raised__record=record).first()


def visit_of(case: Case, staff: Staff) -> Record | None:
    """The visit at which the matter was raised, where the person may see its record."""
    if case.type != PROBLEM:
        return None
    return records.visible_to(staff).filter(raised__case=case).first()


def looked_at(enterprises: "QuerySet[Enterprise] | Collection[int]", day: date) -> list[LookedAt]:
    """What was looked into and is not to be shown on the day yet, the last of each warning of each enterprise first."""
    rows = LookedAt.objects.filter(until_day__gt=day, enterprise__in=ids_in(enterprises)).select_related("by")
    return list(rows.order_by("-pk"))


def looked_at_before(enterprise: int, warning: str) -> list[LookedAt]:
    """All that was ever said of the warning, the newest first."""
    return list(LookedAt.objects.filter(enterprise=enterprise, warning=warning).select_related("by").order_by("-pk"))


def officers(area_path: str, day: date) -> list[Account]:
    """Who may be given enterprises of the area: those who may write down a visit there, by name."""
    kind = versions.record(VISIT).type
    roles = set(kind.roles) - {Role.HANDLER}
    found = {one.pk: one for one in staffing.accounts_around(area_path, roles, day)}
    if Role.HANDLER in kind.roles:
        found |= {one.pk: one for one in staffing.accounts_of(units.by_code(kind.unit).id, Role.HANDLER, day)}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))
