from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

from tanxin.apps.sealing.columns import Personal
from tanxin.core.access import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanxin.apps.issues.models import Issue

# Beside ``models``.
TABLES = (
    "looking_models", "handing", "kinds", "counted", "following", "saved",
    "feedback.models", "common.models", "replies.models", "leads.models",
)  # fmt: skip


class IssuesConfig(AppConfig):
    name = "tanxin.apps.issues"
    sealed_columns = (
        Personal("issues.SavedView", "name_sealed", "view-name"),
        Personal("issues.Reply", "title_sealed", "reply-title"),
        Personal("issues.Reply", "text_sealed", "reply"),
        Personal("issues.Reply", "reason_sealed", "reply-reason"),
        Personal("issues.CommonIssue", "reason_sealed", "common-reason"),
        Personal("issues.Feedback", "told_sealed", "feedback"),
    )

    def import_models(self) -> None:
        """The tables stand in several files."""
        super().import_models()
        for name in TABLES:
            import_module(f"{self.name}.{name}")

    def rows_kept_from(self, actor: Actor) -> "tuple[QuerySet[Any], ...]":
        """The issues, and what was told others of them."""
        kept = import_module("tanxin.apps.issues.access").kept_issues(actor)
        told = import_module("tanxin.apps.issues.feedback.access").kept_feedback(actor)
        return kept, told

    def rows_of(self, actor: Actor) -> "dict[str, QuerySet[Issue]]":
        return {"issue": import_module("tanxin.apps.issues.access").own_issues(actor)}
