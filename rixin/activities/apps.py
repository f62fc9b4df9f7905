from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "rixin.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin import held_bytes
        from rixin.activities import pictures, retention

        retention.register()
        held_bytes.holders.append(pictures.taken)
