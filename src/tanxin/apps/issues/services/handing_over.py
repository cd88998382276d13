"""Open work goes to a successor by a list that both sign; nothing else does."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from tanxin.apps.archive.grants import keep_grants, passed_on
from tanxin.apps.archive.models import Party, Record
from tanxin.apps.audit import services as audit
from tanxin.apps.issues.access import led as issues_of
from tanxin.apps.issues.access import own_inquiries, own_looks, own_parts, roots
from tanxin.apps.issues.again import mark_again
from tanxin.apps.issues.handing import HandedItem, Handover
from tanxin.apps.issues.independence import check_apart, check_independence
from tanxin.apps.issues.looking_models import EffectCheck, Inquiry
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.issues.readers import helpers_of
from tanxin.apps.issues.refusals import VerifierNotIndependent
from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.client import Grant, Named
from tanxin.apps.talks.access import led as talks_of
from tanxin.apps.talks.booking import free, one_at_a_time
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor, Permission, RowNotFound
from tanxin.core.lifecycle import SETTLED, IssueState, TalkState

PLANNED = (TalkState.PROPOSED.value, TalkState.AGREED.value)
ROLES_PASSED = {
    "issue": ("initiator", "owner", "verifier"),
    "measure": ("initiator", "owner", "verifier"),
    "inquiry": ("inquirer",),
    "effect": ("verifier",),
}


class HandoverNotFound(RowNotFound):
    pass


class HandoverToOneself(Exception):
    pass


class HandoverIsOpen(Exception):
    """There is a list of the two that is not signed yet."""


class NotSignedYet(Exception):
    """The successor signs first."""


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    row: UUID


def open_work(actor: Actor) -> Iterator[Line]:
    """What the actor has to finish: planned talks, issues he led, his part in those of others."""
    talks = Talk.objects.filter(talks_of(actor), realm=actor.realm_id, state__in=PLANNED)
    yield from (
        Line("talk", pk) for pk in talks.order_by("planned_for").values_list("pk", flat=True)
    )
    led = unsettled(actor.realm_id).filter(issues_of(actor)).order_by("raised_at")
    yield from (Line("issue", pk) for pk in led.values_list("pk", flat=True))
    parts = own_parts(actor).exclude(verdict="solved").values("measure__issue")
    helped = being_solved(actor.realm_id).filter(pk__in=parts).order_by("wanted_on")
    yield from (Line("measure", pk) for pk in helped.values_list("pk", flat=True))
    asked = own_inquiries(actor).filter(ended_at=None).order_by("wanted_on")
    yield from (Line("inquiry", pk) for pk in asked.values_list("issue", flat=True))
    looks = own_looks(actor).filter(word="").order_by("asked_on")
    yield from (Line("effect", pk) for pk in looks.values_list("issue", flat=True))


def unsettled(realm_id: UUID) -> QuerySet[Issue]:
    """What still wants an answer, also where it waits for the end of another issue."""
    return Issue.objects.filter(realm=realm_id).exclude(
        state__in=[state.value for state in SETTLED]
    )


def being_solved(realm_id: UUID) -> QuerySet[Issue]:
    """Where who solves and who verifies still have a part."""
    return unsettled(realm_id).exclude(state=IssueState.MERGED.value)


def handovers(actor: Actor) -> QuerySet[Handover]:
    """The lists of which the actor is one side."""
    if actor.person_id is None:
        return Handover.objects.none()
    two = Q(giver=actor.person_id) | Q(taker=actor.person_id)
    return Handover.objects.filter(two, realm=actor.realm_id).order_by("-made_at", "-pk")


def handover_for(actor: Actor, handover_id: UUID) -> Handover:
    found = handovers(actor).filter(pk=handover_id).first()
    if found is None:
        raise HandoverNotFound(handover_id)
    return found


def lines_of(handover: Handover) -> list[tuple[HandedItem, UUID | None]]:
    """The list, with whom each planned talk is; of whom an issue is stays between its two."""
    items = list(handover.items.filter(realm=handover.realm_id).order_by("kind", "pk"))
    talks = Talk.objects.filter(realm=handover.realm_id, pk__in=[item.row for item in items])
    subjects = dict(talks.values_list("pk", "subject"))
    return [(item, subjects.get(item.row)) for item in items]


def open_handover(actor: Actor, taker: UUID, *, at: datetime) -> Handover:
    """List the actor's open work for a successor.

    Raises ``HandoverToOneself``, ``HandoverIsOpen``, and as ``person_for``.
    """
    person_for(actor, taker, Permission.ORG_VIEW)
    if actor.person_id is None or actor.person_id == taker:
        raise HandoverToOneself
    return make_list(actor, open_work(actor), at=at, giver_id=actor.person_id, taker_id=taker)


def make_list(
    actor: Actor, lines: Iterable[Line], *, at: datetime, **people: UUID | None
) -> Handover:
    """Raises ``HandoverIsOpen``."""
    try:
        with transaction.atomic():
            handover = Handover.objects.create(realm_id=actor.realm_id, made_at=at, **people)
            HandedItem.objects.bulk_create(
                HandedItem(realm_id=actor.realm_id, handover=handover, kind=line.kind, row=line.row)
                for line in lines
            )
            log(actor, "handover.opened", "handover", handover.pk, at)
    except IntegrityError:
        raise HandoverIsOpen from None
    return handover


def take_over(actor: Actor, handover_id: UUID, *, at: datetime) -> Handover:
    """The successor signs. Raises ``HandoverNotFound``."""
    with transaction.atomic():
        rows = handovers(actor).filter(pk=handover_id, taker=actor.person_id, taken_at=None)
        if not rows.update(taken_at=at):
            raise HandoverNotFound(handover_id)
        log(actor, "handover.signed", "handover", handover_id, at)
    return handover_for(actor, handover_id)


def hand_over(actor: Actor, handover_id: UUID, *, at: datetime) -> Handover:
    """The one who goes signs last, and what stands in the list moves.

    What is kept from the successor, would make him judge his own work, or was settled or handed on
    since the list was made stays where it is. Raises ``HandoverNotFound`` or ``NotSignedYet``.
    """
    handover = handover_for(actor, handover_id)
    is_his = handover.giver_id == actor.person_id and handover.proposed_by_id is None
    if not is_his or handover.done_at is not None:
        raise HandoverNotFound(handover_id)
    if handover.taken_at is None:
        raise NotSignedYet
    items = items_to_move(handover, at)
    grants = [grant for item in items for grant in texts_of(actor, handover, item)]
    move(actor, handover, items, grants, at=at)
    return handover_for(actor, handover_id)


def items_to_move(handover: Handover, at: datetime) -> list[HandedItem]:
    on = at.astimezone(zone_of(handover.realm_id)).date()
    apart = barred_from(handover.realm_id, [handover.taker_id], on)
    return [
        item
        for item in handover.items.filter(realm=handover.realm_id)
        if is_still_open(handover, item) and may_move(handover, item, apart, on)
    ]


def move(
    actor: Actor,
    handover: Handover,
    items: Iterable[HandedItem],
    grants: Iterable[tuple[UUID, Grant]],
    *,
    at: datetime,
    **signed: UUID | None,
) -> None:
    """The last signature, and all that follows from it. Raises ``HandoverNotFound``."""
    with transaction.atomic():
        rows = Handover.objects.filter(realm=actor.realm_id, pk=handover.pk, done_at=None)
        if not rows.update(done_at=at, **signed):
            raise HandoverNotFound(handover.pk)
        keep_grants(actor.realm_id, grants)
        for item in items:
            if MOVES[item.kind](handover, item.row, at):
                HandedItem.objects.filter(realm=actor.realm_id, pk=item.pk).update(moved=True)
                log(actor, f"{item.kind}.handed_over", item.kind, item.row, at)
        log(actor, "handover.done", "handover", handover.pk, at)


def is_still_open(handover: Handover, item: HandedItem) -> bool:
    """Whether the giver has it still to finish: another list may have been signed meanwhile."""
    realm, giver = handover.realm_id, handover.giver_id
    if item.kind == "talk":
        talks = Talk.objects.filter(realm=realm, pk=item.row, initiator=giver, state__in=PLANNED)
        return talks.exists()
    rows = rows_of(realm, item.kind, item.row, giver)
    return rows.exists()


def rows_of(realm: UUID, kind: str, issue: UUID, giver: UUID) -> QuerySet[Any]:
    """The rows by which an issue is the giver's to finish, as what ``kind`` says."""
    if kind == "issue":
        return unsettled(realm).filter(pk=issue, led_by=giver)
    if kind == "inquiry":
        return Inquiry.objects.filter(realm=realm, issue=issue, person=giver, ended_at=None)
    if kind == "effect":
        return open_looks(realm).filter(issue=issue, person=giver)
    # Whoever sent it back is to verify it once more.
    parts = MeasureRole.objects.filter(realm=realm, person=giver).exclude(verdict="solved")
    return parts.filter(measure__issue__in=being_solved(realm).filter(pk=issue))


