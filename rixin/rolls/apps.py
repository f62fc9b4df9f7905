from django.apps import AppConfig


class RollsConfig(AppConfig):
    name = "rixin.rolls"
    label = "rolls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.rolls import retention

        retention.register()
