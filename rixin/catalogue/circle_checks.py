"""What must hold of a circle beyond its shape: (place in the file, reason) for each fault."""

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.circle_schema import Circle
from rixin.catalogue.work_checks import Known


def circle_faults(kept: Circle, known: Known) -> Found:
    for nth, code in enumerate(kept.kinds):
        if code not in known.facilities:
            yield ("kinds", nth), _("there is no kind of facility “{code}”").format(code=code)
        elif code in kept.kinds[:nth]:
            yield ("kinds", nth), _("the kind “{code}” is there twice").format(code=code)
    kind = known.facilities.get(kept.code)
    if kind is not None and kind.walk is not None:
        yield (
            ("code",),
            _("“{code}” is a kind of facility with a “walk” of its own, which is a circle already").format(
                code=kept.code
            ),
        )
