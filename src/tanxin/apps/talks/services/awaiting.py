"""A request that was taken up with a talk which must be approved: until then it waits unchanged.

Who asked is told nothing of it: a yes is an answer to him, after a no one is still owed.
"""

from datetime import datetime

from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.refusals import PageIsOld
from tanxin.apps.talks.transitions import answer, log
from tanxin.core.access import Actor
from tanxin.core.lifecycle import UNANSWERED, RequestMove

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


def reopen_awaited(talk: Talk) -> None:
    """Its talk was not approved: who was asked answers in another way, and his clock went on."""
    Request.objects.filter(realm=talk.realm_id, talk=talk.pk, state__in=OPEN).update(talk=None)
