"""Whether an enterprise meets what a policy asks for on a day, and what it would be paid. Pure: a person decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from rixin.catalogue.policy_schema import Policy, PolicyCondition, PolicyFact
from rixin.registers.amounts import yuan
from rixin.registers.models import Standing

MONTHS = 12
"""Of a year whose tax is known as a whole."""


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


class Held(NamedTuple):
    """What is known of an enterprise, with its name, and since when."""

    name: str
    since: date


@dataclass(frozen=True)
class Taxed:
    """What was paid in a year, in fen, and for how many of its months there are returns."""

    fen: int
    months: int


@dataclass(frozen=True)
class Facts:
    """What the register says of an enterprise on `day`. What is left out is not known, or not so."""

    day: date
    standing: str = ""
    section: str = ""
    division: str = ""
    industry: str = ""
    """Its name."""
    traits: Mapping[str, Held] = field(default_factory=dict)
    """Those that hold on the day, by code, such as stage.specialised."""
    came_on: date | None = None
    """On which it moved in or was newly registered, the last time; None where it was here when it was entered."""
    here_since: date | None = None
    """Since when it is known to be here at least."""
    leases_here: bool = False
    taxes: Mapping[int, Taxed] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    condition: PolicyCondition
    answer: Answer
    reason: str


@dataclass(frozen=True)
class Amount:
    """`fen` is None where the policy fixes nothing, or it is not known yet. `how`: how it comes about."""

    fen: int | None
    how: str


@dataclass(frozen=True)
class Check:
    policy: Policy
    findings: tuple[Finding, ...]
    amount: Amount

    @property
    def answer(self) -> Answer:
        """All conditions have to be met: one that is not decides, and one that is not known leaves it open."""
        answers = {one.answer for one in self.findings}
        return next(one for one in (Answer.NOT_MET, Answer.NOT_KNOWN, Answer.MET) if one in answers)


Said = tuple[Answer, str]


def check(policy: Policy, facts: Facts) -> Check:
    year = policy.year_on(facts.day)
    findings = (Finding(one, *_SAYS[one.fact](one, facts, year)) for one in policy.conditions)
    return Check(policy, tuple(findings), amount_for(policy, facts))


def amount_for(policy: Policy, facts: Facts) -> Amount:
    """What it would be paid if it qualifies. A share is rounded down to the fen."""
    if policy.amount is not None or policy.share_of_tax is None:
        return Amount(None if policy.amount is None else hundredths(policy.amount), pays(policy))
    year = policy.year_on(facts.day)
    if (taxed := _whole(facts, year)) is None:
        how = _("{percent}% of the tax of {year}, which is not known yet")
        return Amount(None, how.format(percent=policy.share_of_tax, year=year))
    share = max(taxed, 0) * policy.share_of_tax // 100
    how = _("{percent}% of the tax of {year}, {tax}").format(percent=policy.share_of_tax, year=year, tax=yuan(taxed))
    most = hundredths(policy.most) if policy.most is not None else share
    if share <= most:
        return Amount(share, how)
    capped = _("{how}: {share}, of which at most {most} is paid")
    return Amount(most, capped.format(how=how, share=yuan(share), most=yuan(most)))


def pays(policy: Policy) -> str:
    """What a policy pays, whoever applies."""
    most = yuan(hundredths(policy.most)) if policy.most is not None else ""
    if policy.amount is not None:
        return _("{amount} to each").format(amount=yuan(hundredths(policy.amount)))
    if policy.share_of_tax is None:
        said = _("as the application says")
    elif policy.reference_year is not None:
        said = _("{percent}% of the tax of {year}").format(percent=policy.share_of_tax, year=policy.reference_year)
    else:
        said = _("{percent}% of the tax of the year before").format(percent=policy.share_of_tax)
    return _("{how}, at most {most}").format(how=said, most=most) if most else said


def hundredths(number: Decimal) -> int:
    """Yuan in fen, percent in hundredths of one: definitions have no finer ones."""
    return int(number * 100)


# ---- one condition each


def _standing(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    if not facts.standing:
        return Answer.NOT_KNOWN, _("What it was to the sub-district on {day} is not known.").format(
            day=date_format(facts.day)
        )
    return _either(facts.standing in condition.any_of), str(Standing(facts.standing).label)


def _section(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    return _industry(facts.section, condition, facts)


def _division(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    return _industry(facts.division, condition, facts)


def _industry(code: str, condition: PolicyCondition, facts: Facts) -> Said:
    if not code:
        return Answer.NOT_KNOWN, _("Its industry is not entered, or not so finely.")
    return _either(code in condition.any_of), _("Industry: {name}").format(name=facts.industry or code)


def _trait(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    held = [facts.traits[code] for code in condition.any_of if code in facts.traits]
    if not held:
        return Answer.NOT_MET, _("The register has none of this on {day}.").format(day=date_format(facts.day))
    names = (_("{name}, since {day}").format(name=one.name, day=date_format(one.since)) for one in held)
    return Answer.MET, "; ".join(names)


def _came_within_days(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    most = condition.at_most or 0
    if facts.came_on is not None:
        said = _("It came on {day}, {n} days before.")
        days = (facts.day - facts.came_on).days
        return _either(days <= most), said.format(day=date_format(facts.came_on), n=days)
    if facts.here_since is not None and (facts.day - facts.here_since).days > most:
        return Answer.NOT_MET, _("It was here already on {day}.").format(day=date_format(facts.here_since))
    return Answer.NOT_KNOWN, _("When it came is not known.")


def _tax(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    if (taxed := _whole(facts, year)) is None:
        return Answer.NOT_KNOWN, _missing(facts, year)
    said = _("{tax} in {year}").format(tax=yuan(taxed), year=year)
    return _either(taxed >= hundredths(condition.at_least or Decimal())), said


def _tax_growth(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    for one in (year - 1, year):
        if _whole(facts, one) is None:
            return Answer.NOT_KNOWN, _missing(facts, one)
    before, now = (facts.taxes[one].fen for one in (year - 1, year))
    if before <= 0:
        return Answer.NOT_KNOWN, _("Nothing was paid in {year}: there is no growth to tell.").format(year=year - 1)
    said = _("{before} in {year_before}, {now} in {year}: {growth}%").format(
        before=yuan(before),
        year_before=year - 1,
        now=yuan(now),
        year=year,
        growth=number_format(round(Decimal((now - before) * 100) / before, 1), 1),
    )
    return _either(grows(before, now, hundredths(condition.at_least or Decimal()))), said


def grows(before: int, now: int, hundredths_of_percent: int) -> bool:
    """Whether `now` is so much more than `before`, which is more than 0. In whole numbers: nothing is rounded."""
    return (now - before) * 10_000 >= hundredths_of_percent * before


def _leases_here(condition: PolicyCondition, facts: Facts, year: int) -> Said:
    if facts.leases_here:
        return Answer.MET, _("It has rooms in a building here.")
    return Answer.NOT_MET, _("The register has no rooms of it on {day}.").format(day=date_format(facts.day))


_SAYS: dict[PolicyFact, Callable[[PolicyCondition, Facts, int], Said]] = {
    "standing": _standing,
    "section": _section,
    "division": _division,
    "trait": _trait,
    "came_within_days": _came_within_days,
    "tax": _tax,
    "tax_growth": _tax_growth,
    "leases_here": _leases_here,
}


def _either(met: bool) -> Answer:
    return Answer.MET if met else Answer.NOT_MET


def _whole(facts: Facts, year: int) -> int | None:
    """The tax of a whole year; None where a return of it is missing."""
    taxed = facts.taxes.get(year)
    return taxed.fen if taxed is not None and taxed.months >= MONTHS else None


def _missing(facts: Facts, year: int) -> str:
    taxed = facts.taxes.get(year)
    if taxed is None or not taxed.months:
        return _("There is no tax return of {year}.").format(year=year)
    return _("There are tax returns of only {n} months of {year}, {tax} so far.").format(
        n=taxed.months, year=year, tax=yuan(taxed.fen)
    )
