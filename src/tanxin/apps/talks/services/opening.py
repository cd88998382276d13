"""Arranging a talk as the rules of its day want it held; whoever arranges it ends here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.selectors import CHANNELS, duties_met_by_talk_of
from tanxin.apps.org.apart import check_not_barred
from tanxin.apps.talks.approvers import approvers_of
from tanxin.apps.talks.conduct import conduct_for, day_of, kind_and_type
from tanxin.apps.talks.holders import may_hold, states_known_to
from tanxin.apps.talks.models import USUAL_MINUTES, Approval, Beside, GroupTalk, Talk
from tanxin.apps.talks.refusals import (
    ChannelNeedsReason,
    FormNotMeant,
    NobodyToApprove,
    NobodyToEndorse,
    NotForHimToHold,
)
from tanxin.apps.talks.services.matching import match
from tanxin.apps.talks.services.words import Readers, sealed, sealed_place
from tanxin.core.access import Actor
from tanxin.core.lifecycle import TalkState
from tanxin.core.policy import Conduct, conduct_to_data
from tanxin.core.policy.manner import Part
from tanxin.core.policy.schema import Form
from tanxin.core.wording import is_blank


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to arrange, before anything is asked of the rules."""

    realm_id: UUID
    talk_id: UUID
    initiator_id: UUID
    subject_id: UUID
    kind: str
    type: str
    planned_for: datetime
    channel: str = "face"
    place: str = ""
    because: str = field(default="", repr=False)
    form: Form = Form.INDIVIDUAL
    owed: tuple[Duty, ...] = ()
    minutes: int = USUAL_MINUTES

    @property
    def sides(self) -> tuple[UUID, UUID]:
        return self.initiator_id, self.subject_id


@dataclass(frozen=True, slots=True)
class Opening:
    """A wish the rules allow, with its words sealed; ``store`` makes the talk of it."""

    wish: Wish
    conduct: Conduct
    approvers: tuple[tuple[Part, UUID], ...]
    place: bytes | None = field(repr=False)
    because: Sealed | None
    endorsers: tuple[tuple[Part, UUID], ...] = ()

    @property
    def readers(self) -> Readers:
        """Of the reason: where it waits for approval the subject has not been told of it."""
        led = (self.wish.initiator_id, "initiator")
        if self.approvers:
            return [led, *dict.fromkeys((person, "asked") for _, person in self.approvers)]
        return [led, (self.wish.subject_id, "subject")]


def opened(actor: Actor, wish: Wish, *, at: datetime, ask_why: bool = True) -> Opening:
    """Ask the rules, and seal what was typed. Call it outside of any transaction.

    Raises ``KindUnknown``, ``NotForHimToHold``, ``Barred``, ``FormNotMeant``,
    ``ChannelNeedsReason``, ``NobodyToApprove`` and ``NobodyToEndorse``.
    """
    realm = wish.realm_id
    kind, type_id = kind_and_type(wish.kind, wish.type, wish.owed)
    conduct = conduct_for(realm, kind, type_id, wish.planned_for)
    on = day_of(realm, wish.planned_for)
    if not may_hold(realm, conduct, wish.initiator_id, on):
        raise NotForHimToHold(conduct)
    # Nor today: a day of before they were kept apart is no way round it.
    for day in {on, day_of(realm, at)}:
        check_not_barred(realm, *wish.sides, day)
    if conduct.form not in {Form.EITHER, wish.form}:
        raise FormNotMeant(conduct.form)
    approvers = tuple(found_approvers(realm, conduct, wish, on))
    endorsers = tuple(found_endorsers(realm, conduct, wish, on))
    place = sealed_place(wish.talk_id, realm, wish.place)
    opening = Opening(wish, conduct, approvers, place, None, endorsers)
    if not ask_why or needs_no_reason(realm, wish, conduct, on):
        return opening
    if is_blank(wish.because):
        raise ChannelNeedsReason(wish.channel)
    about = ("talk", wish.talk_id)
    because = sealed(actor, "reason", about, wish.because, readers=opening.readers)
    return replace(opening, because=because)


def found_endorsers(
    realm_id: UUID, conduct: Conduct, wish: Wish, on: date
) -> Iterable[tuple[Part, UUID]]:
    """Who endorses the record, where only one can; among several the initiator names one.

    Raises ``NobodyToEndorse``.
    """
    for part in () if wish.form is Form.COLLECTIVE else conduct.endorsement:
        able = approvers_of(realm_id, part, wish.sides, wish.initiator_id, on)
        if not able:
            raise NobodyToEndorse(part)
        if len(able) == 1:
            yield part, next(iter(able))


def found_approvers(
    realm_id: UUID, conduct: Conduct, wish: Wish, on: date
) -> Iterable[tuple[Part, UUID]]:
    for part in conduct.approval:
        able = approvers_of(realm_id, part, wish.sides, wish.initiator_id, on)
        if not able:
            raise NobodyToApprove(part)
        yield from ((part, person) for person in sorted(able))


def needs_no_reason(realm_id: UUID, wish: Wish, conduct: Conduct, on: date) -> bool:
    """Whether its type, the subject's state, or the rule of a duty it meets names this way."""
    channel = CHANNELS.get(wish.channel, wish.channel)
    if channel in conduct.channels or is_named_by(wish.owed, channel):
        return True
    if channel in conduct.channels_for(states_known_to(realm_id, *wish.sides, on)):
        return True
    met = duties_met_by_talk_of(
        realm_id, *wish.sides, kind=conduct.kind, form=wish.form.value, channel=wish.channel, on=on
    )
    return is_named_by(met, channel)


def is_named_by(duties: Collection[Duty], channel: str) -> bool:
    return any(channel in duty.rule.text["channels"] for duty in duties)


def store(opening: Opening, *, by: UUID, at: datetime, group: GroupTalk | None = None) -> Talk:
    """The row of the talk, what it is for, and who is to approve it. Inside a transaction."""
    wish, conduct = opening.wish, opening.conduct
    because = archive.store(opening.because, opening.readers, at) if opening.because else None
    talk = Talk.objects.create(
        pk=wish.talk_id,
        realm_id=wish.realm_id,
        group=group,
        initiator_id=wish.initiator_id,
        subject_id=wish.subject_id,
        kind=conduct.kind,
        type=conduct.type,
        manner=conduct_to_data(conduct),
        channel=wish.channel,
        minutes=wish.minutes,
        because=because,
        place_sealed=opening.place,
        state=(TalkState.APPROVING if opening.approvers else TalkState.PROPOSED).value,
        proposed_by_id=by,
        planned_for=wish.planned_for,
        created_at=at,
        led_since=at,
    )
    Approval.objects.bulk_create(
        Approval(
            realm_id=talk.realm_id, talk=talk, part=part.value, person_id=person,
            asked_by_id=wish.initiator_id,
        )
        for part, person in opening.approvers
    )  # fmt: skip
    Beside.objects.bulk_create(
        Beside(
            realm_id=talk.realm_id, talk=talk, part=part.value, person_id=person,
            named_by_id=wish.initiator_id, named_at=at,
        )
        for part, person in opening.endorsers
    )  # fmt: skip
    match(talk, [duty.pk for duty in wish.owed])
    return talk
