"""What a post lets its holder do. A resident is no account, and so no role here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    GRID_WORKER = "grid_worker", _("Grid worker")
    COMMUNITY_OFFICER = "community_officer", _("Community officer")
    HANDLER = "handler", pgettext_lazy("role", "Handler")
    DISPATCHER = "dispatcher", _("Dispatcher")
    VERIFIER = "verifier", _("Verifier")
    LEADER = "leader", _("Leader")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Those who see an area as a whole, whichever unit holds a matter.
OVERSEERS = frozenset({Role.DISPATCHER, Role.VERIFIER, Role.LEADER})
# Those who meet case content at all; an administrator keeps definitions, people and areas only.
CASE_ROLES = frozenset(Role) - {Role.ADMINISTRATOR}
