"""Between a talk and the duties it is for, or meets."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties import services as duties
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.selectors import Series, duties_met_by_talk_of
from tanxin.apps.org.recusals import follow
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.models import DutyMatch, Talk
from tanxin.core.lifecycle import DutyState


def match(talk: Talk, duty_ids: Iterable[UUID]) -> None:
    """Note which duties ``talk`` is for, in place of what was noted before."""
    talk.__dict__.pop("duty_ids", None)
    wanted = set(duty_ids)
    known = set(matched(talk))
    rows = DutyMatch.objects.filter(realm=talk.realm_id, talk=talk.pk)
    rows.filter(duty__in=known - wanted).delete()
    DutyMatch.objects.bulk_create(
        DutyMatch(realm_id=talk.realm_id, talk=talk, duty_id=duty) for duty in wanted - known
    )
    follow(talk.realm_id, "duty", talk.pk, wanted - known)


def matched(talk: Talk) -> list[UUID]:
    rows = DutyMatch.objects.filter(realm=talk.realm_id, talk=talk.pk)
    return list(rows.values_list("duty", flat=True))


def meet_duties(talk: Talk, *, on: date, at: datetime, people: int = 1) -> list[UUID]:
    """Mark every open duty that the held ``talk`` meets; those it was only meant for are let go.

    ``people`` is how many were talked with at once.
    """
    met = [
        duty.pk
        for duty in duties_met_by_talk_of(
            talk.realm_id,
            talk.initiator_id,
            talk.subject_id,
            kind=talk.kind,
            form="collective" if talk.group_id else "individual",
            channel=talk.channel,
            on=on,
            held=held_between(talk),
        )
        if is_of_its_type(talk, duty) and (people == 1 or is_of_size(duty, people))
    ]
    match(talk, met)
    duties.meet(talk.realm_id, met, on=on, at=at)
    return met


def is_of_its_type(talk: Talk, duty: Duty) -> bool:
    """A rule that names a type wants that one; one that names none takes each type that counts."""
    wanted = str(duty.rule.text.get("type", ""))
    return wanted == talk.type if wanted else conduct_of(talk).counts


def is_of_size(duty: Duty, people: int) -> bool:
    """Whether the rule takes a talk with so many at once."""
    size = duty.rule.text.get("size") or {}
    return int(size.get("least", 1)) <= people <= (int(size.get("most", 0)) or people)


def held_between(talk: Talk) -> frozenset[Series]:
    """The series without a fixed partner in which an earlier talk of the same two has counted."""
    two = Q(talk__initiator=talk.initiator_id, talk__subject=talk.subject_id)
    two |= Q(talk__initiator=talk.subject_id, talk__subject=talk.initiator_id)
    rows = DutyMatch.objects.filter(two, realm=talk.realm_id, duty__subject=None)
    counted = rows.exclude(talk=talk.pk).exclude(duty__state=DutyState.OPEN)
    found = counted.values_list(
        "duty__rule__pack", "duty__rule__rule", "duty__period", "duty__initiator"
    )
    return frozenset(Series(*row) for row in found)
