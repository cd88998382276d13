"""Where a login is kept: how long it holds, and what a stolen table is worth."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.urls import reverse

from tanxin.apps.accounts.models import Session
from tanxin.apps.accounts.sealed_session import digest_of
from tanxin.web.login.session_store import SessionStore

HOME = reverse("home:home")
START = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def is_in(client):
    return client.get(HOME).status_code == 200


def test_the_table_holds_neither_the_cookie_nor_a_word_of_the_session(world):
    ada = world.client("ada")
    session = ada.session
    session["word"] = "金丝雀"
    session.save()

    row = Session.objects.get(account=world.accounts["ada"])
    cookie = ada.cookies["sessionid"].value
    assert row.digest == digest_of(cookie)
    everything = b" ".join(str(value).encode() for value in vars(row).values()) + bytes(row.content)
    assert cookie.encode() not in everything
    assert "金丝雀".encode() not in everything
    assert SessionStore(cookie)["word"] == "金丝雀"


def test_what_stands_in_the_table_logs_nobody_in(world, client):
    world.client("ada")
    row = Session.objects.get()

    for value in (row.digest, str(row.pk), bytes(row.content).hex()):
        client.cookies["sessionid"] = value
        assert not is_in(client)


def test_a_session_that_rests_is_over_after_the_idle_time(world, clock, settings):
    settings.TANXIN_SESSION_IDLE_MINUTES = 15
    ada = world.client("ada")

    clock.shift(timedelta(minutes=14, seconds=59))
    assert is_in(ada)
    clock.shift(timedelta(minutes=15))
    assert not is_in(ada)
    assert not Session.objects.filter(account=world.accounts["ada"]).exists()


def test_a_session_that_is_over_does_not_come_back_with_the_clock(world, clock):
    ada = world.client("ada")
    clock.shift(timedelta(minutes=16))
    assert not is_in(ada)

    clock.move_to(START)
    assert not is_in(ada)


def test_no_session_outlasts_its_day_however_busy_it_is(world, clock, settings):
    settings.TANXIN_SESSION_HOURS = 8
    ada = world.client("ada")

    for _ in range(47):
        clock.shift(timedelta(minutes=10))
        assert is_in(ada)
    clock.shift(timedelta(minutes=10))
    assert not is_in(ada)


def test_a_new_key_does_not_draw_out_the_day(world, clock):
    ada = world.client("ada")
    clock.shift(timedelta(minutes=10))
    session = ada.session
    session.cycle_key()
    session.save()
    ada.cookies["sessionid"] = session.session_key

    assert Session.objects.get(account=world.accounts["ada"]).began_at == START


def test_an_ended_session_is_not_written_again(world):
    ada = world.client("ada")
    session = ada.session
    session["word"] = "x"
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


def test_a_row_given_to_another_account_opens_nothing(world):
    ada = world.client("ada")
    Session.objects.update(account=world.accounts["ben"])

    assert not is_in(ada)


def test_the_table_is_written_once_a_minute_and_read_once_a_page(
    world, clock, django_assert_num_queries
):
    ada = world.client("ada")
    store = SessionStore(ada.cookies["sessionid"].value)
    clock.shift(timedelta(seconds=59))
    with django_assert_num_queries(1):
        store.load()
    clock.shift(timedelta(seconds=2))
    with django_assert_num_queries(2):
        store.load()
    with django_assert_num_queries(1):
        store.load()


def test_expired_rows_are_cleared_away(world, clock):
    world.client("ada")
    clock.shift(timedelta(hours=9))
    world.client("ben")

    SessionStore.clear_expired()
    assert [row.account_id for row in Session.objects.all()] == [world.accounts["ben"]]


def test_the_cookie_ends_with_the_browser_and_is_not_for_scripts(client, world):
    world.person("fay")
    world.account("fay", "correct-horse-battery", handle="F100")
    client.post(reverse("login:login"), {"handle": "F100", "password": "correct-horse-battery"})

    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
