"""Drawing a sample, asking those who were talked with, and noting what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from json import dumps
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tanxin.apps.archive import services as archive
from tanxin.apps.audit import services as audit
from tanxin.apps.audit.selectors import end_of_log
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.org.recusals import kept_from, not_kept_from
from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.oversight.access import SignalForbidden
from tanxin.apps.oversight.calls import CallForbidden, CallNotFound, call_for
from tanxin.apps.oversight.models import Signal, SignalTalk
from tanxin.apps.oversight.refusals import (
    AnsweredAlready,
    DrawnMeanwhile,
    NothingToDraw,
    SettledAlready,
)
from tanxin.apps.oversight.samples import CallBack, Sample
from tanxin.apps.oversight.services import SUPERVISORS
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.lifecycle import TalkState
from tanxin.core.oversight.sampling import (
    Candidate,
    Result,
    Risk,
    Solved,
    TookPlace,
    draw,
    pool_of,
)
from tanxin.core.oversight.settling import SignalState

CLOSED = (TalkState.CONFIRMED.value, TalkState.UNCONFIRMED.value)
MOST = 200
# Of the hash at which the log ends, in the seed of a sample.
SIGNS = 16
HURRIED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    first: date
    last: date
    size: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What comes out of a wish, before anybody is asked."""

    wish: Wish
    seed: str
    pool: list[tuple[str, int]]
    talks: list[Talk]


@dataclass(frozen=True, slots=True)
class Said:
    """What the subject answers; ``words`` may be empty."""

    took_place: TookPlace
    solved: Solved
    words: str = ""


def draw_sample(actor: Actor, wish: Wish, *, at: datetime) -> Sample:
    """Draw from the closed talks of some days, and ask each subject.

    Not talks of the one who draws, nor any kept from him, nor one that was drawn before: nobody is
    asked twice. Raises ``SignalForbidden``, ``NothingToDraw`` and ``DrawnMeanwhile``.
    """
    return ask_drawn(actor, drawing_of(actor, wish, at=at), at=at)


def drawing_of(actor: Actor, wish: Wish, *, at: datetime) -> Drawing:
    if actor.person_id is None or not decide(Permission.SAMPLE_DRAW, actor.standing).allowed:
        raise SignalForbidden(Permission.SAMPLE_DRAW)
    talks = {str(talk.pk): talk for talk in closed_talks(actor, wish.first, wish.last)}
    pool = pool_of(candidates(actor.realm_id, talks.values()))
    seed = seed_of(actor.realm_id, at)
    chosen = draw(seed, pool, min(wish.size, MOST))
    if not chosen:
        raise NothingToDraw
    return Drawing(wish, seed, pool, [talks[one] for one in chosen])


def seed_of(realm_id: UUID, at: datetime) -> str:
    """Chosen by nobody: the day, and where the log ends, which an auditor can look up."""
    size, last = end_of_log(realm_id)
    return f"{at.astimezone(zone_of(realm_id)).date()}-{size}-{last.hex()[:SIGNS]}"


def ask_drawn(actor: Actor, drawing: Drawing, *, at: datetime) -> Sample:
    try:
        with transaction.atomic():
            sample = kept_sample(actor, drawing, at)
            audit.record(
                "sample.drawn", realm_id=actor.realm_id, actor=actor, subject_kind="sample",
                subject_id=sample.pk, at=at,
                detail={"size": len(drawing.talks), "of": len(drawing.pool)},
            )  # fmt: skip
    except IntegrityError:
        raise DrawnMeanwhile from None
    return sample


def kept_sample(actor: Actor, drawing: Drawing, at: datetime) -> Sample:
    weights, wish = dict(drawing.pool), drawing.wish
    issues = issues_of(actor.realm_id, [str(talk.pk) for talk in drawing.talks])
    sample = Sample.objects.create(
        realm_id=actor.realm_id, seed=drawing.seed, first=wish.first, last=wish.last,
        size=len(drawing.talks), pool=drawing.pool, drawn_by_id=me(actor), drawn_at=at,
    )  # fmt: skip
    CallBack.objects.bulk_create(
        CallBack(
            realm_id=actor.realm_id, sample=sample, talk_id=talk.pk, person_id=talk.subject_id,
            weight=weights[str(talk.pk)], asked_at=at, issue_id=issues.get(talk.pk),
        )
        for talk in drawing.talks
    )  # fmt: skip
    return sample


def closed_talks(actor: Actor, first: date, last: date) -> list[Talk]:
    zone = zone_of(actor.realm_id)
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    end = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    drawn = CallBack.objects.filter(realm=actor.realm_id)
    rows = Talk.objects.filter(
        not_kept_from(actor, "pk", "subject"),
        realm=actor.realm_id,
        held_at__gte=begin,
        held_at__lt=end,
        state__in=CLOSED,
    )
    rows = rows.exclude(Q(initiator=actor.person_id) | Q(subject=actor.person_id))
    return list(rows.exclude(pk__in=drawn.values("talk")).order_by("pk"))


