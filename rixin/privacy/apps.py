from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "rixin.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.privacy import own_rules

        own_rules.register()
