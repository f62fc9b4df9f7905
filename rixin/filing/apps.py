from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "rixin.filing"
    label = "filing"

    def ready(self) -> None:
        from rixin.cases.signals import happened
        from rixin.filing import keeping

        happened.connect(keeping.on_event, dispatch_uid="filing")
