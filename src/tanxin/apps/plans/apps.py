from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tanxin.apps.plans"
