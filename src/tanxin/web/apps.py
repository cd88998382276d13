from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tanxin.web"

    def ready(self) -> None:
        import_module("tanxin.web.login.entering")  # listens for logins of every kind
