from datetime import datetime

from django.db.models import F

from tanxin.apps.audit import services as audit
from tanxin.apps.audit.services import Detail
from tanxin.apps.talks.booking import book, free, one_at_a_time
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.refusals import PageIsOld
from tanxin.core.access import Actor
from tanxin.core.lifecycle import (
    REQUEST_MOVES,
    TALK_MOVES,
    UNANSWERED,
    RequestMove,
    RequestState,
    TalkMove,
    TalkState,
    next_state,
)

TALK_EVENTS: dict[TalkMove, str] = {
    TalkMove.APPROVE_IN_PART: "talk.approved",
    TalkMove.APPROVE: "talk.approved",
    TalkMove.DENY: "talk.not_approved",
    TalkMove.PREPARE: "talk.prepared",
    TalkMove.NAME: "talk.named",
    TalkMove.PROPOSE_OTHER_TIME: "talk.moved",
    TalkMove.AGREE: "talk.agreed",
    TalkMove.REFUSE: "talk.refused",
    TalkMove.CANCEL: "talk.cancelled",
    TalkMove.HOLD: "talk.held",
    TalkMove.RECORD: "talk.recorded",
    TalkMove.ENDORSE: "talk.endorsed",
    TalkMove.SEND_BACK: "talk.sent_back",
    TalkMove.CONFIRM: "talk.confirmed",
    TalkMove.DISPUTE: "talk.disputed",
    TalkMove.LAPSE: "talk.unconfirmed",
}


def move(talk: Talk, by: TalkMove, **changes: object) -> None:
    """Take ``talk`` where ``by`` leads. Call it inside a transaction.

    Raises ``IllegalMove`` if that cannot be done, and ``PageIsOld`` if somebody else made a move
    since ``talk`` was read: the update only finds the row as it was then. What is agreed takes up
    the time of both sides, or raises ``TimeTaken``; what is no longer agreed gives it back.
    """
    before = TalkState(talk.state)
    after = next_state(TALK_MOVES, before, by)
    rebooks = (before is TalkState.AGREED) is not (after is TalkState.AGREED)
    if rebooks:
        one_at_a_time(talk)
    row = Talk.objects.filter(realm=talk.realm_id, pk=talk.pk, state=talk.state, steps=talk.steps)
    if row.update(state=after.value, steps=F("steps") + 1, **changes) != 1:
        raise PageIsOld("the talk was changed in the meantime")
    talk.refresh_from_db()
    if rebooks:
        (book if after is TalkState.AGREED else free)(talk)


def log_move(
    actor: Actor, talk: Talk, by: TalkMove, *, at: datetime, detail: Detail | None = None
) -> None:
    """The leaf of a move; the last statement of its transaction."""
    log(actor, TALK_EVENTS[by], talk, at=at, detail=detail)


def log(
    actor: Actor,
    event: str,
    row: Talk | Request,
    *,
    at: datetime,
    detail: Detail | None = None,
) -> None:
    audit.record(
        event,
        realm_id=row.realm_id,
        actor=actor,
        subject_kind="talk" if isinstance(row, Talk) else "request",
        subject_id=row.pk,
        detail=detail or {},
        at=at,
    )


def answer(request: Request, by: RequestMove, *, at: datetime, **changes: object) -> None:
    """Take ``request`` where ``by`` leads; otherwise as ``move``.

    ``answered_at`` stays empty while an answer is still owed.
    """
    after = next_state(REQUEST_MOVES, RequestState(request.state), by)
    row = Request.objects.filter(
        realm=request.realm_id, pk=request.pk, state=request.state, talk=request.talk_id
    )
    if after not in UNANSWERED:
        changes["answered_at"] = at
    if row.update(state=after.value, **changes) != 1:
        raise PageIsOld("the request was answered in the meantime")
    request.refresh_from_db()
