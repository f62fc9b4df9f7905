from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "rixin.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.activities import retention

        retention.register()
