from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "rixin.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.cases import learning, linking, retention
        from rixin.registers.signals import merged

        retention.register()
        learning.register()
        merged.connect(linking.on_merged, dispatch_uid="cases")
