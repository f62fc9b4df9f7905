"""What must hold of a policy beyond its shape, so that no condition can never be met for a misspelt code.

As in `checks`: each check yields (place in the file, reason), and the loader adds file and line.
"""

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.policy_schema import Policy, PolicyCondition, PolicyFact
from rixin.catalogue.sources import REGISTERS
from rixin.catalogue.work_checks import Known, is_day

_NEEDS: dict[PolicyFact, str | None] = {
    "standing": "any_of",
    "section": "any_of",
    "division": "any_of",
    "trait": "any_of",
    "came_within_days": "at_most",
    "tax": "at_least",
    "tax_growth": "at_least",
    "leases_here": None,
}
"""What a condition of each fact needs: this, and nothing beside it."""
_BOUNDS = ("any_of", "at_least", "at_most")
_NOT_PRESENT = {"left", "closed"}
"""Standings of enterprises that are the sub-district's no longer: no policy of its own is for them."""


def policy_faults(policy: Policy, known: Known) -> Found:
    yield from _name(policy, known)
    yield from _days(policy)
    yield from _amounts(policy)
    codes = _codes(known)
    for nth, condition in enumerate(policy.conditions):
        for loc, reason in _condition(condition, codes):
            yield ("conditions", nth, *loc), reason


def _name(policy: Policy, known: Known) -> Found:
    """Of two policies of one name nobody could tell which one an application means."""
    for other in known.policies.values():
        if other.code != policy.code and {other.name.zh, other.name.en} & {policy.name.zh, policy.name.en}:
            yield ("name",), _("“{code}” has the same name: say the year or the number").format(code=other.code)


def _codes(known: Known) -> dict[str, set[str]]:
    """By fact: all that a condition of it can name."""
    standings = {option.code for option in REGISTERS["standings"].columns["standing"].options}
    return {
        "standing": standings - _NOT_PRESENT,
        "section": set(known.industries),
        "division": {division.code for section in known.industries.values() for division in section.divisions},
        "trait": {f"{trait.code}.{option.code}" for trait in known.traits.values() for option in trait.options},
    }


def _days(policy: Policy) -> Found:
    for key in ("from_day", "until_day"):
        if (written := getattr(policy, key)) is not None and not is_day(written):
            yield (key,), _("“{day}” is no day of the calendar").format(day=written)
    if policy.until_day is not None and policy.until_day < policy.from_day:
        yield ("until_day",), _("it ends before it begins")


def _amounts(policy: Policy) -> Found:
    if policy.amount is not None:
        for key in ("share_of_tax", "most"):
            if getattr(policy, key) is not None:
                yield (key,), _("each is paid the fixed “amount”: there is no use for “{key}”").format(key=key)
    if policy.budget is not None:
        for key in ("amount", "most"):
            if (one := getattr(policy, key)) is not None and one > policy.budget:
                yield (key,), _("one enterprise would be paid more than the “budget” of all")


def _condition(condition: PolicyCondition, codes: dict[str, set[str]]) -> Found:
    needed = _NEEDS[condition.fact]
    given = [key for key in _BOUNDS if getattr(condition, key) not in (None, [])]
    if needed is not None and needed not in given:
        yield ("fact",), _("a condition on “{fact}” needs “{key}”").format(fact=condition.fact, key=needed)
    for key in given:
        if key != needed:
            yield (key,), _("a condition on “{fact}” has no use for “{key}”").format(fact=condition.fact, key=key)
    if needed == "any_of":
        for nth, code in enumerate(condition.any_of):
            if code not in codes[condition.fact]:
                yield (
                    ("any_of", nth),
                    _("there is no “{fact}” with the code “{code}”").format(fact=condition.fact, code=code),
                )
