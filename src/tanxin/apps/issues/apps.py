from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig

from tanxin.core.access import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanxin.apps.issues.models import Issue

# Beside ``models``.
TABLES = ("looking_models", "handing", "kinds", "counted", "following", "saved")


class IssuesConfig(AppConfig):
    name = "tanxin.apps.issues"

    def import_models(self) -> None:
        """The tables stand in several files."""
        super().import_models()
        for name in TABLES:
            import_module(f"{self.name}.{name}")

    def rows_kept_from(self, actor: Actor) -> "QuerySet[Issue]":
        kept: QuerySet[Issue] = import_module("tanxin.apps.issues.access").kept_issues(actor)
        return kept

    def rows_of(self, actor: Actor) -> "dict[str, QuerySet[Issue]]":
        return {"issue": import_module("tanxin.apps.issues.access").own_issues(actor)}
