"""What the pages of policies show, in words: sums, who qualifies and why, and where one can apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.policy_schema import Policy
from rixin.desk.wording import Tone
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.policies import finding, queries
from rixin.policies.facts import facts_of
from rixin.policies.finding import Counts
from rixin.policies.queries import Sums
from rixin.policies.rules import Amount, Answer, Check, check, hundredths
from rixin.registers.amounts import yuan
from rixin.registers.models import Enterprise

ANSWERS: Mapping[Answer, tuple[Tone, Promise]] = {
    Answer.MET: ("done", pgettext_lazy("condition of a policy", "Met")),
    Answer.NOT_MET: ("", pgettext_lazy("condition of a policy", "Not met")),
    Answer.NOT_KNOWN: ("warn", pgettext_lazy("condition of a policy", "Not known")),
}
VERDICTS: Mapping[Answer, tuple[Tone, Promise]] = {
    Answer.MET: ("done", pgettext_lazy("enterprise and a policy", "Qualifies")),
    Answer.NOT_MET: ("", pgettext_lazy("enterprise and a policy", "Does not qualify")),
    Answer.NOT_KNOWN: ("warn", pgettext_lazy("enterprise and a policy", "To be asked")),
}


@dataclass(frozen=True)
class Money:
    """A number of applications or payments with what they come to."""

    n: int
    amount: str


@dataclass(frozen=True)
class Line:
    """One policy with what became of it; without a policy all that names none of those here."""

    policy: Policy | None
    period: str
    in_force: bool
    counts: Counts | None
    budget: str
    parts: dict[str, Money]
    left: str
    overdrawn: bool


@dataclass(frozen=True)
class SaidFinding:
    text: str
    tone: Tone
    answer: str
    reason: str


@dataclass(frozen=True)
class Said:
    """A check in words."""

    policy: Policy
    tone: Tone
    answer: str
    qualifies: bool
    findings: list[SaidFinding]
    amount: str
    """Empty where the policy fixes none, or it is not known."""
    how: str

    @property
    def not_known(self) -> list[SaidFinding]:
        return [one for one in self.findings if one.tone == "warn"]


@dataclass(frozen=True)
class Row:
    enterprise: Enterprise
    said: Said
    applied: Case | None
    """The last application under the policy that the person may see."""


def lines(rows: QuerySet[Enterprise], day: date) -> list[Line]:
    """Of every policy, and last what names none of them. `rows`: the enterprises among whom it is counted."""
    found = queries.sums()
    known = [
        line(policy, found.get(policy.code, Sums()), finding.counts(rows, policy, day), day)
        for policy in queries.all_policies()
    ]
    return [*known, Line(None, "", False, None, "", _parts(found[""]), "", False)] if "" in found else known


def line(policy: Policy, sums: Sums, counts: Counts, day: date) -> Line:
    left = queries.left_of(policy, sums)
    return Line(
        policy=policy,
        period=period(policy),
        in_force=policy.in_force(day),
        counts=counts,
        budget=yuan(hundredths(policy.budget)) if policy.budget is not None else "",
        parts=_parts(sums),
        left="" if left is None else yuan(left),
        overdrawn=left is not None and left < 0,
    )


def _parts(sums: Sums) -> dict[str, Money]:
    return {one.name: Money(part.n, yuan(part.fen)) for one in fields(sums) if (part := getattr(sums, one.name))}


def period(policy: Policy) -> str:
    first = date_format(date.fromisoformat(policy.from_day))
    if policy.until_day is None:
        return _("from {first} on").format(first=first)
    return _("{first} to {last}").format(first=first, last=date_format(date.fromisoformat(policy.until_day)))


def said_of(checked: Check) -> Said:
    tone, answer = VERDICTS[checked.answer]
    return Said(
        policy=checked.policy,
        tone=tone,
        answer=str(answer),
        qualifies=checked.answer == Answer.MET,
        findings=[
            SaidFinding(one.condition.text.here(), ANSWERS[one.answer][0], str(ANSWERS[one.answer][1]), one.reason)
            for one in checked.findings
        ],
        amount=exactly(checked.amount),
        how=checked.amount.how,
    )


def exactly(amount: Amount) -> str:
    """To the fen, as it is paid."""
    if amount.fen is None:
        return ""
    said = number_format(Decimal(amount.fen) / 100, 2 if amount.fen % 100 else 0, force_grouping=True)
    return _("{amount} yuan").format(amount=said)


def rows_of(enterprises: Sequence[Enterprise], policy: Policy, staff: Staff, day: date) -> list[Row]:
    """In as many statements for fifty as for one."""
    facts = facts_of(enterprises, day)
    cases = queries.applications(staff, policy).filter(enterprise__in=[one.pk for one in enterprises])
    applied: dict[int | None, Case] = {}
    for case in cases:
        applied.setdefault(case.enterprise_id, case)
    return [Row(one, said_of(check(policy, facts[one.pk])), applied.get(one.pk)) for one in enterprises]


@dataclass(frozen=True)
class Applied:
    """An application in a list."""

    case: Case
    enterprise: str
    state: str
    tone: Tone
    amount: str
    on: date


def applied(cases: Iterable[Case]) -> list[Applied]:
    return [_applied(case) for case in cases]


def _applied(case: Case) -> Applied:
    state = versions.version(case.definition_id).rules.lifecycle.states[case.state]
    closed: Tone = "done" if state.outcome == "solved" else ""
    return Applied(
        case=case,
        enterprise=str(case.form.get("enterprise") or ""),
        state=state.name.here(),
        tone=closed if state.phase == "closed" else "open",
        amount=yuan(case.amount) if case.amount is not None else "",
        on=timezone.localdate(case.opened_at),
    )


def may_apply(staff: Staff, policy: Policy, day: date) -> bool:
    """Whether the person may take down an application: who audits only reads."""
    return policy.in_force(day) and not staff.roles <= {Role.AUDITOR}


def apply_at(enterprise: Enterprise, checked: Check) -> str:
    """The page of a new application with all that is known filled in."""
    policy = checked.policy.name.here()
    text = _("{enterprise} applies for “{policy}”.").format(enterprise=enterprise.name, policy=policy)
    known = {"type": queries.APPLICATION, "enterprise": str(enterprise.pk), "text": text, "form-policy": policy}
    if checked.amount.fen is not None:
        known["form-amount"] = format(Decimal(checked.amount.fen) / 100, "f")
    return f"{reverse('desk:new')}?{urlencode(known)}"
