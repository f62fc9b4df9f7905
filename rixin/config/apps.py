from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import ngettext_lazy


class ConfigConfig(AppConfig):
    """The house itself: base pages, icons, periodic jobs and the commands that run it."""

    name = "rixin.config"
    label = "config"

    def ready(self) -> None:
        # For every form: Django's own words speak of a variable that must be ensured.
        MaxLengthValidator.message = ngettext_lazy(
            "At most %(limit_value)d sign; this has %(show_value)d.",
            "At most %(limit_value)d signs; this has %(show_value)d.",
            "limit_value",
        )
        autodiscover_modules("jobs")
