"""A request that was taken up with a talk which must be approved: until then it waits unchanged.

Who asked is told nothing of it: a yes is an answer to him, after a no one is still owed.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.refusals import PageIsOld
from tanxin.apps.talks.services.matching import match
from tanxin.apps.talks.services.words import Readers, sealed
from tanxin.apps.talks.transitions import answer, log, log_move, move
from tanxin.core.access import Actor
from tanxin.core.lifecycle import UNANSWERED, RequestMove, TalkMove, TalkState

OPEN = [state.value for state in UNANSWERED]


def check_open(request: Request) -> None:
    """Raises ``PageIsOld`` where the answer already waits for approval."""
    if request.state in UNANSWERED and request.talk_id is not None:
        raise PageIsOld("a talk for it waits for approval")


def await_approval(request: Request, talk: Talk) -> None:
    rows = Request.objects.filter(realm=request.realm_id, pk=request.pk, state__in=OPEN, talk=None)
    if rows.update(talk=talk) != 1:
        raise PageIsOld("the request was answered in the meantime")


def accept_awaited(actor: Actor, talk: Talk, *, at: datetime) -> None:
    """Its talk was approved: now it is answered, unless it was taken back meanwhile."""
    for request in Request.objects.filter(realm=talk.realm_id, talk=talk.pk, state__in=OPEN):
        answer(request, RequestMove.ACCEPT, at=at)
        log(actor, "request.answered", request, at=at, detail={"talk": str(talk.pk)})


def closing_of(actor: Actor, request: Request) -> Sealed | None:
    """What is told to who would have led the talk that waits; before the transaction."""
    if request.talk_id is None or request.state not in UNANSWERED:
        return None
    text = _("Whoever asked for the talk has taken the request back.")
    return sealed(actor, "reason", ("talk", request.talk_id), text, readers=told_of(request))


def told_of(request: Request) -> Readers:
    return [(request.asked_id, "initiator")]


def call_off_awaited(actor: Actor, request: Request, words: Sealed | None, at: datetime) -> None:
    """The request is gone, so the talk for it is not proposed, whoever approves it now.

    The talk is changed before the request, as by who approves: of the two one waits, and loses.
    """
    if request.talk_id is None or request.state not in UNANSWERED:
        return
    talk = Talk.objects.get(realm=request.realm_id, pk=request.talk_id)
    if words is None or words.about_id != talk.pk or talk.state != TalkState.APPROVING:
        raise PageIsOld("the request was answered in the meantime")
    move(talk, TalkMove.CANCEL, closing=archive.store(words, told_of(request), at))
    match(talk, [])
    log_move(actor, talk, TalkMove.CANCEL, at=at)


def reopen_awaited(talk: Talk) -> None:
    """Its talk was not approved: who was asked answers in another way, and his clock went on."""
    Request.objects.filter(realm=talk.realm_id, talk=talk.pk, state__in=OPEN).update(talk=None)
