"""Whether it really helped, some weeks after the answer. Silence is not a word."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.independence import check_independence
from tanxin.apps.issues.looking_models import EffectCheck
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import Reader, everybody, helpers_of, of_talk
from tanxin.apps.issues.refusals import NotAsked
from tanxin.apps.issues.services.speaking import Turn, log, same_turn, today_of
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.core.access import Actor, Permission
from tanxin.core.following import Effect, worst
from tanxin.core.lifecycle import IssueMove
from tanxin.core.wording import is_blank


def say_effect(
    actor: Actor,
    issue_id: UUID,
    *,
    word: Effect,
    text: str = "",
    at: datetime,
    seen: int | None = None,
) -> Issue:
    """Solved, partly, or not; a later word of the same person takes the place of the earlier.

    ``NOT`` opens it again, with its whole past. Only ``SOLVED`` may stand without a text: what is
    left to do must be said. Raises ``NotAsked``, ``TextMissing``, ``IllegalMove``,
    ``VerifierNotIndependent`` where a verifier is not free any more to say that it is solved, and
    as ``issue_for``.
    """
    issue = issue_for(actor, issue_id, Permission.EFFECT_SAY)
    check = asked_of(actor, issue)
    if check.part == "verifier" and word is Effect.SOLVED:
        helpers = helpers_of(issue)._replace(verifier=check.person_id)
        check_independence(issue, helpers, today_of(actor, at))
    sealed = sealed_words(actor, issue, check, word, text)
    move = IssueMove.REOPEN if word is Effect.NOT else IssueMove.EFFECT
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.EFFECT_SAY)
        check_seen(issue, seen)
        check = asked_of(actor, issue)
        readers = who_reads(issue, check)
        said = worst({word.value, *words_of_the_other(issue, check)})
        waiting_for, wanted_on = turn_after(actor, issue, move, at)
        EffectCheck.objects.filter(realm=actor.realm_id, pk=check.pk).update(
            word=word.value, said_at=at
        )
        changes = {} if move is IssueMove.REOPEN else {"effect": said}
        take_step(issue, move, waiting_for=waiting_for, wanted_on=wanted_on, at=at, **changes)
        stored = archive.store(sealed, parties=readers, at=at) if sealed else None
        note_step(actor, issue, move, at=at, text=stored, word=word.value)
        reopened = move is IssueMove.REOPEN
        log(actor, "issue.reopened" if reopened else "issue.effect_said", issue, at)
    return issue


def turn_after(actor: Actor, issue: Issue, move: IssueMove, at: datetime) -> Turn:
    return (issue.led_by_id, today_of(actor, at)) if move is IssueMove.REOPEN else same_turn(issue)


def asked_of(actor: Actor, issue: Issue) -> EffectCheck:
    """Raises ``NotAsked``."""
    rows = EffectCheck.objects.filter(
        realm=actor.realm_id, issue=issue, round=issue.times_reopened, person=actor.person_id
    )
    check = rows.order_by("part").first() if issue.state == "answered" else None
    if check is None:
        raise NotAsked(issue.pk)
    return check


def who_reads(issue: Issue, check: EffectCheck) -> list[Reader]:
    """What the one who raised it says stays between the two."""
    if check.part == "subject":
        return of_talk(issue)
    return list(({check.person_id: "verifier"} | dict(everybody(issue))).items())


def words_of_the_other(issue: Issue, check: EffectCheck) -> list[str]:
    rows = EffectCheck.objects.filter(realm=issue.realm_id, issue=issue, round=check.round)
    return list(rows.exclude(pk=check.pk).values_list("word", flat=True))


def sealed_words(
    actor: Actor, issue: Issue, check: EffectCheck, word: Effect, text: str
) -> Sealed | None:
    if word is Effect.SOLVED and is_blank(text):
        return None
    readers = who_reads(issue, check)
    return sealed_text(actor, issue.pk, "remark", text, readers=readers)
