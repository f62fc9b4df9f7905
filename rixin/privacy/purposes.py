"""For what personal data may be opened. Who opens it says which; there is no purpose “other” without words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    CALL_BACK = "call_back", _("Ask the person about the matter")
    VISIT = "visit", _("Meet the person on the spot")
    ANSWER = "answer", _("Bring the person the answer")
    VERIFY = "verify", _("Check with the person whether it is done")
    EMERGENCY = "emergency", _("Avert danger to life or property")
    LAW = "law", _("A legal duty, with the name of the deed")
    OTHER = "other", _("Another purpose, in words")

    @property
    def needs_words(self) -> bool:
        return self in (Purpose.LAW, Purpose.OTHER)


PURPOSES: tuple[Purpose, ...] = tuple(Purpose)
