from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "rixin.registers"
    label = "registers"
