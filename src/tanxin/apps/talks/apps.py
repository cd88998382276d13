from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "tanxin.apps.talks"
