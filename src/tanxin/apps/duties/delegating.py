"""Holding talks for somebody else (受委托): the principal asks, somebody above him approves.

It counts for the principal. By which rules it may be done at all is the rules' own word
(``delegable``).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from tanxin.apps.duties.deciding import (
    DecisionForbidden,
    RequestNotFound,
    decider,
    log,
    seal,
    settle,
    words_of,
)
from tanxin.apps.duties.models import DelegationRequest, Duty
from tanxin.apps.duties.packs import adopted_packs
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.models import Delegation, Person
from tanxin.apps.org.recusals import in_force, is_kept_from, not_kept_from
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.org.services.facts import (
    FactEndsBeforeStart,
    FactOverlaps,
    save_checked,
    write_leaf,
)
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import Rule

DelegationAsked: TypeAlias = DelegationRequest
DelegationRow: TypeAlias = Delegation
ASKED, ANSWER = "delegation-asked", "delegation-answer"
LONGEST_DAYS = 366
ONE_DAY = timedelta(days=1)


class DelegateNotFit(ValueError):
    """Nobody of the realm, or the principal himself."""


class RuleNotDelegable(ValueError):
    """No rule in force by that id lets a delegate hold its talks."""


class SpanNotFit(ValueError):
    """It ends before it begins, is over, or lasts more than a year."""


def delegable_rules(realm_id: UUID, on: date) -> list[Rule]:
    """The rules in force whose talks an approved delegate may hold."""
    return [
        rule
        for pack in adopted_packs(realm_id)
        if pack.start <= on and (pack.end is None or on < pack.end)
        for rule in pack.rules
        if rule.terms is not None and rule.terms.delegable
    ]


def ask_delegation(
    actor: Actor,
    delegate_id: UUID,
    *,
    rule: str,
    start: date,
    end: date,
    reason: str,
    on: date,
    at: datetime,
) -> DelegationRequest:
    """``end`` is the first day no longer.

    Raises ``DelegateNotFit``, ``RuleNotDelegable``, ``SpanNotFit`` or ``ReasonMissing``.
    """
    if actor.person_id is None or delegate_id == actor.person_id:
        raise DelegateNotFit(delegate_id)
    here = Person.objects.filter(realm=actor.realm_id, pk=delegate_id, left_on=None)
    if not here.exists():
        raise DelegateNotFit(delegate_id)
    names = {each.id for each in delegable_rules(actor.realm_id, on)}
    if not names or (rule and rule not in names):
        raise RuleNotDelegable(rule)
    if not start < end or end <= on or (end - start).days > LONGEST_DAYS:
        raise SpanNotFit(end)
    row = DelegationRequest(
        id=uuid4(), realm_id=actor.realm_id, asked_by_id=actor.person_id, asked_at=at,
        delegate_id=delegate_id, rule=rule, start=start, end=end,
    )  # fmt: skip
    row.reason_sealed = seal(actor, row, ASKED, reason)
    with transaction.atomic():
        row.save(force_insert=True)
        log(actor, "delegation.asked", row, at, {"delegate": str(delegate_id), "rule": rule})
    return row


def delegation_request_for(actor: Actor, request_id: UUID, *, on: date) -> DelegationRequest:
    """For the principal, the delegate, and who may decide. Raises ``RequestNotFound``."""
    row = DelegationRequest.objects.filter(realm=actor.realm_id, pk=request_id).first()
    if row is None or actor.person_id is None:
        raise RequestNotFound(request_id)
    his = actor.person_id in (row.asked_by_id, row.delegate_id, row.decided_by_id)
    if not his and not may_decide_delegation(actor, row, on=on):
        raise RequestNotFound(request_id)
    return row


def may_decide_delegation(actor: Actor, row: DelegationRequest, *, on: date) -> bool:
    """Whoever leads the principal, or an organiser; neither of the two."""
    if actor.person_id is None or actor.person_id in (row.asked_by_id, row.delegate_id):
        return False
    if is_kept_from(actor, row.pk, row.asked_by_id, row.delegate_id):
        return False
    if decide(Permission.DELEGATION_DECIDE, actor.standing).allowed:
        return True
    return is_subordinate(actor.realm_id, row.asked_by_id, actor.person_id, on)


def delegation_words(row: DelegationRequest) -> tuple[str, str]:
    return words_of(row, ASKED, ANSWER)


def approve_delegation(
    actor: Actor, request_id: UUID, *, on: date, at: datetime
) -> DelegationRequest:
    """The delegation is a fact from now on; duties of the principal are to be derived anew.

    Raises ``RequestNotFound``, ``DecisionForbidden``, ``DecidedAlready`` or ``FactOverlaps``.
    """
    row = _to_decide(actor, request_id, on)
    with transaction.atomic():
        settle(row, "approved", by=decider(actor), at=at)
        fact = Delegation(
            person_id=row.asked_by_id, delegate_id=row.delegate_id, rule=row.rule, start=row.start,
            end=row.end, approved_by_id=decider(actor), approved_on=on, source=f"request {row.pk}",
        )  # fmt: skip
        save_checked(actor, fact, at)
        write_leaf(actor, "fact.recorded", fact, at)
        DelegationRequest.objects.filter(realm=row.realm_id, pk=row.pk).update(delegation=fact)
        log(actor, "delegation.approved", row, at, {"delegate": str(row.delegate_id)})
    row.refresh_from_db()
    return row


def refuse_delegation(
    actor: Actor, request_id: UUID, *, answer: str, on: date, at: datetime
) -> DelegationRequest:
    row = _to_decide(actor, request_id, on)
    sealed = seal(actor, row, ANSWER, answer)
    with transaction.atomic():
        settle(row, "refused", by=actor.person_id, at=at, answer=sealed)
        log(actor, "delegation.refused", row, at, {"delegate": str(row.delegate_id)})
    return row


def end_delegation(actor: Actor, request_id: UUID, *, on: date, at: datetime) -> DelegationRequest:
    """The principal, or who may decide, takes it back: asked for only, or in force from ``on``."""
    row = delegation_request_for(actor, request_id, on=on)
    mine = actor.person_id == row.asked_by_id
    if not mine and not may_decide_delegation(actor, row, on=on):
        raise DecisionForbidden(request_id)
    with transaction.atomic():
        if row.verdict == "" and mine:
            settle(row, "withdrawn", by=actor.person_id, at=at)
        else:
            _cut_short(row, on, at)
        log(actor, "delegation.ended", row, at, {"delegate": str(row.delegate_id)})
    return row


def _cut_short(row: DelegationRequest, on: date, at: datetime) -> None:
    if row.delegation_id is None:
        raise FactEndsBeforeStart(row.pk)
    held = Delegation.objects.filter(realm=row.realm_id, pk=row.delegation_id, voided_at=None)
    if held.filter(start__lt=on, end__gt=on).update(end=on) == 1:
        return
    if held.filter(start__gte=on).update(voided_at=at) != 1:
        raise FactEndsBeforeStart(row.pk)


def _to_decide(actor: Actor, request_id: UUID, on: date) -> DelegationRequest:
    row = delegation_request_for(actor, request_id, on=on)
    if not may_decide_delegation(actor, row, on=on):
        raise DecisionForbidden(request_id)
    return row


def delegations_to_decide(actor: Actor, *, on: date, most: int = 50) -> list[DelegationRequest]:
    if actor.person_id is None:
        return []
    rows = DelegationRequest.objects.filter(realm=actor.realm_id, verdict="")
    rows = rows.exclude(asked_by=actor.person_id).exclude(delegate=actor.person_id)
    rows = rows.filter(not_kept_from(actor, "pk", "asked_by", "delegate"))
    found = list(rows.order_by("asked_at", "pk")[:most])
    if decide(Permission.DELEGATION_DECIDE, actor.standing).allowed:
        return found
    return [row for row in found if may_decide_delegation(actor, row, on=on)]


def my_delegations(actor: Actor, *, most: int = 50) -> list[DelegationRequest]:
    """What the actor asked for, and what others gave him; the newest first."""
    if actor.person_id is None:
        return []
    given = Q(delegate=actor.person_id, verdict="approved")
    rows = DelegationRequest.objects.filter(
        Q(asked_by=actor.person_id) | given, realm=actor.realm_id
    )
    return list(rows.select_related("delegation").order_by("-asked_at", "-pk")[:most])


def delegates_of(duty: Duty, on: date) -> list[Delegation]:
    """Who may hold the talk of the duty for its initiator on the day."""
    if not (duty.rule.text["terms"] or {}).get("delegable"):
        return []
    rows = Delegation.objects.filter(
        on_day(on), realm=duty.realm_id, person=duty.initiator_id, rule__in=["", duty.rule.rule]
    )
    return list(rows.order_by("start", "pk"))


def last_day_of(row: DelegationRequest) -> date:
    """The last day on which the delegate may talk: as asked for, or as it was cut short."""
    held = row.delegation
    return (held.end if held and held.end else row.end) - ONE_DAY


def duties_to_hold_for(row: DelegationRequest, on: date, most: int = 50) -> list[Duty]:
    """What the delegate may see to now: open duties whose time has begun; no private reason."""
    held = row.delegation
    if held is None or held.voided_at or not _covers(held, on):
        return []
    rows = Duty.objects.filter(
        realm=row.realm_id, initiator=row.asked_by_id, state=DutyState.OPEN, opens__lte=on,
        subject__isnull=False, shared=True,
    )  # fmt: skip
    if row.rule:
        rows = rows.filter(rule__rule=row.rule)
    kept = in_force(row.realm_id).filter(excluded=row.delegate_id).values("about_id")
    rows = rows.exclude(subject__in=kept).exclude(pk__in=kept)
    rows = rows.exclude(subject__in=barred_from(row.realm_id, [row.delegate_id], on))
    rows = rows.exclude(subject=row.delegate_id).select_related("rule").order_by("due", "pk")
    return [duty for duty in rows[:most] if (duty.rule.text["terms"] or {}).get("delegable")]


def _covers(held: Delegation, on: date) -> bool:
    return (held.start is None or held.start <= on) and (held.end is None or on < held.end)


def principals_of(
    realm_id: UUID, delegate_id: UUID, duty_ids: Iterable[UUID], on: date
) -> list[UUID]:
    """For whom somebody held, or is to hold, a talk that meets these duties."""
    rows = Duty.objects.filter(realm=realm_id, pk__in=list(duty_ids)).select_related("rule")
    others = [duty for duty in rows if delegate_id not in (duty.initiator_id, duty.subject_id)]
    return list(
        dict.fromkeys(
            duty.initiator_id
            for duty in others
            if any(row.delegate_id == delegate_id for row in delegates_of(duty, on))
        )
    )


__all__ = [
    "DelegateNotFit",
    "DelegationAsked",
    "DelegationRow",
    "FactEndsBeforeStart",
    "FactOverlaps",
    "RuleNotDelegable",
    "SpanNotFit",
    "approve_delegation",
    "ask_delegation",
    "delegable_rules",
    "delegates_of",
    "delegation_request_for",
    "delegation_words",
    "delegations_to_decide",
    "duties_to_hold_for",
    "end_delegation",
    "last_day_of",
    "may_decide_delegation",
    "my_delegations",
    "principals_of",
    "refuse_delegation",
]
