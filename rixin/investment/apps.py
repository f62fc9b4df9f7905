from django.apps import AppConfig


class InvestmentConfig(AppConfig):
    name = "rixin.investment"
    label = "investment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rixin.investment import retention
        from rixin.investment.following import follow_merged
        from rixin.registers.signals import merged

        retention.register()
        merged.connect(follow_merged, dispatch_uid="investment_follows_merged")
