"""Two requests at the same moment, each with its own connection."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from group_steps import group_of, talk_with
from talk_kinds import adopt
from talk_steps import agreed, asked, digest_of, events_about, held, proposed, recorded, write
from tanxin.apps.archive.content import ContentRequest
from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.services import VersionMoved
from tanxin.apps.talks import services
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Booked, Confirmation, Request, Talk
from tanxin.apps.talks.receiving.booking import book_slot
from tanxin.apps.talks.receiving.days import days_of
from tanxin.apps.talks.receiving.models import Booking
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.apps.talks.refusals import AskedAlready, TimeTaken
from tanxin.core.access import Role
from tanxin.core.calendar import Weeks
from tanxin.core.lifecycle import IllegalMove
from world import small_world

LOST = (IllegalMove, VersionMoved, AskedAlready)


@pytest.fixture
def world(on_disk, keeper):
    return small_world()


def at_once(*jobs):
    """Do all at the same moment; returns for each what it gave, or the refusal it met."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait(5)
            return job()
        except LOST as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def lost(outcomes):
    return sum(isinstance(one, LOST) for one in outcomes)


@pytest.mark.parametrize("_", range(3))
def test_of_two_that_hold_the_talk_one_does(world, _):
    talk, now = agreed(world), timezone.now()

    def hold():
        return services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)

    assert lost(at_once(hold, hold)) == 1
    assert events_about(talk).count("talk.held") == 1


def agree(world, name, talk):
    return lambda: services.agree(world.actor(name), talk.pk, at=timezone.now())


@pytest.mark.parametrize("_", range(3))
def test_of_two_that_agree_to_the_same_time_one_does_and_the_other_keeps_his_talk(world, _):
    when = timezone.now() + timedelta(days=2)
    mine = proposed(world, "ada", "ben", planned_for=when)
    other = proposed(world, "emil", "ben", planned_for=when + timedelta(minutes=20))
    third = proposed(world, "ada", "cleo", planned_for=when - timedelta(minutes=10))

    outcomes = at_once(
        agree(world, "ben", mine), agree(world, "ben", other), agree(world, "cleo", third)
    )

    refused = [one for one in outcomes if isinstance(one, TimeTaken)]
    states = sorted(Talk.objects.values_list("state", flat=True))
    assert states.count("proposed") == len(refused) in {1, 2}
    held_by = {row.by for row in Booked.objects.all()}
    assert held_by == {one.pk for one in Talk.objects.filter(state="agreed")}


@pytest.mark.parametrize("_", range(3))
def test_of_a_group_all_agree_at_once_and_who_leads_it_is_taken_once(world, _):
    group = group_of(world)
    talks = {name: talk_with(world, group, name) for name in ("ben", "cleo", "emil")}

    assert lost(at_once(*[agree(world, name, one) for name, one in talks.items()])) == 0
    leave = at_once(
        *[
            lambda name=name, one=one: services.cancel(
                world.actor(name), one.pk, reason="出差", at=timezone.now()
            )
            for name, one in talks.items()
        ]
    )

    assert lost(leave) == 0
    assert not Booked.objects.exists()


@pytest.mark.parametrize("_", range(3))
def test_a_request_that_is_taken_back_while_its_talk_is_approved_has_one_end(world, _):
    adopt(world, change=("approval: chief", "approval: organisation"))
    now = timezone.now()
    request = asked(world)
    talk = services.accept_request(
        world.actor("ada"), request.pk, planned_for=now + timedelta(days=2), at=now,
        kind="warning", type_id="admonishing",
    )  # fmt: skip

    outcomes = at_once(
        lambda: services.withdraw_request(world.actor("ben"), request.pk, at=now),
        lambda: services.approve_talk(world.actor("dora"), talk.pk, at=now),
    )

    talk.refresh_from_db()
    request.refresh_from_db()
    assert lost(outcomes) == 1
    assert (request.state, talk.state) in {("withdrawn", "not_approved"), ("accepted", "proposed")}


@pytest.mark.parametrize("_", range(3))
def test_of_three_that_book_one_time_at_once_one_has_it_and_nothing_is_left_of_the_others(world, _):
    hours = Hours(2, Weeks.EVERY, time(9), time(10), 30, "一楼", timezone.localdate())
    row = set_reception(world.actor("ada"), world.ada, hours, at=timezone.now())
    slot = days_of(world.actor("ben"), [row], now=timezone.now())[1].slots[0]

    def book(name):
        return lambda: book_slot(
            world.actor(name), row.pk, begins=slot.begins, topic="住房", at=timezone.now()
        )

    outcomes = at_once(*map(book, ("ben", "cleo", "emil")))

    assert [type(one) for one in outcomes].count(TimeTaken) == lost(outcomes) == 2
    assert Talk.objects.count() == Request.objects.count() == Booking.objects.count() == 1
    assert {booked.person_id for booked in Booked.objects.all()} > {world.ada}
    assert Booked.objects.count() == 4


