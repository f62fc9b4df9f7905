from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "rixin.triage"
    label = "triage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.triage.learned import bundled

        bundled.register()
