"""What was raised in a talk, for the page of the talk."""

from uuid import UUID

from django import template
from django.template import Context
from django.utils import timezone

from tanxin.apps.issues.selectors import dues_of, issues_of_talk
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor
from tanxin.core.lifecycle import BEFORE_HELD, TalkState
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import Line, line
from tanxin.web.issues.promises import NextTalk

register = template.Library()


@register.inclusion_tag("issues/_of_talk.html", takes_context=True)
def issues_raised_in(context: Context, talk: TalkRow) -> dict[str, object]:
    """The issues of a held talk, for its two sides; whoever led it may write down another."""
    actor: Actor = context["request"].actor
    today = timezone.localdate()
    is_side = actor.person_id in {talk.initiator_id, talk.subject_id}
    is_shown = is_side and TalkState(talk.state) not in BEFORE_HELD
    issues = list(issues_of_talk(actor, talk.pk)) if is_shown else []
    dues = dues_of(actor.realm_id, issues)
    names = KindNames(actor.realm_id)
    return {
        "talk_id": talk.pk,
        "is_shown": is_shown,
        "may_raise": talk.initiator_id == actor.person_id,
        "lines": [line(actor, issue, dues.get(issue.pk), today, names=names) for issue in issues],
        "today": today,
    }


@register.simple_tag
def talk_of(line: Line, talks: dict[UUID, NextTalk]) -> NextTalk | None:
    """The next talk with the one whose issue it is, where one is planned."""
    return talks.get(line.id)
