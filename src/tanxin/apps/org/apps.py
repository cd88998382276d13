from importlib import import_module

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "tanxin.apps.org"

    def import_models(self) -> None:
        """The tables stand in two files."""
        super().import_models()
        import_module("tanxin.apps.org.trust")
