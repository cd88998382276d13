"""A secretary finds the time in a leader's name and never learns what it is about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from talk_steps import agreed, duty_of, events_about, proposed, recorded
from tanxin.apps.archive.access import visible_records
from tanxin.apps.audit.selectors import leaves_for
from tanxin.apps.duties.access import DutyNotFound, visible_duties
from tanxin.apps.org.access import PersonForbidden
from tanxin.apps.org.selectors.entrusted import leaders_of, secretaries_of
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.org.services.secretaries import (
    OwnSecretary,
    SecretaryIsNamed,
    SecretaryNotFound,
    end_secretary,
    name_secretary,
)
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkNotFound, arranged_talks, talk_for, visible_talks
from tanxin.core.access import Permission

SINCE = timezone.localdate() - timedelta(days=30)


@pytest.fixture
def secretary(world):
    return name_secretary(world.actor("ada"), world.ada, world.cleo, start=SINCE, at=timezone.now())


def when(days=3):
    return timezone.now() + timedelta(days=days)


def test_she_arranges_in_the_leaders_name_and_the_log_says_so(world, secretary):
    cleo = world.actor("cleo")
    duty = duty_of(world, kind="care")

    talk = services.arrange_talk(
        cleo, world.ada, duty_id=duty.pk, planned_for=when(), at=timezone.now()
    )
    services.arrange_other_time(cleo, talk.pk, planned_for=when(4), at=timezone.now())
    services.propose_other_time(world.actor("ben"), talk.pk, planned_for=when(5), at=timezone.now())
    services.arrange_agreement(cleo, talk.pk, at=timezone.now())
    services.arrange_cancelling(cleo, talk.pk, reason="当日有会", at=timezone.now())

    assert (talk.initiator_id, talk.subject_id, talk.kind) == (world.ada, world.ben, "care")
    assert events_about(talk) == [
        "talk.proposed",
        "talk.moved",
        "talk.moved",
        "talk.agreed",
        "talk.cancelled",
    ]
    lines = leaves_for(world.realm_id, talk.pk)
    assert [line.person_id for line in lines] == [
        world.cleo,
        world.cleo,
        world.ben,
        world.cleo,
        world.cleo,
    ]
    assert {line.detail.get("in_name_of") for line in lines if line.person_id == world.cleo} == {
        str(world.ada)
    }


def test_she_opens_no_talk_no_record_and_no_duty(world, secretary):
    cleo = world.actor("cleo")
    planned, written = agreed(world), recorded(world)
    duty_of(world)

    assert list(arranged_talks(cleo, on=timezone.localdate())) == [planned]
    for talk in (planned, written):
        with pytest.raises(TalkNotFound):
            talk_for(cleo, talk.pk, Permission.TALK_VIEW)
    assert not visible_talks(cleo).exists()
    assert not visible_records(cleo).exists()
    assert not visible_duties(cleo, on=timezone.localdate()).exists()


def test_nobody_else_arranges_for_the_leader(world, secretary):
    talk = proposed(world)
    for name in ("dora", "emil"):
        with pytest.raises(TalkNotFound):
            services.arrange_other_time(
                world.actor(name), talk.pk, planned_for=when(), at=timezone.now()
            )
        with pytest.raises(TalkNotFound):
            services.arrange_talk(
                world.actor(name),
                world.ada,
                with_person=world.ben,
                planned_for=when(),
                at=timezone.now(),
            )
    with pytest.raises(TalkNotFound):
        services.arrange_talk(
            world.actor("cleo"),
            world.emil,
            with_person=world.ben,
            planned_for=when(),
            at=timezone.now(),
        )


def test_she_arranges_no_duty_of_somebody_else(world, secretary):
    other = duty_of(world, "emil", "ben")

    with pytest.raises(DutyNotFound):
        services.arrange_talk(
            world.actor("cleo"), world.ada, duty_id=other.pk, planned_for=when(), at=timezone.now()
        )


def test_she_finds_nothing_of_whom_she_is_recused_from(world, secretary):
    proposed(world)
    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="relative", at=timezone.now()
    )

    assert not arranged_talks(world.actor("cleo"), on=timezone.localdate()).exists()


def test_it_ends_on_its_day(world, secretary):
    talk = proposed(world)
    end_secretary(world.actor("ada"), secretary.pk, end=timezone.localdate(), at=timezone.now())

    assert leaders_of(world.actor("cleo"), on=timezone.localdate()) == []
    with pytest.raises(TalkNotFound):
        services.arrange_other_time(
            world.actor("cleo"), talk.pk, planned_for=when(), at=timezone.now()
        )
    with pytest.raises(SecretaryNotFound):
        end_secretary(world.actor("ada"), secretary.pk, end=timezone.localdate(), at=timezone.now())


def test_the_leader_or_an_organiser_names_one_and_nobody_names_himself(world, secretary):
    today, now = timezone.localdate(), timezone.now()
    name_secretary(world.actor("dora"), world.ada, world.emil, start=today, at=now)

    assert [one.person_id for one in secretaries_of(world.actor("ada"), on=today)] == [
        world.cleo,
        world.emil,
    ]
    with pytest.raises(PersonForbidden):
        name_secretary(world.actor("ben"), world.ada, world.ben, start=today, at=now)
    with pytest.raises(OwnSecretary):
        name_secretary(world.actor("ada"), world.ada, world.ada, start=today, at=now)
    with pytest.raises(SecretaryIsNamed):
        name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)
    end_secretary(world.actor("cleo"), secretary.pk, end=today, at=now)
