"""What must hold of a kind of event beyond its shape: (place in the file, reason) for each fault."""

from django.utils.translation import gettext as _

from rixin.catalogue.activity_schema import EventKind
from rixin.catalogue.checks import Found
from rixin.catalogue.register_checks import twice
from rixin.catalogue.work_checks import Known


def activity_faults(kept: EventKind, known: Known) -> Found:
    yield from twice([one.code for one in kept.options], "options")
    yield from twice([one.code for one in kept.teams], "teams")
    others = [one for one in known.activities.values() if one.code != kept.code]
    for nth, level in enumerate(kept.teams):
        for other in others:
            if level.code in {one.code for one in other.teams}:
                reason = _("“{code}” is a level of “{other}” already").format(code=level.code, other=other.code)
                yield ("teams", nth, "code"), reason
    if kept.sign_up is not None:
        for nth, ask in enumerate(kept.sign_up.asks):
            if ask in kept.sign_up.asks[:nth]:
                yield ("sign_up", "asks", nth), _("“{ask}” is asked twice").format(ask=ask)
        if "phone" in kept.sign_up.asks and "name" not in kept.sign_up.asks:
            yield ("sign_up", "asks"), _("whoever is asked for a telephone is asked for a name too")
    if kept.sessions and kept.employers:
        yield ("sessions",), _("a fair with employers is one occasion: it has no sessions")
    if "resident" in kept.roles or "system" in kept.roles:
        yield ("roles",), _("events are planned by staff")
