from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal
from tanxin.core.access import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanxin.apps.talks.models import GroupTalk, Talk


class TalksConfig(AppConfig):
    name = "tanxin.apps.talks"
    sealed_columns = (
        Personal("talks.Talk", "place_sealed", "place"),
        Personal("talks.Echo", "said_sealed", "echo"),
    )

    def import_models(self) -> None:
        """The tables stand in several files."""
        super().import_models()
        import_module("tanxin.apps.talks.preparing")
        import_module("tanxin.apps.talks.paper_models")
        import_module("tanxin.apps.talks.receiving.models")

    def rows_kept_from(self, actor: Actor) -> "QuerySet[Talk]":
        kept: QuerySet[Talk] = import_module("tanxin.apps.talks.access").kept_talks(actor)
        return kept

    def rows_of(self, actor: Actor) -> "dict[str, QuerySet[Talk] | QuerySet[GroupTalk]]":
        doors = import_module("tanxin.apps.talks.access")
        return {"talk": doors.talks_with_text(actor), "group": doors.own_groups(actor)}
