from django.apps import AppConfig


class RealmsConfig(AppConfig):
    name = "tanxin.apps.realms"
