"""What became of each policy: who applied, what was granted and paid, what is left. And who may see it.

Sums are of all applications and payments, whoever looks: a budget has one truth. The applications themselves are seen
as `cases.queries` says, and what enterprises pay only by whom `registers.queries.sees_money` names.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from django.db.models import BigIntegerField, Count, FloatField, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from rixin.cases import queries as cases
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.policy_schema import Policy
from rixin.people.staff import Staff
from rixin.policies.rules import hundredths
from rixin.records import queries as records
from rixin.records.models import Record, Status
from rixin.registers.names import plain_name
from rixin.registers.queries import sees_money

APPLICATION, PAYMENT = "subsidy_application", "subsidy"
"""The matter type of an application, and the record type of a payment."""
GRANTED = frozenset({"announced", "to_pay"})
"""States of applications that were granted and are not paid yet."""


@dataclass(frozen=True)
class Part:
    """So many applications or payments, and their money in fen."""

    n: int = 0
    fen: int = 0

    def __add__(self, other: "Part") -> "Part":
        return Part(self.n + other.n, self.fen + other.fen)


@dataclass(frozen=True)
class Sums:
    """`checking`, `granted`, `settled` and `refused` are all applications. `asked`: what they asked for.

    `paid` are the payments, also those for which no application was made here: the rows of the figure “subsidies paid”.
    """

    asked: Part = field(default_factory=Part)
    checking: Part = field(default_factory=Part)
    granted: Part = field(default_factory=Part)
    settled: Part = field(default_factory=Part)
    refused: Part = field(default_factory=Part)
    paid: Part = field(default_factory=Part)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


def left_of(policy: Policy, sums: Sums) -> int | None:
    """Fen of the budget that are neither paid nor granted; None where there is no budget."""
    return None if policy.budget is None else hundredths(policy.budget) - sums.paid.fen - sums.granted.fen


def may_see(staff: Staff) -> bool:
    """Conditions tell what an enterprise pays."""
    return sees_money(staff)


def all_policies() -> list[Policy]:
    """In the order of their file."""
    return list(versions.work().policies.values())


def in_force(day: date) -> list[Policy]:
    return [policy for policy in all_policies() if policy.in_force(day)]


def named(said: str, policies: Iterable[Policy]) -> Policy | None:
    """The policy of this name, in either language; however it is spaced and bracketed."""
    wanted = plain_name(said)
    names = ((policy, plain_name(name)) for policy in policies for name in (policy.name.zh, policy.name.en))
    return next((policy for policy, name in names if wanted and name == wanted), None)


def sums() -> Mapping[str, Sums]:
    """By code of the policy; "" for what names none of them. In two statements."""
    known = all_policies()
    found: dict[str, Sums] = defaultdict(Sums)
    for said, one in [*_of_applications(), *_of_payments()]:
        policy = named(said or "", known)
        found[policy.code if policy else ""] += one
    return found


def _of_applications() -> list[tuple[str, Sums]]:
    rows = (
        Case.objects.filter(type=APPLICATION)
        .annotate(said=KeyTextTransform("policy", "form"))
        .annotate(wanted=Cast(KeyTextTransform("amount", "form"), FloatField()))
        .values("said", "phase", "outcome", "state")
        .annotate(n=Count("pk"), fen=Sum("amount"), asked=Sum("wanted"))
        .order_by()
    )
    return [
        (
            row["said"],
            Sums(
                asked=Part(row["n"], round((row["asked"] or 0) * 100)),
                **{_part_of(row["phase"], row["outcome"], row["state"]): Part(row["n"], row["fen"] or 0)},
            ),
        )
        for row in rows
    ]


def _part_of(phase: str, outcome: str, state: str) -> str:
    if phase != "closed":
        return "granted" if state in GRANTED else "checking"
    return "settled" if outcome == "solved" else "refused"


def _of_payments() -> list[tuple[str, Sums]]:
    rows = (
        Record.objects.filter(type=PAYMENT, status=Status.CONFIRMED)
        .annotate(said=KeyTextTransform("policy", "values"))
        .annotate(amount=Cast(KeyTextTransform("paid", "values"), BigIntegerField()))
        .values("said")
        .annotate(n=Count("pk"), fen=Sum("amount"))
        .order_by()
    )
    return [(row["said"], Sums(paid=Part(row["n"], int(row["fen"] or 0)))) for row in rows]


def applications(staff: Staff, policy: Policy) -> QuerySet[Case]:
    """Those under the policy that the person may see, the newest first."""
    rows = Case.objects.filter(type=APPLICATION).annotate(said=KeyTextTransform("policy", "form"))
    spelt = [said for said in rows.values_list("said", flat=True).order_by().distinct() if named(said or "", [policy])]
    seen = cases.visible_to(staff).filter(type=APPLICATION, form__policy__in=spelt)
    return seen.order_by("-opened_at", "-pk")


def applications_of(staff: Staff, enterprise: int) -> QuerySet[Case]:
    """Those of one enterprise that the person may see, the newest first."""
    return cases.visible_to(staff).filter(type=APPLICATION, enterprise=enterprise).order_by("-opened_at", "-pk")


def payments_to(staff: Staff, enterprise: int) -> QuerySet[Record]:
    """The newest first."""
    seen = records.visible_to(staff).filter(type=PAYMENT, status=Status.CONFIRMED, enterprise=enterprise)
    return seen.order_by("-day", "-pk")


def meant_by(case: Case) -> Policy | None:
    """The policy that an application is for; None where it names none that is known, or is no application."""
    if case.type != APPLICATION:
        return None
    return named(str(case.form.get("policy") or ""), all_policies())
