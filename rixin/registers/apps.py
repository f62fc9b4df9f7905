from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "rixin.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.registers import retention

        retention.register()
