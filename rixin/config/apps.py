from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """The house itself: base pages, icons, periodic jobs and the commands that run it."""

    name = "rixin.config"
    label = "config"

    def ready(self) -> None:
        autodiscover_modules("jobs")
