from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "rixin.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.activities.pictures import taken
        from rixin.cases.photos import also_kept_by

        also_kept_by(taken)
