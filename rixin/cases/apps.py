from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "rixin.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.cases import learning, retention

        retention.register()
        learning.register()
