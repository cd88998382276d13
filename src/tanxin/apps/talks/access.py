"""The only doors to talks and requests."""

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tanxin.apps.archive.content import opened_as
from tanxin.apps.org.former import is_still_his, still_his
from tanxin.apps.org.recusals import is_kept_from, not_kept_from
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.beside import IN_ROOM, relations_beside
from tanxin.apps.talks.models import Approval, Beside, Endorsement, GroupTalk, Request, Talk
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.lifecycle import UNTOLD, TalkState

PLANNED = (TalkState.PROPOSED.value, TalkState.AGREED.value)
ARRANGES = frozenset({Relation.SECRETARY})
INSPECTS = frozenset({Relation.INSPECTOR})


class TalkNotFound(RowNotFound):
    pass


class TalkForbidden(RowForbidden):
    pass


class GroupNotFound(RowNotFound):
    pass


class GroupForbidden(RowForbidden):
    pass


class RequestNotFound(RowNotFound):
    pass


class RequestForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, talk: Talk) -> frozenset[Relation]:
    """Nothing but membership for whom the talk is kept from, unless he is one of the two."""
    sides = sides_of(actor, talk)
    if talk.subject_id == actor.person_id and is_untold(talk):
        return frozenset({Relation.MEMBER})
    if not sides and is_kept_from(actor, talk.pk, talk.subject_id):
        return frozenset({Relation.MEMBER})
    beside = approves(actor, talk) if sides else approves(actor, talk) | takes_part(actor, talk)
    return standing_towards(actor, talk) | sides | opened_as(actor, talk.pk) | beside


def standing_towards(actor: Actor, talk: Talk) -> frozenset[Relation]:
    """An inspector is none of a talk that was not held on the days he looks at."""
    if Relation.INSPECTOR not in actor.standing:
        return actor.standing
    rows = Talk.objects.filter(inspected(actor), realm=talk.realm_id, pk=talk.pk)
    return actor.standing if rows.exists() else actor.standing - INSPECTS


def inspected(actor: Actor) -> Q:
    """The talks held on the days the actor looks at as an inspector."""
    zone, held = zone_of(actor.realm_id), Q(pk__in=[])
    for first, after in actor.inspects:
        start, end = (datetime.combine(day, time(), zone) for day in (first, after))
        held |= Q(held_at__gte=start, held_at__lt=end)
    return held


def takes_part(actor: Actor, talk: Talk) -> frozenset[Relation]:
    """As who was named for it; not before its subject is told, nor after he left his post."""
    if TalkState(talk.state) in UNTOLD or not is_still_his(actor, talk.led_since, talk.subject_id):
        return frozenset()
    return relations_beside(actor, talk)


def approves(actor: Actor, talk: Talk) -> frozenset[Relation]:
    if actor.person_id is None or not talk.manner.get("approval"):
        return frozenset()
    asked = Approval.objects.filter(realm=talk.realm_id, talk=talk.pk, person=actor.person_id)
    return frozenset({Relation.APPROVER}) if asked.exists() else frozenset()


def is_untold(talk: Talk) -> bool:
    """Whether it waits for approval, or did not get it: its subject knows only what he proposed."""
    return TalkState(talk.state) in UNTOLD and talk.proposed_by_id == talk.initiator_id


def sides_of(actor: Actor, talk: Talk) -> frozenset[Relation]:
    if actor.person_id is None:
        return frozenset()
    if talk.subject_id == actor.person_id:
        return frozenset() if is_untold(talk) else frozenset({Relation.SUBJECT})
    if talk.initiator_id == actor.person_id and is_still_his(
        actor, talk.led_since, talk.subject_id
    ):
        return frozenset({Relation.INITIATOR})
    return frozenset()


