"""Reception days: set by few, booked by anybody, and who booked is for the two sides."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from talk_steps import events_about
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.services import leave_realm
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Booked, Request, Talk
from tanxin.apps.talks.receiving.access import ReceptionForbidden, receptions
from tanxin.apps.talks.receiving.booking import book_slot
from tanxin.apps.talks.receiving.days import booked_talks, days_of
from tanxin.apps.talks.receiving.models import ChangedDay
from tanxin.apps.talks.receiving.refusals import (
    BookedAlready,
    HoursNotMeant,
    LeadsNobody,
    NoSuchDay,
    SlotGone,
)
from tanxin.apps.talks.receiving.setting import Hours, change_day, end_reception, set_reception
from tanxin.apps.talks.refusals import TalkWithOneself, TextMissing, TimeTaken
from tanxin.core.calendar import Weeks

HOURS = {
    "weekday": 2, "weeks": Weeks.EVERY, "begins": time(9), "ends": time(10), "minutes": 30,
    "place": "一楼接待室", "start": date(2026, 1, 1),
}  # fmt: skip


def hours_of(world, by="ada", leader="ada", **more):
    hours = Hours(**HOURS | more)
    return set_reception(world.actor(by), world.people[leader], hours, at=timezone.now())


@pytest.fixture
def hours(world):
    return hours_of(world)


def coming(world, row, by="cleo"):
    """From tomorrow on: of today there may be nothing left."""
    now, today = timezone.now(), timezone.localdate()
    return [day for day in days_of(world.actor(by), [row], now=now) if day.on > today]


def book(world, row, slot, by="cleo", **more):
    return book_slot(world.actor(by), row.pk, begins=slot.begins, at=timezone.now(), **more)


def test_a_booking_is_agreed_at_once_and_its_topic_only_for_who_receives(world, hours):
    day = coming(world, hours)[0]
    form = uuid4()

    talk = book(world, hours, day.slots[0], topic="金丝雀：想换岗", form=form)
    again = book(world, hours, day.slots[0], topic="金丝雀：想换岗", form=form)

    assert again == talk
    assert (talk.state, talk.initiator_id, talk.subject_id) == ("agreed", world.ada, world.cleo)
    assert talk.planned_for == day.slots[0].begins
    request = Request.objects.get()
    assert (request.state, request.talk_id) == ("accepted", talk.pk)
    topic = Record.objects.get(kind="topic")
    assert open_texts(world.actor("ada"), [topic.pk], "asked")[topic.pk] == "金丝雀：想换岗"
    assert events_about(talk) == ["talk.proposed", "talk.agreed"]
    assert events_about(hours) == ["reception.set", "reception.booked"]
    assert [slot.taken for slot in coming(world, hours, "ben")[0].slots] == [True, False]


def test_one_time_for_each_and_none_twice(world, hours):
    first, second = coming(world, hours)[0].slots
    talk = book(world, hours, first)

    with pytest.raises(TimeTaken):
        book(world, hours, first, by="ben")
    with pytest.raises(BookedAlready):
        book(world, hours, second)
    with pytest.raises(TalkWithOneself):
        book(world, hours, second, by="ada")
    with pytest.raises(SlotGone):
        book_slot(
            world.actor("ben"), hours.pk, begins=first.begins + timedelta(minutes=5),
            at=timezone.now(),
        )  # fmt: skip
    assert Request.objects.count() == Talk.objects.count() == 1
    services.cancel(world.actor("cleo"), talk.pk, reason="出差", at=timezone.now())
    assert book(world, hours, first, by="ben").state == "agreed"


def test_only_the_leader_his_secretary_and_organisers_set_hours_and_only_of_leaders(world):
    today, now = timezone.localdate(), timezone.now()
    for name in ("ben", "emil"):
        with pytest.raises(ReceptionForbidden):
            hours_of(world, by=name)
    with pytest.raises(LeadsNobody):
        hours_of(world, by="cleo", leader="cleo")
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=now)

    for name in ("cleo", "dora"):
        assert hours_of(world, by=name).leader_id == world.ada
    for wrong in (
        {"minutes": 20},
        {"begins": time(9, 5)},
        {"ends": time(9, 15)},
        {"last": date(2025, 1, 1)},
    ):
        with pytest.raises(HoursNotMeant):
            hours_of(world, **wrong)


def test_who_booked_is_on_the_list_of_who_receives_and_of_his_secretary_only(world, hours):
    day = coming(world, hours)[0]
    talk = book(world, hours, day.slots[1], by="ben")
    today = timezone.localdate()
    name_secretary(world.actor("ada"), world.ada, world.cleo, start=today, at=timezone.now())

    def listed(name):
        return booked_talks(world.actor(name), hours, day.on, today=today)

    assert listed("ada") == listed("cleo") == [talk]
    assert listed("dora") == listed("emil") == listed("ben") == []


def test_on_a_day_a_stand_in_receives_who_booked_is_told_and_books_anew(world, hours):
    day = coming(world, hours)[0]
    talk = book(world, hours, day.slots[0], by="ben")
    ada, now = world.actor("ada"), timezone.now()

    with pytest.raises(TextMissing):
        change_day(ada, hours.pk, on=day.on, stand_in=world.emil, reason=" ", at=now)
    with pytest.raises(NoSuchDay):
        change_day(ada, hours.pk, on=day.on + timedelta(days=1), reason="开会", at=now)
    with pytest.raises(ReceptionForbidden):
        change_day(world.actor("emil"), hours.pk, on=day.on, reason="开会", at=now)
    assert not ChangedDay.objects.exists()
    change_day(ada, hours.pk, on=day.on, stand_in=world.emil, reason="赴省里开会", at=now)

    talk.refresh_from_db()
    assert talk.state == "cancelled"
    assert not Booked.objects.exists()
    changed = coming(world, hours)[0]
    assert changed.by == world.emil
    assert book(world, hours, changed.slots[0], by="ben").initiator_id == world.emil
    change_day(ada, hours.pk, on=day.on, reason="机关停电", at=now)
    off = coming(world, hours)[0]
    assert (off.by, list(off.slots)) == (None, [])
    assert not Booked.objects.exists()


def test_ended_hours_are_offered_no_more_and_what_was_booked_later_is_called_off(world, hours):
    days = coming(world, hours)
    soon, later = (
        book(world, hours, days[0].slots[0]),
        book(world, hours, days[1].slots[0], by="ben"),
    )

    end_reception(
        world.actor("dora"), hours.pk, last=days[0].on, reason="调整接待时间", at=timezone.now()
    )

    hours.refresh_from_db()
    assert [day.on for day in coming(world, hours)] == [days[0].on]
    later.refresh_from_db()
    assert (later.state, Talk.objects.get(pk=soon.pk).state) == ("cancelled", "agreed")
    later_day = days[0].on + timedelta(days=1)
    assert not receptions(world.actor("ben"), on=later_day).exists()


def test_looking_at_many_hours_asks_the_database_no_more(world, hours, django_assert_num_queries):
    rows = [hours, *(hours_of(world, weekday=n) for n in range(4))]
    now = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
    cleo = world.actor("cleo")

    with django_assert_num_queries(4):
        assert len(days_of(cleo, rows, now=now)) > 30


def test_who_has_left_receives_nobody_any_more(world, hours):
    slot = coming(world, hours)[0].slots[0]
    leave_realm(world.founder, world.ada, on=timezone.localdate(), at=timezone.now())

    assert not receptions(world.actor("cleo"), on=timezone.localdate()).exists()
    with pytest.raises(SlotGone):
        book(world, hours, slot)
