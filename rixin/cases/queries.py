"""Who sees which case, and in which role. The only door from a person to rows."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from rixin.cases.clocks import ClockState
from rixin.cases.facts import CaseFacts
from rixin.cases.journal import facts_of
from rixin.cases.lifecycle import Setting, possible
from rixin.cases.models import OPEN, Case, Involvement, Receipt
from rixin.catalogue import versions
from rixin.catalogue.schema import AskedField
from rixin.people import staffing, units
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.people.scope import Opening, Openings, ScopeFields, ScopeRow
from rixin.people.staff import Staff
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import CODE_LENGTH, written_code

_MOST_MERGES = 10


def _involving(unit_ids: frozenset[int]) -> Q:
    return Q(pk__in=Involvement.objects.filter(unit__in=unit_ids).values("case_id"))


FIELDS = ScopeFields(
    area_path="area_path",
    matter="type",
    matter_group="group",
    confidential="confidential",
    assignee="handler_id",
    involves=_involving,
    complained_of="complained_of_id",
)


def _involving_open(unit_ids: frozenset[int]) -> Q:
    return Q(pk__in=Involvement.objects.filter(unit__in=unit_ids, open=True).values("case_id"))


def visible_to(staff: Staff) -> QuerySet[Case]:
    """The cases that the person may see today."""
    return Case.objects.filter(staff.scope.as_q(FIELDS, openings()))


def taken_down_by(staff: Staff) -> QuerySet[Case]:
    """Those that the person took down, also where they are closed off since: who took it down tells the code."""
    return Case.objects.filter(events__seq=1, events__by_account=staff.account.pk)


def open_to(staff: Staff) -> QuerySet[Case]:
    """Those of them that are open. The same scope, asked so that the archive costs nothing."""
    return Case.objects.filter(OPEN, staff.scope.as_q(replace(FIELDS, involves=_involving_open), openings()))


def openings() -> Openings:
    """To whom the confidential matter types are open, beside the units that hold a case: the owner unit and roles."""
    types = [version.rules.type for version in versions.current_types()]
    return {kind.code: Opening(frozenset(kind.open_to), frozenset({kind.unit})) for kind in types if kind.confidential}


def scope_row(case: Case) -> ScopeRow:
    return ScopeRow(
        area_path=case.area_path,
        matter=case.type,
        matter_group=case.group,
        confidential=case.confidential,
        holder=case.unit_id,
        helpers=frozenset(case.ledger.get("helpers", ())),
        former=frozenset(case.ledger.get("former", ())),
        assignee=case.handler_id,
        complained_of=case.complained_of_id,
    )


def sees(staff: Staff, case: Case) -> bool:
    return staff.scope.sees(scope_row(case), openings())


def actor_on(staff: Staff, case: Case) -> Actor:
    """The person with the roles that count on this case."""
    return staff.actor_on(scope_row(case), openings())


def opens_personal_data(staff: Staff, case: Case) -> bool:
    return staff.scope.opens_personal_data(scope_row(case), openings())


def setting_of(case: Case) -> Setting:
    """The rules under which the case was opened, with the calendar in use."""
    return Setting(versions.version(case.definition_id).rules, versions.work_calendar())


def facts(case: Case) -> CaseFacts:
    """One query: the clocks. None if they were prefetched."""
    return facts_of(case, case.clocks.all())


def clocks(case: Case) -> list[ClockState]:
    return [ClockState.from_data(row.data) for row in case.clocks.all()]


def actions_for(case: Case, by: Actor, at: datetime) -> list[str]:
    """What `by` may do with the case now, in the order of the definition."""
    return possible(setting_of(case), facts(case), by, at)


def receipt_of_code(code: str) -> Receipt | None:
    """The receipt with this tracking code, however it was typed, with its matter."""
    if len(written := written_code(code)) != CODE_LENGTH:
        return None
    return Receipt.objects.select_related("case__merged_into").filter(code_mark=fingerprint(written)).first()


def by_receipt(receipt: Receipt) -> Case:
    """The case that answers a receipt: the one reported, or the one into which it was merged."""
    case = receipt.case
    for _nth in range(_MOST_MERGES):
        if case.merged_into is None:
            break
        case = case.merged_into
    return case


def may_be_named(case: Case, asked: AskedField, at: datetime) -> list[Account]:
    """Whom a field of kind `staff` may name: who holds one of its posts for the place, but nobody of the unit
    complained of."""
    day = timezone.localdate(at)
    found = {one.pk: one for role in asked.roles for one in staffing.accounts_in(case.area_path, role, day)}
    if case.complained_of_id is not None:
        for one in staffing.accounts_of(case.complained_of_id, None, day):
            found.pop(one.pk, None)
    return sorted(found.values(), key=lambda one: one.name)


def owner_unit(unit_code: str, area_path: str) -> int:
    """Id of the unit that a matter type names; `community` is the committee of the community where it happened.

    Where the community is not known, the office that receives everything keeps it until somebody finds the place.
    """
    if unit_code == "community":
        community = units.community_of(area_path)
        return community.id if community else units.by_code(RECEIVING_OFFICE).id
    return units.by_code(unit_code).id


RECEIVING_OFFICE = "command-centre"
