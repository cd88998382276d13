from importlib import import_module

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "tanxin.apps.archive"

    def import_models(self) -> None:
        """The tables stand in three files."""
        super().import_models()
        import_module("tanxin.apps.archive.content")
        import_module("tanxin.apps.archive.resealed")
