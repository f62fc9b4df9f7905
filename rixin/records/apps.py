from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "rixin.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.records import linking
        from rixin.registers.signals import merged

        merged.connect(linking.on_merged, dispatch_uid="records")
