from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

from tanxin.core.access import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet


class OversightConfig(AppConfig):
    name = "tanxin.apps.oversight"

    def import_models(self) -> None:
        """The tables stand in several files."""
        super().import_models()
        import_module("tanxin.apps.oversight.coverage.models")
        import_module("tanxin.apps.oversight.inspections")
        import_module("tanxin.apps.oversight.samples")

    def rows_kept_from(self, actor: Actor) -> "QuerySet[Any]":
        signals = import_module("tanxin.apps.oversight.access").kept_signals(actor)
        calls = import_module("tanxin.apps.oversight.calls").kept_calls(actor)
        kept: QuerySet[Any] = signals.values("pk").union(calls.values("pk"))
        return kept

    def rows_of(self, actor: Actor) -> "dict[str, QuerySet[Any]]":
        """A question about oneself stays one's own, whatever post one has left."""
        return {
            "signal": import_module("tanxin.apps.oversight.access").visible_signals(actor),
            "callback": import_module("tanxin.apps.oversight.calls").visible_calls(actor),
        }
