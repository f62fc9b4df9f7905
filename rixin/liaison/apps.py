from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    name = "rixin.liaison"
    label = "liaison"

    def ready(self) -> None:
        from rixin.cases.signals import happened
        from rixin.liaison import keeping
        from rixin.registers.signals import merged

        happened.connect(keeping.on_event, dispatch_uid="liaison")
        merged.connect(keeping.on_merged, dispatch_uid="liaison")
