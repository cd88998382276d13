"""Somebody beside the two: named before the talk, endorsing its record after it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from talk_kinds import adopt
from talk_steps import agreed, digest_of, proposed, write
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import VersionMoved, open_texts
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound, talk_for, talks_to_endorse
from tanxin.apps.talks.models import Beside
from tanxin.apps.talks.refusals import (
    MayNotBeThere,
    NobodyToEndorse,
    NotEndorsed,
    PageIsOld,
    PartMissing,
)
from tanxin.apps.talks.selectors import record_of, talks_to_confirm
from tanxin.core.access import Permission, Role
from tanxin.core.lifecycle import IllegalMove, TalkState
from tanxin.core.policy.manner import Part

TWO_LEAD = (
    "  round:\n",
    "  two:\n    title: {zh: 二人谈话, en: Two lead}\n    kind: warning\n    parts: [recorder, accompanist]\n  round:\n",
)
ENDORSED = ("approval: chief", "endorsement: chief")


def two_lead(world):
    adopt(world, change=TWO_LEAD)
    return proposed(world, kind="warning", type_id="two")


def name(world, talk, **people):
    chosen = {Part(part): world.people[who] for part, who in people.items()}
    return services.name_beside(world.actor("ada"), talk.pk, chosen, at=timezone.now())


def endorsed_talk(world):
    """Emil's talk with Ben, whose record Ada endorses."""
    adopt(world, change=ENDORSED)
    talk, now = (
        proposed(world, "emil", "ben", kind="warning", type_id="admonishing"),
        timezone.now(),
    )
    services.agree(world.actor("ben"), talk.pk, at=now)
    services.prepare(world.actor("emil"), talk.pk, at=now)
    ago = now - timedelta(hours=1)
    talk = services.hold(world.actor("emil"), talk.pk, held_at=ago, at=now)
    return write(world, talk, by="emil", means="relogin")


def confirm(world, talk):
    return services.confirm_record(
        world.actor("ben"), talk.pk, digest=digest_of(talk), means="relogin", at=timezone.now()
    )


def test_nobody_agrees_or_holds_before_those_are_named_whom_the_type_wants(world):
    talk, now = two_lead(world), timezone.now()
    name(world, talk, recorder="cleo")

    for verb in (
        lambda: services.agree(world.actor("ben"), talk.pk, at=now),
        lambda: services.hold(world.actor("ada"), talk.pk, held_at=now, at=now),
    ):
        with pytest.raises(PartMissing) as missing:
            verb()
        assert missing.value.part is Part.ACCOMPANIST

    name(world, talk, recorder="cleo", accompanist="dora")
    assert services.agree(world.actor("ben"), talk.pk, at=now).state == TalkState.AGREED


def test_who_had_agreed_is_asked_again_when_others_are_to_be_there(world):
    talk = agreed(world)

    talk = name(world, talk, accompanist="cleo")

    assert (talk.state, talk.proposed_by_id) == (TalkState.PROPOSED, world.ada)
    with pytest.raises(PageIsOld):
        services.agree(world.actor("ben"), talk.pk, at=timezone.now(), seen=talk.steps - 1)


@pytest.mark.parametrize("who", ["ada", "ben", "kept"])
def test_neither_side_nor_whom_it_is_kept_from_can_be_named(world, who):
    talk = proposed(world)
    if who == "kept":
        now = timezone.now()
        recuse_from_person(world.actor("ben"), world.cleo, world.ben, because="dispute", at=now)
        who = "cleo"

    with pytest.raises(MayNotBeThere):
        name(world, talk, accompanist=who)
    assert not Beside.objects.exists()


def test_nobody_has_two_parts_and_no_part_is_there_that_nobody_wants(world):
    talk = proposed(world)

    for people in (
        {"recorder": "cleo", "accompanist": "cleo"},
        {"volunteer": "cleo"},
        {"chief": "cleo"},
    ):
        with pytest.raises(MayNotBeThere):
            name(world, talk, **people)


def test_only_who_leads_names(world):
    talk = proposed(world)

    for who, refused in (("ben", TalkForbidden), ("cleo", TalkNotFound)):
        with pytest.raises(refused):
            services.name_beside(
                world.actor(who), talk.pk, {Part.RECORDER: world.dora}, at=timezone.now()
            )


