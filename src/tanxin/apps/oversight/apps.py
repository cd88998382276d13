from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "tanxin.apps.oversight"