def talk_for(actor: Actor, talk_id: UUID, permission: Permission) -> Talk:
    """Return the talk if ``actor`` holds ``permission`` on it.

    Raises ``TalkNotFound`` where he may not even know of it, and ``TalkForbidden`` where he may
    see it but not do this.
    """
    talk = Talk.objects.filter(realm=actor.realm_id, pk=talk_id).first()
    if talk is None:
        raise TalkNotFound(talk_id)
    relations = relations_to(actor, talk)
    if not decide(Permission.TALK_VIEW, relations).allowed:
        raise TalkNotFound(talk_id)
    if not decide(permission, relations).allowed:
        raise TalkForbidden(talk_id)
    return talk


def own_talks(actor: Actor) -> QuerySet[Talk]:
    """The talks in which ``actor`` is one of the two."""
    if actor.person_id is None:
        return Talk.objects.none()
    return Talk.objects.filter(own(actor), realm=actor.realm_id)


def kept_talks(actor: Actor) -> QuerySet[Talk]:
    """The talks with somebody from whom the actor is recused."""
    return Talk.objects.filter(~not_kept_from(actor, "subject"), realm=actor.realm_id)


def talks_with_text(actor: Actor) -> QuerySet[Talk]:
    """Those in which ``actor`` is one of the two, or was named for a part."""
    if actor.person_id is None:
        return Talk.objects.none()
    return Talk.objects.filter(own(actor) | beside(actor), realm=actor.realm_id)


def own_groups(actor: Actor) -> QuerySet[GroupTalk]:
    """The group talks in which one of the talks is the actor's own."""
    return GroupTalk.objects.filter(realm=actor.realm_id, pk__in=own_talks(actor).values("group"))


def own(actor: Actor) -> Q:
    return led(actor) | told(actor)


def told(actor: Actor) -> Q:
    """Where the actor is talked with, but not what he has not been told of."""
    known = ~Q(state__in=sorted(state.value for state in UNTOLD)) | Q(proposed_by=actor.person_id)
    return Q(subject=actor.person_id) & known


def led(actor: Actor) -> Q:
    """What the actor leads, and still may: not what he led for a post he has left."""
    return Q(initiator=actor.person_id) & still_his(actor, "led_since", "subject")


def beside(actor: Actor, *, endorses: bool | None = None) -> Q:
    """The talks for which the actor was named: to endorse, to be there, or for either."""
    named = Beside.objects.filter(realm=actor.realm_id, person=actor.person_id)
    there = [part.value for part in IN_ROOM]
    if endorses is not None:
        named = named.exclude(part__in=there) if endorses else named.filter(part__in=there)
    told_of = ~Q(state__in=sorted(state.value for state in UNTOLD))
    kept = not_kept_from(actor, "pk", "subject") & still_his(actor, "led_since", "subject")
    return Q(pk__in=named.values("talk")) & told_of & kept


def talks_to_attend(actor: Actor) -> QuerySet[Talk]:
    """Planned talks in which the actor will be the third."""
    if actor.person_id is None:
        return Talk.objects.none()
    there = beside(actor, endorses=False)
    return Talk.objects.filter(there, realm=actor.realm_id, state__in=PLANNED)


def talks_to_endorse(actor: Actor) -> QuerySet[Talk]:
    """Whose record waits for the actor's endorsement."""
    if actor.person_id is None:
        return Talk.objects.none()
    rows = Talk.objects.filter(
        beside(actor, endorses=True),
        realm=actor.realm_id,
        state=TalkState.RECORDED.value,
        confirm_by=None,
    )
    said = Endorsement.objects.filter(
        realm=actor.realm_id,
        talk=OuterRef("pk"),
        person=actor.person_id,
        version__number=F("version__record__latest"),
    )
    return rows.filter(~Exists(said))


def visible_talks(actor: Actor) -> QuerySet[Talk]:
    """The talks whose course ``actor`` may know; what was said is another door."""
    if decide(Permission.TALK_VIEW, actor.standing).allowed:
        shown = not_kept_from(actor, "pk", "subject") & (~Q(subject=actor.person_id) | told(actor))
        if not sees_every_talk(actor):
            shown &= inspected(actor)
        return Talk.objects.filter(shown | own(actor), realm=actor.realm_id)
    return own_talks(actor)


