from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "tanxin.apps.org"
