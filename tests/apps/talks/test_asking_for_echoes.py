"""Asked some weeks after a talk: once, by nobody's name, and known only as a sum."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.utils import timezone

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.org.models import Person
from tanxin.apps.talks.echoes import InvitationNotFound, invitations_to, totals_for
from tanxin.apps.talks.models import Echo, EchoInvitation, EchoTotal, Talk
from tanxin.apps.talks.services import answer_echo, ask_for_echoes, sum_up_echoes
from tanxin.core.access import Actor
from tanxin.core.echoes import EchoAnswer, EchoQuestion

TODAY, NEXT = date(2026, 11, 23), date(2027, 1, 2)
LEADS = ("ada", "emil", "cleo")


def at(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def talked(world, subject, *, leader="ada", weeks=5, state="confirmed"):
    held = at(TODAY) - timedelta(weeks=weeks)
    return Talk.objects.create(
        realm_id=world.realm_id, initiator_id=world.people[leader],
        subject_id=world.people[subject], kind="routine", state=state,
        proposed_by_id=world.people[leader], planned_for=held, held_at=held, created_at=held,
    )  # fmt: skip


def asked(world, *, today=TODAY):
    return ask_for_echoes(world.realm_id, today=today, at=at(today))


def summed_up(world, today=NEXT):
    return sum_up_echoes(world.realm_id, today=today, at=at(today))


def seven_talks(world):
    names = [f"p{number}" for number in range(7)]
    for name in names:
        world.person(name, name)
        world.account(name)
        talked(world, name)
    asked(world)
    return names


def answer(world, name, heard, solved=EchoAnswer.SKIPPED):
    actor = world.actor(name)
    invitation = invitations_to(actor, today=TODAY).get()
    said = {EchoQuestion.HEARD: heard, EchoQuestion.SOLVED: solved}
    answer_echo(actor, invitation.pk, said, today=TODAY)


def shown(world, name):
    return list(totals_for(world.actor(name)).values("leader", "question", "yes", "partly", "no"))


@pytest.mark.parametrize(("weeks", "asks"), [(3, 0), (4, 1), (8, 1), (10, 0)])
def test_one_is_asked_some_weeks_after_the_talk(world, weeks, asks):
    talked(world, "ben", weeks=weeks)

    assert asked(world) == asks
    assert invitations_to(world.actor("ben"), today=TODAY).count() == asks


def test_who_has_no_account_is_not_asked_and_a_talk_not_held_is_not_asked_about(world):
    world.person("olga", "欧佳")
    talked(world, "olga")

    assert asked(world) == 0


def test_asking_twice_asks_once_and_two_talks_with_one_leader_ask_once(world):
    talked(world, "ben")
    talked(world, "ben", weeks=6)
    talked(world, "ben", leader="emil")

    assert (asked(world), asked(world)) == (2, 0)


def test_nobody_else_finds_the_question_and_it_is_answered_once(world):
    talked(world, "ben")
    asked(world)
    invitation = EchoInvitation.objects.get()
    said = {EchoQuestion.HEARD: EchoAnswer.NO}

    for name in ("ada", "dora", "cleo"):
        with pytest.raises(InvitationNotFound):
            answer_echo(world.actor(name), invitation.pk, said, today=TODAY)
    answer_echo(world.actor("ben"), invitation.pk, said, today=TODAY)
    with pytest.raises(InvitationNotFound):
        answer_echo(world.actor("ben"), invitation.pk, said, today=TODAY)
    assert Echo.objects.count() == 1


def test_it_can_be_left_unanswered(world):
    talked(world, "ben")
    asked(world)
    ben = world.actor("ben")

    answer_echo(ben, invitations_to(ben, today=TODAY).get().pk, {}, today=TODAY)

    assert not Echo.objects.exists()
    assert not invitations_to(ben, today=TODAY).exists()


def test_after_its_half_year_a_question_is_closed(world):
    talked(world, "ben")
    asked(world)
    invitation = EchoInvitation.objects.get()

    with pytest.raises(InvitationNotFound):
        answer_echo(world.actor("ben"), invitation.pk, {}, today=NEXT)


def test_an_answer_is_kept_without_words_name_time_or_entry(world):
    names = seven_talks(world)
    entries = AuditLeaf.objects.count()

    answer(world, names[0], EchoAnswer.NO)

    row = Echo.objects.values().get()
    assert set(row) == {"id", "realm_id", "leader_id", "period", "said_sealed"}
    assert b"no" not in bytes(row["said_sealed"])
    assert AuditLeaf.objects.count() == entries


def test_the_one_who_leads_sees_nothing_before_the_end_and_then_a_sum(world):
    names = seven_talks(world)
    seen = []
    for number, name in enumerate(names):
        answer(world, name, EchoAnswer.NO if number == 2 else EchoAnswer.YES)
        seen.append(shown(world, "ada"))
        assert summed_up(world, TODAY) == 0

    assert seen == [[]] * 7
    assert summed_up(world) == 1
    assert shown(world, "ada") == [
        {"leader": world.ada, "question": "heard", "yes": 6, "partly": 0, "no": 1}
    ]
    assert shown(world, "ben") == []
    assert shown(world, "dora") == shown(world, "ada")
    assert not Echo.objects.exists()


def test_what_comes_after_the_summing_up_is_forgotten(world):
    names = seven_talks(world)
    for number, name in enumerate(names[:6]):
        answer(world, name, EchoAnswer.NO if number else EchoAnswer.YES)
    summed_up(world)
    answer(world, names[6], EchoAnswer.NO)

    assert summed_up(world) == 0
    assert EchoTotal.objects.get().no == 5
    assert not Echo.objects.exists()


@pytest.mark.prove
def test_a_thousand_leaders_who_look_after_every_answer_find_out_nobody(world, capsys):
    """T13, G26: everything a leader can see, looked at after each answer, in 1,000 groups."""
    random, now = Random(13), at(TODAY)
    right = chance = shown_of = early = 0
    # Whom he takes for the one who was not heard, where a sum says that somebody was not.
    guesses = (min, max, lambda asked: asked[0], lambda asked: asked[-1])
    groups = []
    for _ in range(1_000):
        people = [UUID(int=random.getrandbits(128)) for _ in range(random.randint(4, 16))]
        groups.append((people[0], people[1:]))
    bring_in(world, groups, now)
    answers = {}
    for leader, subjects in groups:
        who = Actor(world.realm_id, leader)
        random.shuffle(subjects)
        for person in subjects:
            answers[person] = EchoAnswer.NO if random.random() < 0.25 else EchoAnswer.YES
            actor = Actor(world.realm_id, person)
            invitation = invitations_to(actor, today=TODAY).get()
            said = {EchoQuestion.HEARD: answers[person]}
            answer_echo(actor, invitation.pk, said, today=TODAY)
            early += totals_for(who).count()
    summed_up(world)
    for leader, subjects in groups:
        own = totals_for(Actor(world.realm_id, leader)).filter(leader=leader).first()
        said = {answers[person] for person in subjects}
        if own:
            shown_of += 1
            chance += own.no / len(subjects)
            hits = [answers[guess(subjects)] is EchoAnswer.NO for guess in guesses]
            right += sum(hits) / len(guesses)
            assert len(subjects) >= 5
            assert len(said) > 1
    with capsys.disabled():
        print(
            f"\n{shown_of} of 1,000 groups shown; guessed {right / shown_of:.3f},"
            f" chance {chance / shown_of:.3f}; seen early: {early}"
        )
    assert early == 0
    assert right / shown_of <= chance / shown_of + 0.02


def bring_in(world, groups, now):
    held = now - timedelta(weeks=5)
    everyone = [person for leader, subjects in groups for person in (leader, *subjects)]
    Person.objects.bulk_create(
        [
            Person(pk=person, realm_id=world.realm_id, name_sealed=b"", recorded_at=now)
            for person in everyone
        ],
        batch_size=500,
    )
    talks = [
        Talk(
            realm_id=world.realm_id, initiator_id=leader, subject_id=subject, kind="routine",
            state="confirmed", proposed_by_id=leader, planned_for=held, held_at=held,
            created_at=held,
        )
        for leader, subjects in groups
        for subject in subjects
    ]  # fmt: skip
    Talk.objects.bulk_create(talks, batch_size=500)
    EchoInvitation.objects.bulk_create(
        [
            EchoInvitation(
                realm_id=world.realm_id, talk=talk, person_id=talk.subject_id,
                leader_id=talk.initiator_id, period="2026-H2",
            )
            for talk in talks
        ],
        batch_size=500,
    )  # fmt: skip
