from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig

from tanxin.core.access import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanxin.apps.oversight.models import Signal


class OversightConfig(AppConfig):
    name = "tanxin.apps.oversight"

    def rows_kept_from(self, actor: Actor) -> "QuerySet[Signal]":
        kept: QuerySet[Signal] = import_module("tanxin.apps.oversight.access").kept_signals(actor)
        return kept

    def rows_of(self, actor: Actor) -> "dict[str, QuerySet[Signal]]":
        """A question about oneself stays one's own, whatever post one has left."""
        return {"signal": import_module("tanxin.apps.oversight.access").visible_signals(actor)}
