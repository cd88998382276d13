"""What a calendar outside learns of somebody's talks, and when it learns nothing more."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from talk_kinds import adopt
from talk_steps import agreed, held, proposed
from tanxin.apps.accounts.models import CalendarAddress
from tanxin.apps.accounts.passwords import change_password
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.org import services as org
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.services import cancel, deny_talk

PAGE = reverse("calendar:page")
SAID = {
    "UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "SEQUENCE", "STATUS", "CLASS", "LOCATION",
}  # fmt: skip


def address_of(client) -> str:
    shown = client.post(PAGE).content.decode()
    return re.search(r"<code>http://testserver(/calendar/[\w-]+\.ics)</code>", shown)[1]


@pytest.fixture
def bens(world):
    return address_of(world.client("ben"))


def events(body: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def fetched(address: str) -> list[icalendar.Event]:
    """As a calendar does it: without a login."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return events(answer.content)


def test_a_talk_stands_with_time_place_and_one_word(world, bens):
    talk = agreed(world, place="三楼；小会议室,\n东侧", kind="warning")

    (event,) = fetched(bens)

    assert event["SUMMARY"] == "谈话"
    assert event["LOCATION"] == "三楼；小会议室,\n东侧"
    assert event.decoded("DTSTART") == talk.planned_for.replace(microsecond=0)
    assert event["STATUS"] == "CONFIRMED"
    assert set(event.keys()) <= SAID


def test_nothing_else_leaves(world, bens):
    agreed(world, place="三楼")
    body = Client().get(bens).content.decode()

    for name in ("ada", "ben"):
        assert world.people[name].hex not in body.replace("-", "")
    assert str(Talk.objects.get().pk) not in body
    assert not re.search("warning|routine|警示|日常", body)


def test_the_two_calendars_cannot_be_laid_side_by_side(world, bens):
    agreed(world)
    adas = address_of(world.client("ada"))

    (for_ada,), (for_ben,) = fetched(adas), fetched(bens)

    assert for_ada["UID"] != for_ben["UID"]
    assert for_ada["DTSTART"] == for_ben["DTSTART"]


def test_what_is_only_proposed_is_tentative_and_what_is_off_is_taken_out(world, bens):
    talk = proposed(world, place="三楼")
    (before,) = fetched(bens)

    cancel(world.actor("ada"), talk.pk, reason="临时有会", at=timezone.now())
    (after,) = fetched(bens)

    assert (before["STATUS"], after["STATUS"]) == ("TENTATIVE", "CANCELLED")
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "LOCATION" not in after


def test_others_talks_are_not_in_it(world):
    agreed(world)
    assert fetched(address_of(world.client("cleo"))) == []


def test_what_is_long_over_is_left_out(world, bens):
    held(world, ago=timedelta(days=90))
    assert fetched(bens) == []


def test_the_same_dates_are_sent_once(world, bens):
    agreed(world)
    tag = Client().get(bens)["ETag"]

    assert Client().get(bens, headers={"If-None-Match": tag}).status_code == 304
    agreed(world, days=5)
    assert Client().get(bens, headers={"If-None-Match": tag}).status_code == 200


def test_a_new_address_ends_the_old_one_and_both_are_in_the_log(world, bens):
    newer = address_of(world.client("ben"))

    assert Client().get(bens).status_code == 404
    assert fetched(newer) == []
    assert AuditLeaf.objects.filter(event="account.calendar_made").count() == 2


def test_an_address_taken_out_of_use_is_gone(world, bens):
    ben = world.client("ben")
    ben.post(reverse("calendar:remove"))

    assert Client().get(bens).status_code == 404
    assert "您已于" not in ben.get(PAGE).content.decode()
    assert AuditLeaf.objects.filter(event="account.calendar_removed").count() == 1


def test_the_address_is_kept_as_a_digest_and_shown_once(world):
    ben = world.client("ben")
    secret = address_of(ben).removeprefix("/calendar/").removesuffix(".ics")

    row = CalendarAddress.objects.get()
    assert secret not in (row.digest, str(row.pk))
    assert len(secret) == 43
    assert secret not in ben.get(PAGE).content.decode()


def test_a_new_password_ends_the_address(world, bens):
    change_password(world.actor("ben"), "vier-worte-ohne-sinn", cookie="", at=timezone.now())
    assert Client().get(bens).status_code == 404


def test_what_waits_for_approval_is_tentative_and_what_is_denied_is_off(world):
    adopt(world)
    talk = proposed(world, kind="warning", type_id="admonishing", by="emil", other="cleo")
    emils = address_of(world.client("emil"))
    assert [event["STATUS"] for event in fetched(emils)] == ["TENTATIVE"]
    assert fetched(address_of(world.client("cleo"))) == []

    deny_talk(world.actor("ada"), talk.pk, reason="事由不足", at=timezone.now())

    assert [event["STATUS"] for event in fetched(emils)] == ["CANCELLED"]


def test_who_has_left_is_told_nothing_more(world, bens):
    agreed(world)
    org.leave_realm(world.founder, world.people["ben"], on=timezone.localdate(), at=timezone.now())
    assert Client().get(bens).status_code == 404


def test_a_year_of_talks_costs_no_more_queries_than_one(world, bens):
    agreed(world, place="三楼")
    few = counted(bens)
    for day in range(2, 12):
        agreed(world, days=day, place="三楼")

    assert counted(bens) == few <= 5


def counted(address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        fetched(address)
    return len(seen)


def test_one_talk_is_put_into_a_calendar_by_hand(world):
    talk = agreed(world, place="三楼")

    answer = world.client("ben").get(reverse("calendar:one", args=[talk.pk]))

    assert [event["SUMMARY"] for event in events(answer.content)] == ["谈话"]
    assert "attachment" in answer["Content-Disposition"]
    assert world.client("cleo").get(reverse("calendar:one", args=[talk.pk])).status_code == 404
