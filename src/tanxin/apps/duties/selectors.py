"""Questions about duties that others ask; the pages' own are in ``reading``."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.partners import Partners
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import rule_from_data
from tanxin.core.policy.meeting import meets_another

# How a talk is held → what rules call it.
CHANNELS = {"wechat": "message"}


class Series(NamedTuple):
    """All that one initiator owes by one rule in one period, with whomever."""

    pack: str
    rule: str
    period: str
    initiator_id: UUID


def my_duties(actor: Actor) -> QuerySet[Duty]:
    """The open duties that the actor has to see to, a mutual one from either side."""
    mine = Q(initiator=actor.person_id) | Q(subject=actor.person_id, mutual=True)
    return (
        Duty.objects.filter(mine, realm=actor.realm_id, state=DutyState.OPEN)
        .select_related("rule")
        .order_by("due", "pk")
    )


def duties_met_by_talk_of(
    realm_id: UUID,
    initiator_id: UUID,
    subject_id: UUID,
    *,
    kind: str,
    form: str,
    channel: str,
    on: date,
    held: Collection[Series] = (),
) -> list[Duty]:
    """Return the open duties that one talk on a day meets; a late talk meets an overdue one.

    Also mutual ones in the other direction, shared ones of which the initiator is not the one who
    answers for them, and those without a fixed subject. Where a period wants several talks of the
    same two, one talk meets the first of them only. ``held`` are the series in which the two have
    talked before: where different partners are wanted they do not count again.
    """
    here, there = Q(initiator=initiator_id), Q(subject=subject_id)
    back = Q(mutual=True) & (Q(initiator=subject_id) | Q(subject=initiator_id))
    able = Duty.objects.filter(
        (here & (there | Q(subject=None))) | (there & Q(shared=True)) | back,
        realm=realm_id,
        state=DutyState.OPEN,
        kind=kind,
        form__in=[form, "either"],
        opens__lte=on,
    )
    partners = Partners(realm_id, [initiator_id, subject_id], on)
    named = CHANNELS.get(channel, channel)
    met = (
        duty
        for duty in able.select_related("rule").order_by("due", "ordinal", "pk")
        if _is_a_way(duty, named, partners)
        and _is_between(duty, initiator_id, subject_id, partners)
        and not _is_again(duty, initiator_id, subject_id, held)
    )
    return list(_one_of_each(met, on))


def _is_a_way(duty: Duty, channel: str, partners: Partners) -> bool:
    """Whether the rule takes the channel, for anybody or while the subject is in some state."""
    if channel in duty.rule.text["channels"]:
        return True
    states = [way["state"] for way in duty.rule.text.get("ways", ()) if channel in way["channels"]]
    return bool(states) and partners.is_in_state(duty.subject_id, states)


def _is_between(duty: Duty, initiator_id: UUID, subject_id: UUID, partners: Partners) -> bool:
    ways = [(initiator_id, subject_id)]
    if duty.mutual:
        ways.append((subject_id, initiator_id))
    return any(_fits(duty, lead, other, partners) for lead, other in ways)


def _fits(duty: Duty, lead: UUID, other: UUID, partners: Partners) -> bool:
    if duty.subject_id is None:
        return duty.initiator_id == lead and partners.may_partner(duty, other)
    if duty.subject_id != other:
        return False
    return duty.initiator_id == lead or (duty.shared and partners.may_lead(duty, lead))


def _is_again(duty: Duty, initiator_id: UUID, subject_id: UUID, held: Collection[Series]) -> bool:
    """Whether the two have met a duty of this series before, and it wants somebody else."""
    if duty.subject_id is not None or series_of(duty) not in held:
        return False
    terms = rule_from_data(duty.rule.text).terms
    partner = subject_id if duty.initiator_id == initiator_id else initiator_id
    return terms is not None and not meets_another(terms.count, partner, [partner])


def series_of(duty: Duty) -> Series:
    return Series(duty.rule.pack, duty.rule.rule, duty.period, duty.initiator_id)


def _one_of_each(duties: Iterable[Duty], on: date) -> Iterator[Duty]:
    """The one that is due now before one that is late; what comes from an event is its own."""
    seen = set()
    for duty in sorted(duties, key=lambda duty: duty.due < on):
        own = duty.period if _is_of_an_occasion(duty) else ""
        wanted = (duty.rule.pack, duty.rule.rule, own, duty.initiator_id, duty.subject_id)
        if wanted not in seen:
            seen.add(wanted)
            yield duty


def _is_of_an_occasion(duty: Duty) -> bool:
    return not duty.period[:1].isdigit()
