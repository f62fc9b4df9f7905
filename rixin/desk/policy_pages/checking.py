"""What the page of an application shows of its policy's conditions, as of the day on which it came in."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from rixin.cases.models import Case
from rixin.desk.policy_pages.rows import Said, said_of
from rixin.people.staff import Staff
from rixin.policies import queries
from rixin.policies.facts import facts
from rixin.policies.rules import check


@dataclass(frozen=True)
class PolicyCard:
    """`said` is None where the enterprise is not known, so that nothing can be checked."""

    name: str
    code: str
    document: str
    enterprise: int | None
    said: Said | None
    day: date
    in_force: bool
    """Whether applications were taken on that day."""


def of_page(case: Case, staff: Staff) -> PolicyCard | None:
    """None for other matters, an unknown policy, and whoever does not read what enterprises pay."""
    policy = queries.meant_by(case)
    if policy is None or not queries.may_see(staff):
        return None
    day = timezone.localdate(case.opened_at)
    enterprise = case.enterprise
    return PolicyCard(
        name=policy.name.here(),
        code=policy.code,
        document=policy.document.here(),
        enterprise=case.enterprise_id,
        said=said_of(check(policy, facts(enterprise, day))) if enterprise is not None else None,
        day=day,
        in_force=policy.in_force(day),
    )
