"""A supervisor reads a talk only when somebody else lets him, for some hours, before the two's eyes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from talk_steps import SAID, confirmed, events_about, proposed
from tanxin.apps.archive.access import RecordNotFound, visible_records
from tanxin.apps.archive.content import ContentRequest
from tanxin.apps.archive.lending import end_what_lost_its_role
from tanxin.apps.archive.models import Party, RecordVersion
from tanxin.apps.archive.reading import sealed_text
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org import services as org
from tanxin.apps.org.models import RoleHolding
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.sealing import client
from tanxin.apps.talks import refusals, services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound, talk_for
from tanxin.apps.talks.content import (
    ContentRequestNotFound,
    let_read,
    waiting_for_decision,
    waiting_for_review,
)
from tanxin.apps.talks.selectors import record_of
from tanxin.core.access import Permission, Role

WHY = "信访反映谈话内容不实，需核对原始记录"


@pytest.fixture
def staffed(world):
    """Cleo supervises, Fay supervises as well, Gus is the security administrator."""
    for key, text in (("fay", "费英"), ("gus", "顾思")):
        world.person(key, text)
        world.account(key)
    for key, role, task in (
        ("cleo", Role.SUPERVISOR, "approval"),
        ("fay", Role.SUPERVISOR, "approval"),
        ("gus", Role.SECURITY_ADMIN, "security"),
    ):
        world.entrust(key, role)
        client.entrust_task(world.realm_id, world.session("dora"), world.people[key], task, on=True)
    return world


def ask(world, talk, by="cleo", **more):
    given = {"reason": WHY, "hours": 24, "at": timezone.now()} | more
    return services.ask_to_read(world.actor(by), talk.pk, **given)


def read(world, name, talk):
    record = record_of(talk)
    return open_texts(world.actor(name), [record.pk], "granted")[record.pk]


def test_without_being_let_a_supervisor_sees_the_course_and_no_word(staffed):
    talk = confirmed(staffed)

    assert talk_for(staffed.actor("cleo"), talk.pk, Permission.TALK_VIEW) == talk
    with pytest.raises(TalkForbidden):
        talk_for(staffed.actor("cleo"), talk.pk, Permission.RECORD_OPEN)
    with pytest.raises(RecordNotFound):
        read(staffed, "cleo", talk)


def test_asking_alone_opens_nothing(staffed):
    talk = confirmed(staffed)
    ask(staffed, talk)

    with pytest.raises(RecordNotFound):
        read(staffed, "cleo", talk)


@pytest.mark.parametrize("by", ["fay", "gus"])
def test_let_by_another_he_reads_and_the_two_are_told(staffed, by):
    talk = confirmed(staffed)
    request = ask(staffed, talk)

    services.approve_reading(staffed.actor(by), request.pk, at=timezone.now())

    assert read(staffed, "cleo", talk) == SAID
    assert talk_for(staffed.actor("cleo"), talk.pk, Permission.RECORD_OPEN) == talk
    for side in ("ada", "ben"):
        [told] = let_read(talk.pk, staffed.actor(side))
        assert (told.asker_id, told.decided_by_id) == (staffed.cleo, staffed.people[by])
        assert open_texts(staffed.actor(side), [told.reason_id], "subject")[told.reason_id] == WHY
    opened = client.releases(staffed.realm_id, record_of(talk).pk)[-1]
    assert (opened.person_id, opened.ground) == (staffed.cleo, "granted")
    assert {"access.asked", "access.approved"} <= set(events_about(talk))
    for other in ("fay", "gus", "dora", "emil"):
        with pytest.raises(RecordNotFound):
            read(staffed, other, talk)


def test_it_ends_by_itself(staffed):
    talk = confirmed(staffed)
    request = ask(staffed, talk, hours=1)
    services.approve_reading(staffed.actor("fay"), request.pk, at=timezone.now())
    ContentRequest.objects.filter(pk=request.pk).update(open_until=timezone.now())

    with pytest.raises(RecordNotFound):
        read(staffed, "cleo", talk)
    with pytest.raises(TalkForbidden):
        talk_for(staffed.actor("cleo"), talk.pk, Permission.RECORD_OPEN)


def test_it_ends_with_the_role(staffed):
    talk = confirmed(staffed)
    request = ask(staffed, talk)
    services.approve_reading(staffed.actor("fay"), request.pk, at=timezone.now())
    org.take_role(
        staffed.founder, staffed.cleo, Role.SUPERVISOR, end=timezone.localdate(), at=timezone.now()
    )
    staffed.roles["cleo"] = frozenset()

    with pytest.raises(RecordNotFound):
        read(staffed, "cleo", talk)


def test_who_asked_gives_it_up_before_its_time(staffed):
    talk = confirmed(staffed)
    request = ask(staffed, talk)
    services.approve_reading(staffed.actor("fay"), request.pk, at=timezone.now())
    services.give_up_reading(staffed.actor("cleo"), request.pk, at=timezone.now())

    with pytest.raises(RecordNotFound):
        read(staffed, "cleo", talk)
    with pytest.raises(refusals.PageIsOld):
        services.give_up_reading(staffed.actor("cleo"), request.pk, at=timezone.now())


@pytest.mark.parametrize("by", ["cleo", "ada", "ben", "dora", "emil"])
def test_neither_the_asker_nor_the_two_nor_anybody_without_the_task_decides(staffed, by):
    talk = confirmed(staffed)
    request = ask(staffed, talk)

    for decide in (services.approve_reading, services.refuse_reading):
        with pytest.raises(ContentRequestNotFound):
            decide(staffed.actor(by), request.pk, at=timezone.now())
    assert [
        row.pk for row in waiting_for_decision(staffed.actor("fay"), on=timezone.localdate())
    ] == [request.pk]
    assert waiting_for_decision(staffed.actor(by), on=timezone.localdate()) == []


def test_who_works_under_the_asker_does_not_decide(staffed):
    talk = confirmed(staffed)
    staffed.post("规划处科员", "planning")
    staffed.holds("fay", "规划处科员")
    staffed.in_charge("cleo", "planning")
    request = ask(staffed, talk)

    with pytest.raises(ContentRequestNotFound):
        services.approve_reading(staffed.actor("fay"), request.pk, at=timezone.now())
    services.approve_reading(staffed.actor("gus"), request.pk, at=timezone.now())


def test_who_is_one_of_the_two_does_not_decide_about_it_even_with_the_task(staffed):
    talk = confirmed(staffed)
    staffed.entrust("ben", Role.SUPERVISOR)
    request = ask(staffed, talk)

    with pytest.raises(ContentRequestNotFound):
        services.approve_reading(staffed.actor("ben"), request.pk, at=timezone.now())


def test_the_database_refuses_a_decision_of_the_asker(staffed):
    request = ask(staffed, confirmed(staffed))

    for person in (staffed.cleo, staffed.ada, staffed.ben):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContentRequest.objects.filter(pk=request.pk).update(
                verdict="approved", decided_by=person, decided_at=timezone.now(),
                open_until=timezone.now(),
            )  # fmt: skip


def test_nobody_asks_for_what_is_not_there_twice_or_for_too_long(staffed):
    talk = confirmed(staffed)
    for hours, urgent in ((0, False), (73, False), (9, True)):
        with pytest.raises(refusals.TooManyHours):
            ask(staffed, talk, hours=hours, is_emergency=urgent)
    with pytest.raises(refusals.NothingRecorded):
        ask(staffed, proposed(staffed, by="emil", other="ben"))
    with pytest.raises(TalkForbidden):
        ask(staffed, talk, by="dora")
    with pytest.raises(TalkNotFound):
        ask(staffed, talk, by="emil")
    ask(staffed, talk)
    with pytest.raises(refusals.AskedAlready):
        ask(staffed, talk)


def test_where_nobody_else_could_decide_it_cannot_be_asked(world):
    world.entrust("cleo", Role.SUPERVISOR)

    with pytest.raises(refusals.NobodyToDecide):
        ask(world, confirmed(world))


def test_an_emergency_is_judged_by_a_third_person(staffed):
    talk = confirmed(staffed)
    request = ask(staffed, talk, hours=2, is_emergency=True)
    services.approve_reading(staffed.actor("fay"), request.pk, at=timezone.now())
    today = timezone.localdate()

    assert read(staffed, "cleo", talk) == SAID
    assert [row.pk for row in waiting_for_review(staffed.actor("gus"), on=today)] == [request.pk]
    for by in ("cleo", "fay", "dora"):
        assert waiting_for_review(staffed.actor(by), on=today) == []
        with pytest.raises(ContentRequestNotFound):
            services.review_emergency(
                staffed.actor(by), request.pk, justified=True, at=timezone.now()
            )
    services.review_emergency(staffed.actor("gus"), request.pk, justified=False, at=timezone.now())
    [told] = let_read(talk.pk, staffed.actor("ben"))
    assert told.review == "unjustified"


def test_who_is_recused_neither_asks_nor_decides_nor_reads_on(staffed):
    talk = confirmed(staffed)
    request = ask(staffed, talk)
    services.approve_reading(staffed.actor("gus"), request.pk, at=timezone.now())
    second = ask(staffed, talk, by="fay")
    for name in ("cleo", "gus"):
        recuse_from_person(
            staffed.actor("ben"),
            staffed.people[name],
            staffed.ben,
            because="dispute",
            at=timezone.now(),
        )

    assert not visible_records(staffed.actor("cleo")).filter(about_id=talk.pk).exists()
    with pytest.raises(TalkNotFound):
        talk_for(staffed.actor("cleo"), talk.pk, Permission.TALK_VIEW)
    with pytest.raises(ContentRequestNotFound):
        services.approve_reading(staffed.actor("gus"), second.pk, at=timezone.now())
    assert waiting_for_decision(staffed.actor("gus"), on=timezone.localdate()) == []


def test_what_is_written_after_the_asking_is_not_let(staffed):
    talk = confirmed(staffed)
    request = ask(staffed, talk)
    later = services.add_remark(
        staffed.actor("ben"), talk.pk, text="后来补充的话", at=timezone.now() + timedelta(seconds=1)
    )
    services.approve_reading(
        staffed.actor("fay"), request.pk, at=timezone.now() + timedelta(seconds=2)
    )

    with pytest.raises(RecordNotFound):
        open_texts(staffed.actor("cleo"), [later.pk], "granted")


def test_what_was_lent_ends_at_the_keeper_with_the_role(staffed):
    """Also where the rows were put back as they were."""
    talk = confirmed(staffed)
    request = ask(staffed, talk)
    services.approve_reading(staffed.actor("fay"), request.pk, at=timezone.now())
    record = record_of(talk)
    part = Party.objects.get(record=record, role="granted")
    now = timezone.now()
    assert end_what_lost_its_role(at=now) == 0
    RoleHolding.objects.filter(person=staffed.people["cleo"]).update(voided_at=now)

    assert end_what_lost_its_role(at=now) == 1
    assert end_what_lost_its_role(at=timezone.now()) == 0
    version = RecordVersion.objects.get(record=record)
    with pytest.raises(client.KeeperRefused, match="grant_ended"):
        client.open_texts(staffed.actor("cleo"), [sealed_text(part, version)], ground="granted")
