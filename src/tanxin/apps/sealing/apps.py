from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "tanxin.apps.sealing"
    label = "sealing"
