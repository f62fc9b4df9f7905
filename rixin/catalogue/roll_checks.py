"""What must hold of a service roll beyond its shape: (place in the file, reason) for each fault."""

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.limits import not_held
from rixin.catalogue.register_checks import twice
from rixin.catalogue.roll_schema import Roll, RollField
from rixin.catalogue.work_checks import Known

_NEVER_KEEP = ("resident", "auditor", "administrator", "leader", "system")
"""Roles that see totals or nothing: nobody of them keeps a roll."""
OWN = ("name", "phone", "address", "dwelling")
"""What every roll may hold without a field of its own."""


def roll_faults(kept: Roll, known: Known) -> Found:
    yield from _reasons(kept)
    yield from twice([one.name for one in kept.fields], "fields")
    for nth, field in enumerate(kept.fields):
        yield from ((("fields", nth, *loc), reason) for loc, reason in _field_faults(field))
    for key in ("roles",):
        for nth, role in enumerate(kept.roles):
            if role in _NEVER_KEEP:
                yield (key, nth), _("“{role}” sees totals only and keeps no roll").format(role=role)
    yield from _serving_faults(kept)
    yield from _visit_faults(kept, known)


def _reasons(kept: Roll) -> Found:
    """Why anybody is held at all, and until when."""
    if kept.purpose is None:
        yield ("code",), _("say under “purpose” for what persons are held: nobody is without a purpose")
    if kept.basis is None and kept.consent is None:
        yield ("code",), _("say under “basis” or “consent” what allows it")
    if kept.asking and kept.consent is None:
        yield ("code",), _("residents can only ask to join what they agree to: say it under “consent”")
    if kept.kept_months is None:
        yield ("code",), _("say under “kept_months” when what is held of somebody who left is deleted")
    if kept.unused_months is None:
        yield ("code",), _("say under “unused_months” when the keeper has to ask again or delete")


def _field_faults(field: RollField) -> Found:
    if field.name in OWN:
        yield ("name",), _("“{name}” is held by every roll that needs it: leave the field out").format(name=field.name)
    for reason in not_held(field.name, field.label.zh, field.label.en):
        yield ("name",), reason
    for nth, option in enumerate(field.options):
        for reason in not_held(option.code, option.name.zh, option.name.en):
            yield ("options", nth), reason
    if field.kind == "choice" and not field.options:
        yield ("options",), _("a choice needs options")
    if field.kind != "choice" and field.options:
        yield ("options",), _("only a choice has options")


def _serving_faults(kept: Roll) -> Found:
    yield from twice([one.role for one in kept.serves], "serves")
    names = {field.name for field in kept.fields}
    for nth, serving in enumerate(kept.serves):
        if serving.role in _NEVER_KEEP:
            yield ("serves", nth, "role"), _("“{role}” serves nobody at the door").format(role=serving.role)
        for name in serving.sees:
            if name not in names:
                yield ("serves", nth, "sees"), _("there is no field “{name}”").format(name=name)


def _visit_faults(kept: Roll, known: Known) -> Found:
    visits = kept.visits
    if visits is None:
        return
    if not kept.serves:
        yield ("visits",), _("nobody serves this roll, so nobody could call")
    for nth, option in enumerate(visits.outcomes):
        for reason in not_held(option.code, option.name.zh, option.name.en):
            yield ("visits", "outcomes", nth), reason
    if visits.help is not None and visits.help not in {option.code for option in visits.outcomes}:
        yield ("visits", "help"), _("there is no outcome “{code}”").format(code=visits.help)
    if (visits.help is None) != (visits.matter is None):
        yield ("visits", "help"), _("“help” and “matter” belong together")
    if visits.matter is not None and known.types and visits.matter not in known.types:
        yield ("visits", "matter"), _("there is no matter type “{code}”").format(code=visits.matter)
