from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rixin.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.people import units  # noqa: F401  (hears when a unit changes)
