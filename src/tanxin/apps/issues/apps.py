from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "tanxin.apps.issues"
