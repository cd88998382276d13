"""Asking how it was some weeks after a talk, and summing up what was said when its period is over.

An answer leaves no entry in the log, because its time would tell who gave it; being asked and the
summing up do.
"""

from datetime import date, datetime, time, timedelta
from json import dumps, loads
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import make_aware

from tanxin.apps.audit.services import record
from tanxin.apps.org.models import Membership
from tanxin.apps.sealing.pii import open_column, seal_pii
from tanxin.apps.talks.echoes import InvitationNotFound, invitations_to
from tanxin.apps.talks.models import Echo, EchoInvitation, EchoTotal, Talk
from tanxin.core.access import Actor
from tanxin.core.echoes import (
    EchoAnswer,
    EchoQuestion,
    EchoSum,
    Said,
    period_for,
    sums,
    talks_asked_about,
)
from tanxin.core.lifecycle import BEFORE_HELD

FIELD = "echo"


def ask_for_echoes(realm_id: UUID, *, today: date, at: datetime) -> int:
    """Ask everybody with an account whose talk was some weeks ago; once a period and leader."""
    period = period_for(today).code
    first, last = talks_asked_about(today)
    begin = make_aware(datetime.combine(first, time.min))
    end = make_aware(datetime.combine(last + timedelta(days=1), time.min))
    held = Talk.objects.filter(realm=realm_id, held_at__gte=begin, held_at__lt=end).exclude(
        state__in=[state.value for state in BEFORE_HELD]
    )
    asked_before = EchoInvitation.objects.filter(realm=realm_id, talk__in=held)
    with_account = Membership.objects.filter(realm=realm_id).values("person")
    new = (
        held.filter(subject__in=with_account)
        .exclude(pk__in=asked_before.values("talk"))
        .order_by("held_at", "pk")
    )
    made = [
        EchoInvitation(
            realm_id=realm_id, talk_id=talk, person_id=subject, leader_id=leader, period=period
        )
        for talk, subject, leader in new.values_list("pk", "subject", "initiator")
    ]
    with transaction.atomic():
        before = EchoInvitation.objects.filter(realm=realm_id, period=period).count()
        EchoInvitation.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
        after = EchoInvitation.objects.filter(realm=realm_id, period=period).count()
        if after > before:
            note(realm_id, "echo.asked", {"period": period, "count": after - before}, at)
    return after - before


def answer_echo(
    actor: Actor, invitation_id: UUID, said: dict[EchoQuestion, EchoAnswer], *, today: date
) -> None:
    """Answer once, or leave it be with ``said`` empty. Raises ``InvitationNotFound`` afterwards."""
    invitation = invitations_to(actor, today=today).filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationNotFound(invitation_id)
    pk = uuid4()
    text = dumps({question.value: answer.value for question, answer in said.items()})
    sealed = seal_pii(actor.realm_id, pk, FIELD, text)
    with transaction.atomic():
        mine = EchoInvitation.objects.filter(
            realm=actor.realm_id, pk=invitation_id, person=actor.person_id, is_done=False
        )
        if mine.update(is_done=True) != 1:
            raise InvitationNotFound(invitation_id)
        if said:
            Echo.objects.create(
                pk=pk, realm_id=actor.realm_id, leader_id=invitation.leader_id,
                period=invitation.period, said_sealed=sealed,
            )  # fmt: skip


def sum_up_echoes(realm_id: UUID, *, today: date, at: datetime) -> int:
    """Sum up every period that is over and forget its answers. Run twice, it does it once.

    What arrived after a period was summed up is forgotten, so that no later sum can be compared.
    """
    current = period_for(today).code
    over = Echo.objects.filter(realm=realm_id, period__lt=current).order_by("period")
    periods = list(over.values_list("period", flat=True).distinct())
    return sum(sum_up(realm_id, period, at) for period in periods)


def sum_up(realm_id: UUID, period: str, at: datetime) -> int:
    echoes = list(Echo.objects.filter(realm=realm_id, period=period))
    found = sums(opened(realm_id, echoes))
    with transaction.atomic():
        gone, _ = Echo.objects.filter(realm=realm_id, pk__in=[one.pk for one in echoes]).delete()
        if gone != len(echoes):
            # Somebody else sums up the same period; what he left is for the next time.
            transaction.set_rollback(True)
            return 0
        if EchoTotal.objects.filter(realm=realm_id, period=period).exists():
            return 0
        EchoTotal.objects.bulk_create([total(realm_id, period, one) for one in found])
        note(realm_id, "echo.summed_up", {"period": period, "count": len(found)}, at)
    return len(found)


def opened(realm_id: UUID, echoes: list[Echo]) -> list[Said]:
    texts = open_column(realm_id, FIELD, [(one.pk, bytes(one.said_sealed)) for one in echoes])
    return [
        Said(echo.leader_id, EchoQuestion(question), EchoAnswer(answer))
        for echo, text in zip(echoes, texts, strict=True)
        for question, answer in loads(text).items()
    ]


def total(realm_id: UUID, period: str, one: EchoSum) -> EchoTotal:
    return EchoTotal(
        realm_id=realm_id, period=period, leader_id=one.leader, question=one.question.value,
        yes=one.counts.get(EchoAnswer.YES, 0), partly=one.counts.get(EchoAnswer.PARTLY, 0),
        no=one.counts.get(EchoAnswer.NO, 0),
    )  # fmt: skip


def note(realm_id: UUID, event: str, detail: dict[str, str | int], at: datetime) -> None:
    record(
        event, realm_id=realm_id, actor=None, subject_kind="realm", subject_id=realm_id,
        detail=detail, at=at,
    )  # fmt: skip
