from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tanxin.apps.notices"
