from django.apps import AppConfig


class ChoosingConfig(AppConfig):
    name = "rixin.choosing"
    label = "choosing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.choosing import retention

        retention.register()