def open_looks(realm_id: UUID) -> QuerySet[EffectCheck]:
    return EffectCheck.objects.filter(
        realm=realm_id,
        part="verifier",
        word="",
        round=F("issue__times_reopened"),
        issue__state=IssueState.ANSWERED.value,
    )


def may_move(handover: Handover, item: HandedItem, apart: frozenset[UUID], on: date) -> bool:
    """``apart`` are those from whom a relation keeps the successor."""
    taker = handover.taker_id
    if item.kind == "talk":
        talk = Talk.objects.get(realm=handover.realm_id, pk=item.row)
        return talk.subject_id not in {taker, *apart} and taker not in kept_from(
            handover.realm_id, [talk.pk, talk.subject_id]
        )
    issue = Issue.objects.select_related("talk").get(realm=handover.realm_id, pk=item.row)
    parts = MeasureRole.objects.filter(realm=handover.realm_id, measure__issue=issue, person=taker)
    involved = issue.talk.subject_id in {taker, *apart} or parts.exists()
    if item.kind == "inquiry":
        involved = involved or issue.led_by_id == taker
    if item.kind in {"measure", "effect"}:
        involved = involved or not free_to_judge(handover, item, issue, on)
    return not involved and taker not in kept_from(handover.realm_id, roots(issue))


