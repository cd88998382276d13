from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "tanxin.apps.archive"
