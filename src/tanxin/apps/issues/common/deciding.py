"""What an organiser does about a common issue, and how its collective talk is planned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from tanxin.apps.audit.services import record
from tanxin.apps.issues.common.access import common_for
from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.sources import members_of
from tanxin.apps.issues.untellable import TooFewAsked
from tanxin.apps.org.access import person_for
from tanxin.apps.org.selectors.leading import chief_of_unit
from tanxin.apps.org.selectors.people import present_people
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.pii import open_pii, seal_pii
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.access import talks_led_in
from tanxin.core.access import Actor, Permission
from tanxin.core.deidentify import FEWEST
from tanxin.core.lifecycle import IllegalMove, next_state
from tanxin.core.passing_on import COMMON_MOVES, CommonMove, CommonState
from tanxin.core.wording import is_blank

REASON = "common-reason"
TAKEN_UP = {CommonMove.TALK, CommonMove.REPLY, CommonMove.RULE}


@dataclass(frozen=True, slots=True)
class Planned:
    """How the talk is to be held; ``outline`` is what the leader keeps for himself."""

    people: Sequence[UUID]
    planned_for: datetime
    kind: str
    type_id: str = ""
    channel: str = "face"
    because: str = ""
    place: str = ""
    minutes: int = 30
    outline: str = field(default="", repr=False)


def take_up(
    actor: Actor, common_id: UUID, by: CommonMove, *, at: datetime, leader: UUID | None = None
) -> CommonIssue:
    """By a collective talk, which ``leader`` is asked to hold, an answer to all, or a rule.

    Without ``leader`` whoever heads the unit is meant. Raises ``IllegalMove``, and as
    ``common_for`` and ``person_for``.
    """
    with transaction.atomic():
        common = common_for(actor, common_id, Permission.COMMON_DECIDE)
        if by not in TAKEN_UP:
            raise IllegalMove("that is no way to take it up")
        changes: dict[str, object] = {"decided_by": actor.person_id, "decided_at": at}
        if by is CommonMove.TALK:
            today = at.astimezone(zone_of(actor.realm_id)).date()
            leader = leader or chief_of_unit(actor.realm_id, common.unit_id, today)
            if leader is None:
                raise IllegalMove("nobody heads the unit")
            person_for(actor, leader, Permission.ORG_VIEW)
            changes["leader"] = leader
        move(common, by, **changes)
        log(actor, "common.accepted", common, at)
    return common


def dismiss(actor: Actor, common_id: UUID, *, reason: str, at: datetime) -> CommonIssue:
    """Keep why; it is proposed again only from twice as many. Raises ``TextMissing``, as above."""
    common_for(actor, common_id, Permission.COMMON_DECIDE)
    if is_blank(reason):
        raise TextMissing("reason")
    sealed = seal_pii(actor.realm_id, common_id, REASON, reason.strip())
    with transaction.atomic():
        common = common_for(actor, common_id, Permission.COMMON_DECIDE)
        move(
            common, CommonMove.DISMISS,
            reason_sealed=sealed, decided_by=actor.person_id, decided_at=at,
        )  # fmt: skip
        log(actor, "common.dismissed", common, at)
    return common


def plan_talk(actor: Actor, common_id: UUID, plan: Planned, *, at: datetime) -> UUID:
    """Ask people to the collective talk, and keep the outline for it; returns the group.

    Who is asked follows from the unit, not from who raised it. Raises ``TooFewAsked``,
    ``IllegalMove``, and as ``talks.propose_group``.
    """
    common = common_for(actor, common_id, Permission.COMMON_PLAN)
    if common.state == CommonState.PLANNED and common.group_id:
        return common.group_id
    next_state(COMMON_MOVES, CommonState(common.state), CommonMove.PLAN)
    if len(set(plan.people)) < FEWEST:
        raise TooFewAsked
    group = talks.propose_group(
        actor, with_people=plan.people, planned_for=plan.planned_for, kind=plan.kind,
        type_id=plan.type_id, channel=plan.channel, because=plan.because, place=plan.place,
        minutes=plan.minutes, form=uuid5(common.pk, "talk"), at=at,
    )  # fmt: skip
    with transaction.atomic():
        common = common_for(actor, common_id, Permission.COMMON_PLAN)
        move(common, CommonMove.PLAN, group=group)
        log(actor, "common.planned", common, at)
    if not is_blank(plan.outline):
        for talk in talks_led_in(actor, group):
            talks.write_outline(actor, talk.pk, text=plan.outline, at=at)
    return group.pk


def people_to_ask(actor: Actor, common_id: UUID, *, on: date) -> frozenset[UUID]:
    """Everybody of the unit and below, also of a party branch; without the leader, or who left."""
    common = common_for(actor, common_id, Permission.COMMON_PLAN)
    tree = unit_tree(actor.realm_id, on)
    members = members_of(actor.realm_id, tree, on)[common.unit_id]
    here = present_people(actor.realm_id, on).filter(pk__in=members)
    return frozenset(here.values_list("pk", flat=True)) - {common.leader_id}


def reason_of(common: CommonIssue) -> str:
    """Why it was dismissed; for whom the door has let in."""
    if common.reason_sealed is None:
        return ""
    return open_pii(common.realm_id, common.pk, REASON, bytes(common.reason_sealed))


def move(common: CommonIssue, by: CommonMove, **changes: object) -> None:
    """Raises ``IllegalMove``, also where somebody else was faster."""
    after = next_state(COMMON_MOVES, CommonState(common.state), by)
    row = CommonIssue.objects.filter(realm=common.realm_id, pk=common.pk, state=common.state)
    if row.update(state=after.value, **changes) != 1:
        raise IllegalMove("it was decided in the meantime")
    common.refresh_from_db()


def log(actor: Actor, event: str, common: CommonIssue, at: datetime) -> None:
    record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="common", subject_id=common.pk,
        detail={"unit": str(common.unit_id), "kind": common.kind, "state": common.state}, at=at,
    )  # fmt: skip