def sees_every_talk(actor: Actor) -> bool:
    """Whether he may know the course of talks for more than an inspection."""
    return decide(Permission.TALK_VIEW, actor.standing - INSPECTS).allowed


def group_for(actor: Actor, group_id: UUID, permission: Permission) -> GroupTalk:
    """Return the group talk if ``actor`` holds ``permission`` on it.

    As initiator, as one of those talked with, or as who may know the course of every talk in it:
    its page names all of them, so who is kept from one finds none. Raises ``GroupNotFound`` or
    ``GroupForbidden``.
    """
    rows = Talk.objects.filter(realm=actor.realm_id, group=group_id)
    talks = list(visible_talks(actor).filter(group=group_id).select_related("group"))
    sides = frozenset[Relation]().union(*(sides_of(actor, talk) for talk in talks))
    group = talks[0].group if talks else None
    if group is None or (not sides and len(talks) < rows.count()):
        raise GroupNotFound(group_id)
    relations = actor.standing | sides
    if not decide(permission, relations).allowed:
        raise GroupForbidden(group_id)
    return group


def talks_led_in(actor: Actor, group: GroupTalk) -> list[Talk]:
    """The talks of a group that the actor leads."""
    rows = Talk.objects.filter(led(actor), realm=actor.realm_id, group=group.pk)
    return list(rows.order_by("pk"))


def talks_to_approve(actor: Actor) -> QuerySet[Talk]:
    """What waits for the actor's yes or no before its subject is asked."""
    if actor.person_id is None:
        return Talk.objects.none()
    asked = Approval.objects.filter(realm=actor.realm_id, person=actor.person_id, decision="")
    return Talk.objects.filter(
        not_kept_from(actor, "pk", "subject"),
        realm=actor.realm_id,
        state=TalkState.APPROVING.value,
        pk__in=asked.values("talk"),
    )


def request_for(actor: Actor, request_id: UUID, permission: Permission) -> Request:
    """Return the request if ``actor`` holds ``permission`` on it.

    Raises ``RequestNotFound`` or ``RequestForbidden``. An organiser has no door to requests.
    """
    request = visible_requests(actor).filter(pk=request_id).first()
    if request is None:
        raise RequestNotFound(request_id)
    is_asked = request.asked_id == actor.person_id
    relation = Relation.ASKED if is_asked else Relation.ASKER
    if not decide(permission, frozenset({relation})).allowed:
        raise RequestForbidden(request_id)
    return request


def visible_requests(actor: Actor) -> QuerySet[Request]:
    """The requests that ``actor`` made, for himself or for somebody without an account, or got."""
    if actor.person_id is None:
        return Request.objects.none()
    return Request.objects.filter(
        Q(asker=actor.person_id)
        | Q(through=actor.person_id)
        | Q(asked=actor.person_id) & still_his(actor, "asked_at", "asker"),
        realm=actor.realm_id,
    )


def countable_requests(actor: Actor) -> QuerySet[Request]:
    """For whoever may see a yearly result: the month of each and how it counts, and no more.

    None of somebody from whom the actor is recused.
    """
    return Request.objects.filter(not_kept_from(actor, "asker", "talk"), realm=actor.realm_id)


def arranged_talks(actor: Actor, *, on: date) -> QuerySet[Talk]:
    """The planned talks of those for whom ``actor`` arranges; none that is kept from him."""
    leaders = leaders_of(actor, on=on)
    if not leaders or not decide(Permission.TALK_ARRANGE, ARRANGES).allowed:
        return Talk.objects.none()
    return Talk.objects.filter(
        Q(initiator__in=leaders) | Q(subject__in=leaders),
        not_kept_from(actor, "pk", "subject"),
        realm=actor.realm_id,
        state__in=PLANNED,
    )


def arranged_talk_for(actor: Actor, talk_id: UUID, *, on: date) -> Talk:
    """Raises ``TalkNotFound`` for whoever is no secretary of one of the two."""
    talk = arranged_talks(actor, on=on).filter(pk=talk_id).first()
    if talk is None:
        raise TalkNotFound(talk_id)
    return talk
