from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The house itself: base pages, icons and the commands that run it. It has no tables."""

    name = "rixin.config"
    label = "config"
