"""The course of one talk from the proposal to what its subject said to the record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tanxin.apps.archive.models import RecordVersion
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import TimeTaken
from tanxin.apps.talks.selectors import record_of
from tanxin.core.access import Actor
from tanxin.demo.seeding.stage import Course, Stage

KIND_OF = {
    "team": "routine", "charge": "routine", "branch": "routine", "application": "routine",
    "mentor": "care", "ill": "care", "hardship": "care", "elder": "care", "abroad": "care",
    "grief": "care", "office": "office", "warning": "warning",
}  # fmt: skip
CHANNELS = {
    "ill": ("visit", "phone"), "elder": ("phone", "visit", "wechat", "visit"),
    "abroad": ("video",), "grief": ("visit",), "hardship": ("visit", "face", "phone"),
}  # fmt: skip
WORDS_OF = {"not_right": "disputes", "corrected": "disputes", "did_not_happen": "never"}
LATE_AFTER = 6
# Before days off the record is written at once, or it would come late.
PROMPTLY = timedelta(days=1)
HALF_AN_HOUR = timedelta(minutes=30)
MOVED_OF = 14
REMARKED_OF = 9
NOTED_OF = 6


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """``ending``: what the subject says: confirmed, silent, not_right, did_not_happen.

    ``corrected`` is not right at first, and confirmed as it was written anew.
    """

    initiator: UUID
    subject: UUID
    situation: str
    held: datetime
    ending: str = "confirmed"
    late: bool = False
    follows: Callable[[Talk, datetime], Course] | None = None


def talk_course(stage: Stage, plan: TalkPlan) -> Course:
    """Proposed, agreed, held, recorded, answered; and what was raised goes on after it."""
    lead, other = stage.cast.actor(plan.initiator), stage.cast.actor(plan.subject)
    deck, clock, chance = stage.deck, stage.clock, stage.chance
    at = clock.later(plan.held, -chance.randrange(4, 8))
    yield at
    channel = chance.choice(CHANNELS.get(plan.situation, ("face",)))
    talk = talks.propose_talk(
        lead,
        with_person=plan.subject,
        planned_for=plan.held,
        kind=KIND_OF[plan.situation],
        channel=channel,
        because=deck.deal("notes", "ways"),
        place=stage.place(plan.situation, plan.subject) if channel == "face" else "",
        at=at,
    )
    yield (at := clock.later(at, chance.randrange(1, 3)))
    if chance.randrange(MOVED_OF) == 0:
        talks.propose_other_time(other, talk.pk, planned_for=plan.held, at=at)
        yield (at := clock.soon(at))
        began = agree(lead, other, talk, at)
    else:
        began = agree(other, lead, talk, at)
    ended = began + timedelta(minutes=chance.randrange(20, 75))
    yield ended
    talks.hold(lead, talk.pk, held_at=began, at=ended)
    yield from record_course(stage, plan, talk, ended)


def agree(who: Actor, other: Actor, talk: Talk, at: datetime) -> datetime:
    """The time it is agreed for: where one of them has another talk then, the other moves it."""
    while True:
        try:
            return talks.agree(who, talk.pk, at=at).planned_for
        except TimeTaken:
            talk.refresh_from_db()
            later = talk.planned_for + HALF_AN_HOUR
            talks.propose_other_time(other, talk.pk, planned_for=later, at=at)


def record_course(stage: Stage, plan: TalkPlan, talk: Talk, ended: datetime) -> Course:
    lead, deck, chance = stage.cast.actor(plan.initiator), stage.deck, stage.chance
    at = stage.clock.soon(ended)
    if at - ended > PROMPTLY:
        at = ended + timedelta(minutes=chance.randrange(5, 20))
    if plan.late:
        at = stage.clock.later(ended, LATE_AFTER)
    yield at
    text = deck.record(plan.situation, unit_of(stage, plan.subject))
    talks.write_record(
        lead,
        talk.pk,
        text=text,
        memo=deck.deal("notes", "memos") if chance.randrange(NOTED_OF) == 0 else "",
        late_reason=deck.deal("notes", "late") if plan.late else "",
        at=at,
    )
    if plan.ending == "silent":
        return
    at = stage.clock.later(at, chance.randrange(1, 5))
    yield at
    say(stage, plan, talk, at)
    if plan.ending == "corrected":
        yield (at := stage.clock.later(at, 2))
        mended = f"{text}\n{deck.deal('notes', 'corrections')}"
        # A later text is sealed for nobody but its author with a login.
        with stage.cast.at_keeper(plan.initiator) as author:
            talks.write_record(author, talk.pk, text=mended, expected_version=1, at=at)
        yield (at := stage.clock.later(at, 1))
        say(stage, replace(plan, ending="confirmed"), talk, at)
    if plan.follows is not None:
        yield from plan.follows(talk, at)


def say(stage: Stage, plan: TalkPlan, talk: Talk, at: datetime) -> None:
    other, deck = stage.cast.actor(plan.subject), stage.deck
    digest = digest_of(talk)
    if plan.ending == "confirmed":
        has_more = stage.chance.randrange(REMARKED_OF) == 0
        remark = deck.deal("notes", "remarks") if has_more else ""
        talks.confirm_record(other, talk.pk, digest=digest, remark=remark, at=at)
    else:
        remark = deck.deal("notes", WORDS_OF[plan.ending])
        verdict = "not_right" if plan.ending == "corrected" else plan.ending
        talks.dispute_record(other, talk.pk, verdict=verdict, digest=digest, remark=remark, at=at)


def digest_of(talk: Talk) -> bytes:
    """Of the version of the record that stands, as the subject has it on his page."""
    record = record_of(talk)
    if record is None:
        raise LookupError(talk.pk)
    version = RecordVersion.objects.get(realm=talk.realm_id, record=record.pk, number=record.latest)
    return bytes(version.digest)


def unit_of(stage: Stage, person_id: UUID) -> str:
    """Where what he says belongs: a leader speaks of what he is in charge of."""
    human = stage.human(person_id)
    for charge in stage.cast.org.charges:
        if charge.human.number == human.number:
            return stage.chance.choice(charge.units)
    is_below = human.department and human.unit != stage.cast.org.plan.name
    return human.unit if is_below else human.place