def test_a_recorder_reads_the_record_and_an_accompanist_does_not(world):
    talk = two_lead(world)
    name(world, talk, recorder="cleo", accompanist="emil")
    now = timezone.now()
    services.agree(world.actor("ben"), talk.pk, at=now)
    talk = services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)
    write(world, talk)
    record = record_of(talk).pk

    assert open_texts(world.actor("cleo"), [record], "recorder")
    with pytest.raises(TalkForbidden):
        talk_for(world.actor("cleo"), talk.pk, Permission.RECORD_WRITE)
    assert talk_for(world.actor("emil"), talk.pk, Permission.TALK_VIEW)
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("emil"), [record], "recorder")

    recuse_from_person(world.actor("ben"), world.cleo, world.ben, because="dispute", at=now)
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("cleo"), [record], "recorder")


def test_the_subject_is_asked_only_after_the_endorsement(world):
    talk = endorsed_talk(world)

    assert talk.confirm_by is None
    assert not talks_to_confirm(world.actor("ben")).exists()
    assert talks_to_endorse(world.actor("ada")).get() == talk
    with pytest.raises(NotEndorsed):
        confirm(world, talk)
    with pytest.raises(TalkForbidden):
        services.endorse_record(
            world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now()
        )

    assert open_texts(world.actor("ada"), [record_of(talk).pk], "endorser")
    services.endorse_record(world.actor("ada"), talk.pk, digest=digest_of(talk), at=timezone.now())

    assert not talks_to_endorse(world.actor("ada")).exists()
    assert talks_to_confirm(world.actor("ben")).get().confirm_by
    assert confirm(world, talk).state == TalkState.CONFIRMED
    with pytest.raises(IllegalMove):
        services.endorse_record(
            world.actor("ada"), talk.pk, digest=digest_of(talk), at=timezone.now()
        )


def test_what_is_sent_back_is_written_anew_and_endorsed_anew(world):
    talk = endorsed_talk(world)
    first = digest_of(talk)

    talk = services.send_record_back(
        world.actor("ada"), talk.pk, digest=first, reason="事由写得不清楚", at=timezone.now()
    )
    assert talk.state == TalkState.HELD
    talk = write(world, talk, "写清楚了", by="emil", means="relogin", expected_version=1)

    assert talks_to_endorse(world.actor("ada")).exists()
    with pytest.raises(VersionMoved):
        services.endorse_record(world.actor("ada"), talk.pk, digest=first, at=timezone.now())
    services.endorse_record(world.actor("ada"), talk.pk, digest=digest_of(talk), at=timezone.now())
    assert confirm(world, talk).state == TalkState.CONFIRMED


def test_somebody_else_can_be_named_to_endorse_and_the_first_reads_no_more(world):
    adopt(world, change=("approval: chief", "endorsement: organisation"))
    for key in ("olga", "pia"):
        world.person(key)
        world.account(key)
        world.entrust(key, Role.ORGANISER)
    talk, now = (
        proposed(world, "emil", "ben", kind="warning", type_id="admonishing"),
        timezone.now(),
    )
    chosen = {Part.ORGANISATION: world.people["olga"]}
    services.name_beside(world.actor("emil"), talk.pk, chosen, at=now)
    services.agree(world.actor("ben"), talk.pk, at=now)
    services.prepare(world.actor("emil"), talk.pk, at=now)
    talk = services.hold(world.actor("emil"), talk.pk, held_at=now, at=now)
    talk = write(world, talk, by="emil", means="relogin")
    record, emil = record_of(talk).pk, world.actor("emil")
    assert open_texts(world.actor("olga"), [record], "endorser")

    with pytest.raises(MayNotBeThere):
        services.name_endorser(emil, talk.pk, Part.ORGANISATION, world.cleo, at=now)
    services.name_endorser(emil, talk.pk, Part.ORGANISATION, world.people["pia"], at=now)

    assert open_texts(world.actor("pia"), [record], "endorser")
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("olga"), [record], "endorser")
    with pytest.raises(TalkForbidden):
        services.endorse_record(world.actor("olga"), talk.pk, digest=digest_of(talk), at=now)
    services.endorse_record(world.actor("pia"), talk.pk, digest=digest_of(talk), at=now)
    assert confirm(world, talk).state == TalkState.CONFIRMED
    with pytest.raises(IllegalMove):
        services.name_endorser(emil, talk.pk, Part.ORGANISATION, world.people["olga"], at=now)


def test_where_nobody_stands_above_such_a_talk_cannot_be_led(world):
    adopt(world, change=ENDORSED)

    with pytest.raises(NobodyToEndorse):
        proposed(world, "ada", "ben", kind="warning", type_id="admonishing")
