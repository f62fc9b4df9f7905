from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rixin.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.catalogue import checks
        from rixin.people import definitions, units  # noqa: F401  (units hears when one changes)

        checks.further.append(definitions.unit_faults)
        checks.further_of_pipelines.append(definitions.keeper_faults)
        checks.further_of_programmes.append(definitions.project_faults)
