"""What follows an end: whoever is asked about the effect, and what was merged into the issue."""

from datetime import date, datetime

from tanxin.apps.issues.looking_models import EffectCheck
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import Helpers
from tanxin.apps.issues.services.speaking import log
from tanxin.apps.issues.transitions import note_step, take_step
from tanxin.core.access import Actor
from tanxin.core.following import EFFECT_AFTER
from tanxin.core.lifecycle import IssueMove


def ask_for_the_effect(issue: Issue, helpers: Helpers | None, on: date, at: datetime) -> None:
    """In some weeks: whose matter it is, and who verified it."""
    asked_on = on + EFFECT_AFTER
    people = {"subject": issue.talk.subject_id}
    if helpers and helpers.verifier != issue.talk.subject_id:
        people["verifier"] = helpers.verifier
    EffectCheck.objects.bulk_create(
        EffectCheck(
            realm_id=issue.realm_id,
            issue=issue,
            round=issue.times_reopened,
            person_id=person,
            part=part,
            since=at,
            asked_on=asked_on,
        )
        for part, person in people.items()
    )
    Issue.objects.filter(realm=issue.realm_id, pk=issue.pk).update(effect_on=asked_on)


def lead_on(actor: Actor, issue: Issue, by: IssueMove, on: date, at: datetime) -> None:
    """Take what was merged into ``issue`` on: to its own answer, or to be decided again."""
    merged = Issue.objects.filter(realm=issue.realm_id, merged_into=issue, state="merged")
    for one in merged.select_related("talk").order_by("pk"):
        take_step(one, by, waiting_for=one.led_by_id, wanted_on=on, at=at)
        note_step(actor, one, by, at=at)
        log(actor, "issue.led_on" if by is IssueMove.FOLLOW else "issue.released", one, at)
