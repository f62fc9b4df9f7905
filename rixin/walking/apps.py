from django.apps import AppConfig


class WalkingConfig(AppConfig):
    name = "rixin.walking"
    label = "walking"
    default_auto_field = "django.db.models.BigAutoField"
