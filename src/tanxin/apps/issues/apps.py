from importlib import import_module

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "tanxin.apps.issues"

    def import_models(self) -> None:
        """The tables stand in two files."""
        super().import_models()
        import_module("tanxin.apps.issues.handing")
