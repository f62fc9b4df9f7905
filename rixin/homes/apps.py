from django.apps import AppConfig


class HomesConfig(AppConfig):
    name = "rixin.homes"
    label = "homes"
    default_auto_field = "django.db.models.BigAutoField"
