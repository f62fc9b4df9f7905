"""What is filled in when a step is done: whether it is whole, and whether a vote of owners was carried. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue.programme_schema import ProjectStep, Vote
from rixin.catalogue.work_schema import RecordField
from rixin.programmes.votes import ImpossibleVote, Outcome, Threshold, owners_vote

Faults = dict[str, str]
"""By name of the field; "" for what is no field."""
Values = Mapping[str, Any]
_LONGEST = {"text": 120, "long_text": 4_000}


def faults(step: ProjectStep, values: Values) -> Faults:
    """Values are as records keep them: whole numbers of the last digit, 0 or 1, days like 20221231, codes, texts."""
    unknown = values.keys() - {field.name for field in step.fields}
    found = {name: _("This step asks for nothing of this name.") for name in unknown}
    for field in step.fields:
        value = values.get(field.name)
        if value in (None, ""):
            if field.required:
                found[field.name] = _("This is needed.")
        elif not _fits(field, value):
            found[field.name] = _("This cannot be written here.")
    if found or step.vote is None:
        return found
    return _vote_faults(step.vote, values)


def _fits(field: RecordField, value: Any) -> bool:
    match field.kind:
        case "text" | "long_text":
            return isinstance(value, str) and len(value) <= (field.most or _LONGEST[field.kind])
        case "choice":
            return value in {option.code for option in field.options}
        case "yes_no":
            return value in (0, 1)
        case "date":
            return isinstance(value, int)
    return isinstance(value, int) and _within(value, field)


def _within(value: int, field: RecordField) -> bool:
    digits = 10**field.decimals if field.kind == "amount" else 1
    least_met = field.least is None or value >= field.least * digits
    return least_met and (field.most is None or value <= field.most * digits)


def outcome(vote: Vote, values: Values) -> Outcome | None:
    """None while numbers are missing. Raises ImpossibleVote."""
    given = {said: values.get(name) for said, name in vote.fields.items()}
    if any(not isinstance(number, int) for number in given.values()):
        return None
    return owners_vote(vote.rule, **given)  # type: ignore[arg-type]


def _vote_faults(vote: Vote, values: Values) -> Faults:
    try:
        result = outcome(vote, values)
    except ImpossibleVote as wrong:
        return {vote.fields[wrong.name]: _("This is more than there can be.")}
    missed = [one for one in result.thresholds if not one.met] if result else []
    return {"": _("; ").join(said(one) for one in missed)} if missed else {}


_WHAT: dict[tuple[str, str], Promise] = {
    ("took_part", "owners"): gettext_lazy("Owners who took part"),
    ("took_part", "area"): gettext_lazy("Floor area that took part"),
    ("agreed", "owners"): gettext_lazy("Owners who agreed"),
    ("agreed", "area"): gettext_lazy("Floor area that agreed"),
}


def said(one: Threshold) -> str:
    """A threshold with what was reached, in words."""
    parts = {
        "what": _WHAT[one.what, one.by],
        "count": f"{one.count:,}",
        "whole": f"{one.whole:,}",
        "share": f"{one.share.numerator}/{one.share.denominator}",
        "needed": f"{one.needed:,}",
    }
    if one.strict:
        return _("{what}: {count} of {whole}; more than {share} is needed, that is {needed}").format(**parts)
    return _("{what}: {count} of {whole}; at least {share} is needed, that is {needed}").format(**parts)