def free_to_judge(handover: Handover, item: HandedItem, issue: Issue, on: date) -> bool:
    """Whether the successor of a verifier may verify; who succeeds an owner need not."""
    rows = MeasureRole.objects.filter(realm=handover.realm_id, measure__issue=issue)
    verifies = (
        item.kind == "effect" or rows.filter(person=handover.giver_id, role="verifier").exists()
    )
    if not verifies or not rows.exists():
        return True
    helpers = helpers_of(issue)._replace(verifier=handover.taker_id)
    try:
        check_independence(issue, helpers, on)
        check_apart(issue, helpers, on)
    except VerifierNotIndependent:
        return False
    return True


def texts_of(actor: Actor, handover: Handover, item: HandedItem) -> Iterable[tuple[UUID, Grant]]:
    """The texts of the issue that the giver may pass on; never the record of its talk."""
    records = Record.objects.filter(realm=actor.realm_id, about_kind="issue", about_id=item.row)
    given: list[tuple[UUID, Grant]] = []
    for role in ROLES_PASSED.get(item.kind, ()):
        held = Party.objects.filter(
            realm=actor.realm_id, person=actor.person_id, role=role, may_pass_on=True
        )
        mine = list(records.filter(pk__in=held.values("record")))
        if mine:
            given += passed_on(actor, mine, [Named(handover.taker_id, role, may_pass_on=True)])
    return given


def move_talk(handover: Handover, talk_id: UUID, at: datetime) -> bool:
    """The time must be agreed anew: the other side agreed to somebody else."""
    rows = Talk.objects.filter(
        realm=handover.realm_id, pk=talk_id, initiator=handover.giver_id, state__in=PLANNED
    )
    talk = rows.first()
    if talk is None:
        return False
    one_at_a_time(talk)
    moved = rows.update(
        initiator=handover.taker_id,
        led_since=at,
        proposed_by=handover.taker_id,
        state=TalkState.PROPOSED.value,
        steps=F("steps") + 1,
    )
    free(talk)
    return bool(moved)


def move_issue(handover: Handover, issue_id: UUID, at: datetime) -> bool:
    rows = Issue.objects.filter(realm=handover.realm_id, pk=issue_id, led_by=handover.giver_id)
    if not rows.update(led_by=handover.taker_id, led_since=at, steps=F("steps") + 1):
        return False
    # The mark that it came up again tells of what the one before has led.
    issue = Issue.objects.select_related("talk").get(realm=handover.realm_id, pk=issue_id)
    mark_again(issue, issue.raised_at)
    return await_taker(handover, issue_id)


def move_part(kind: str) -> Callable[[Handover, UUID, datetime], bool]:
    def moved(handover: Handover, issue_id: UUID, at: datetime) -> bool:
        # First, as every step does: one that is taken meanwhile waits for nobody who has gone.
        Issue.objects.filter(realm=handover.realm_id, pk=issue_id).update(steps=F("steps") + 1)
        rows = rows_of(handover.realm_id, kind, issue_id, handover.giver_id)
        changed = rows.update(person=handover.taker_id, since=at)
        return bool(changed) and await_taker(handover, issue_id)

    return moved


def await_taker(handover: Handover, issue_id: UUID) -> bool:
    waiting = Issue.objects.filter(
        realm=handover.realm_id, pk=issue_id, waiting_for=handover.giver_id
    )
    waiting.update(waiting_for=handover.taker_id)
    return True


MOVES: dict[str, Callable[[Handover, UUID, datetime], bool]] = {
    "talk": move_talk,
    "issue": move_issue,
    **{kind: move_part(kind) for kind in ("measure", "inquiry", "effect")},
}


def log(actor: Actor, event: str, kind: str, row_id: UUID, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind=kind,
        subject_id=row_id,
        at=at,
    )