def candidates(realm_id: UUID, talks: Iterable[Talk]) -> list[Candidate]:
    asked = set(
        SignalTalk.objects.filter(realm=realm_id, signal__in=open_signals(realm_id)).values_list(
            "talk", flat=True
        )
    )
    quick = Issue.objects.filter(realm=realm_id, answered_at__lt=F("raised_at") + HURRIED)
    hurried = set(quick.values_list("talk", flat=True))
    return [
        Candidate(
            talk.pk,
            frozenset(
                risk
                for risk, holds in (
                    (Risk.SIGNAL, talk.pk in asked),
                    (Risk.UNCONFIRMED, talk.state == TalkState.UNCONFIRMED),
                    (Risk.HURRIED, talk.pk in hurried),
                    (Risk.LATE, talk.late_id is not None),
                )
                if holds
            ),
        )
        for talk in talks
    ]


def open_signals(realm_id: UUID) -> list[UUID]:
    rows = Signal.objects.filter(realm=realm_id, state=SignalState.OPEN.value)
    return list(rows.values_list("pk", flat=True))


def issues_of(realm_id: UUID, chosen: Iterable[str]) -> dict[UUID, UUID]:
    rows = Issue.objects.filter(realm=realm_id, talk__in=list(chosen)).order_by("raised_at", "pk")
    return dict(rows.values_list("talk", "pk"))


def answer_call(actor: Actor, call_id: UUID, said: Said, *, at: datetime) -> CallBack:
    """The subject answers, once; for who has no account a supervisor writes down what he says.

    Those who supervise read it, and never the initiator. Raises ``AnsweredAlready`` and as
    ``call_for``.
    """
    call = answerable(actor, call_id)
    if call.answered_at or call.result:
        raise AnsweredAlready(call_id)
    readers = [(call.person_id, "subject"), *supervisors_of(call, at)]
    words = archive.prepare(
        actor.realm_id,
        kind="answer",
        about_kind="callback",
        about_id=call.pk,
        author_id=me(actor),
        text=text_of(said),
        parties=readers,
    )
    with transaction.atomic():
        record = archive.store(words, readers, at)
        through = None if actor.person_id == call.person_id else actor.person_id
        rows = CallBack.objects.filter(realm=actor.realm_id, pk=call_id, answer=None, result="")
        if rows.update(answer=record, answered_at=at, through=through) != 1:
            raise AnsweredAlready(call_id)
        log(actor, "call.answered", call, at)
    call.refresh_from_db()
    return call


def answerable(actor: Actor, call_id: UUID) -> CallBack:
    """Nobody answers for who can log in. Raises as ``call_for``."""
    call = call_for(actor, call_id, Permission.CALL_ANSWER)
    if actor.person_id != call.person_id and has_account(call.realm_id, call.person_id):
        raise CallForbidden(call_id)
    return call


def text_of(said: Said) -> str:
    found = {"took_place": said.took_place, "solved": said.solved, "words": said.words.strip()}
    return dumps(found, ensure_ascii=False, sort_keys=True)


def settle_call(actor: Actor, call_id: UUID, *, result: Result, at: datetime) -> CallBack:
    """A supervisor notes what came of it, if he is free to. Raises ``SettledAlready``, as above."""
    call = call_for(actor, call_id, Permission.CALL_SETTLE)
    if not is_free(actor, call, at.astimezone(zone_of(actor.realm_id)).date()):
        raise CallForbidden(call_id)
    with transaction.atomic():
        rows = CallBack.objects.filter(realm=actor.realm_id, pk=call_id, result="")
        settled = rows.update(result=result.value, settled_by=me(actor), settled_at=at)
        if settled != 1:
            raise SettledAlready(call_id)
        log(actor, "call.settled", call, at)
    call.refresh_from_db()
    return call


def is_free(actor: Actor, call: CallBack, on: date) -> bool:
    """Neither with a part in what was raised, nor working under who led the talk."""
    person = actor.person_id
    if person is None or is_subordinate(call.realm_id, person, call.talk.initiator_id, on):
        return False
    if call.issue is None:
        return True
    parts = MeasureRole.objects.filter(
        realm=call.realm_id, measure__issue=call.issue, person=person
    )
    return call.issue.led_by_id != person and not parts.exists()


def supervisors_of(call: CallBack, at: datetime) -> list[tuple[UUID, str]]:
    """Nobody who led the talk, nor from whom it is kept."""
    on = at.astimezone(zone_of(call.realm_id)).date()
    found = holders_of(call.realm_id, SUPERVISORS, on)
    about = (call.talk_id, call.person_id, call.issue_id)
    found -= kept_from(call.realm_id, [one for one in about if one])
    found -= {call.talk.initiator_id, call.person_id}
    return [(one, "asked") for one in sorted(found)]


def me(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise CallNotFound
    return actor.person_id


def log(actor: Actor, event: str, call: CallBack, at: datetime) -> None:
    """On the call itself: the course of the talk, which its initiator reads, tells nothing."""
    audit.record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="callback",
        subject_id=call.pk, at=at,
    )  # fmt: skip
