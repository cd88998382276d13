"""What went on from an issue: for the page of the issue, each to whom it is due."""

from uuid import UUID

from django import template
from django.template import Context

from tanxin.apps.issues.course import IssueSeen
from tanxin.apps.issues.feedback.access import feedback_of_issue, went_on
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.web.feedback import words

register = template.Library()


@register.inclusion_tag("feedback/_of_issue.html", takes_context=True)
def told_of(context: Context, issue: IssueSeen) -> dict[str, object]:
    """Its author sees each; the one who raised it that it went on; anybody else nothing."""
    actor: Actor = context["request"].actor
    return {
        "issue_id": issue.id,
        "may_tell": decide(Permission.FEEDBACK_WRITE, issue.relations).allowed,
        "told": lines(actor, issue.id) if Relation.INITIATOR in issue.relations else [],
        "went_on": Relation.SUBJECT in issue.relations and went_on(actor, issue.id),
        "request": context["request"],
    }


def lines(actor: Actor, issue_id: UUID) -> list[dict[str, object]]:
    return [
        {"id": row.pk, "unit_id": row.unit_id, "state": row.state, "label": words.STATES[row.state]}
        for row in feedback_of_issue(actor, issue_id)
    ]