@pytest.mark.parametrize("_", range(3))
def test_who_books_several_times_of_one_leader_at_once_has_one(world, _):
    hours = Hours(2, Weeks.EVERY, time(9), time(11), 30, "一楼", timezone.localdate())
    row = set_reception(world.actor("ada"), world.ada, hours, at=timezone.now())
    slots = days_of(world.actor("ben"), [row], now=timezone.now())[1].slots
    ben = world.actor("ben")

    outcomes = at_once(
        *[
            lambda slot=slot: book_slot(
                ben, row.pk, begins=slot.begins, topic="住房", form=uuid4(), at=timezone.now()
            )
            for slot in slots
        ]
    )

    assert lost(outcomes) == len(slots) - 1 == 3
    assert Talk.objects.count() == Booking.objects.count() == 1


def test_agreeing_and_moving_at_once_never_agrees_to_an_unseen_time(world):
    talk, now = proposed(world), timezone.now()
    seen, later = talk.planned_for, now + timedelta(days=9)

    at_once(
        lambda: services.agree(world.actor("ben"), talk.pk, seen=0, at=now),
        lambda: services.propose_other_time(
            world.actor("ada"), talk.pk, planned_for=later, seen=0, at=now
        ),
    )

    talk.refresh_from_db()
    assert (talk.state, talk.planned_for) in {("agreed", seen), ("proposed", later)}


def test_a_form_sent_twice_at_once_makes_one_of_each(world):
    form, now = uuid4(), timezone.now()
    more = {"kind": "routine", "planned_for": now, "at": now, "form": form}
    at_once(*[lambda: services.propose_talk(world.actor("ada"), with_person=world.ben, **more)] * 2)
    assert Talk.objects.count() == 1

    talk = held(world)
    outcomes = at_once(*[lambda: write(world, talk, form=form)] * 2)
    assert lost(outcomes) == 0
    assert RecordVersion.objects.count() == 1


def test_of_two_tabs_that_save_at_once_one_is_told(world):
    talk = recorded(world)

    outcomes = at_once(
        lambda: write(world, talk, "甲", expected_version=1),
        lambda: write(world, talk, "乙", expected_version=1),
    )

    assert lost(outcomes) == 1
    assert standing_of(talk).version == 2


@pytest.mark.parametrize("_", range(3))
def test_confirming_while_it_is_rewritten_never_confirms_the_unread(world, _):
    talk = recorded(world)
    read, now = digest_of(talk), timezone.now()

    at_once(
        lambda: services.confirm_record(world.actor("ben"), talk.pk, digest=read, at=now),
        lambda: write(world, talk, "改", expected_version=1),
    )

    talk.refresh_from_db()
    standing = standing_of(talk)
    assert (talk.state == "confirmed") == (standing.version == 1)
    assert (standing.state == "confirmed") == (talk.state == "confirmed")
    for said in Confirmation.objects.all():
        assert bytes(said.version_digest) == read


@pytest.mark.parametrize("_", range(3))
def test_a_confirmation_sent_twice_at_once_is_said_once_and_nobody_is_told_otherwise(world, _):
    talk = recorded(world)
    digest = digest_of(talk)

    def say():
        return services.confirm_record(
            world.actor("ben"), talk.pk, digest=digest, at=timezone.now()
        )

    outcomes = at_once(say, say)

    assert lost(outcomes) == 0
    assert Confirmation.objects.count() == 1
    assert events_about(talk).count("talk.confirmed") == 1


@pytest.mark.parametrize("_", range(3))
def test_of_two_windows_with_a_first_memo_one_is_told_and_none_breaks(world, _):
    talk = held(world)

    def keep(text):
        return lambda: services.write_memo(
            world.actor("ada"), talk.pk, text=text, at=timezone.now()
        )

    outcomes = at_once(keep("一"), keep("二"))

    assert lost(outcomes) + Record.objects.get(kind="memo").latest == 2


@pytest.mark.parametrize("_", range(3))
def test_whoever_asks_four_times_at_once_to_read_a_talk_has_asked_once(world, _):
    for key, role in (("cleo", Role.SUPERVISOR), ("emil", Role.SECURITY_ADMIN)):
        world.entrust(key, role)
    talk, asker = recorded(world), world.actor("cleo")

    def ask():
        return services.ask_to_read(asker, talk.pk, reason="核对", hours=8, at=timezone.now())

    outcomes = at_once(*[ask] * 4)

    asked = ContentRequest.objects.get()
    assert lost(outcomes) == 3
    assert {one.request_id for one in outcomes if isinstance(one, AskedAlready)} == {asked.pk}
    assert events_about(talk).count("access.asked") == 1
    assert Record.objects.filter(kind="reason", about_id=asked.pk).count() == 1
