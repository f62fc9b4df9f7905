from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "rixin.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin import held_bytes
        from rixin.programmes import queries

        held_bytes.holders.append(queries.evidence_among)
