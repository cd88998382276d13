from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher

from tanxin.apps.accounts.limiter import WINDOW, TooManyAttempts, counters, take_attempt
from tanxin.apps.accounts.models import LoginFailures
from tanxin.apps.accounts.sign_in import WrongLogin, account_of_login

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
RIGHT = "correct-horse-battery"


@pytest.fixture(autouse=True)
def ben(db):
    user = get_user_model()(handle="A100")
    user.set_password(RIGHT)
    user.save()
    return user


def login(handle="A100", password=RIGHT, source="10.0.0.1", at=NOW):
    return account_of_login(handle, password, source=source, at=at)


def fail(times, **more):
    for _ in range(times):
        with pytest.raises(WrongLogin):
            login(password="wrong", **more)


def test_handle_and_password_name_the_account(ben):
    assert login() == ben
    assert login(handle="  A100 ") == ben


@pytest.mark.parametrize("handle", ["A100", "nobody"])
def test_an_unknown_handle_is_refused_like_a_wrong_password(handle):
    with pytest.raises(WrongLogin) as refusal:
        login(handle=handle, password="wrong")

    assert refusal.value.args == ()


def test_a_closed_account_is_refused_in_the_same_way(ben):
    ben.is_active = False
    ben.save()

    with pytest.raises(WrongLogin):
        login()


def test_after_five_failures_even_the_right_password_must_wait():
    fail(5)

    with pytest.raises(WrongLogin):
        login(source="10.0.0.2")


def test_an_unknown_handle_is_slowed_down_just_the_same():
    fail(5, handle="nobody")

    with pytest.raises(WrongLogin):
        login(handle="nobody")


def test_other_accounts_go_on_logging_in(ben):
    fail(5, handle="somebody else")

    assert login() == ben


def test_one_source_cannot_try_one_account_after_the_other():
    for number in range(50):
        fail(1, handle=f"guess-{number}")

    with pytest.raises(WrongLogin):
        login()
    assert login(source="10.0.0.2")


def test_it_is_over_after_a_while(ben):
    fail(5)

    assert login(at=NOW + WINDOW + timedelta(seconds=1)) == ben


def test_who_logs_in_starts_anew(ben):
    fail(4)
    login()
    fail(4)

    assert login() == ben


def test_right_logins_from_one_source_are_not_counted_against_it(ben):
    for _ in range(60):
        assert login() == ben


def test_the_table_holds_neither_handles_nor_addresses():
    fail(1, handle="A100")

    keys = " ".join(LoginFailures.objects.values_list("key", flat=True))
    assert "A100" not in keys
    assert "10.0.0.1" not in keys


class Counting(MD5PasswordHasher):
    """Says how often a password was looked at."""

    looked = 0

    def encode(self, password, salt):
        Counting.looked += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("kind", ["wrong", "unknown", "closed", "waiting"])
def test_every_refusal_looks_at_one_password(ben, kind, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    ben.set_password(RIGHT)
    ben.is_active = kind != "closed"
    ben.save()
    if kind == "waiting":
        fail(5)
    Counting.looked = 0

    with pytest.raises(WrongLogin) as refusal:
        login(
            handle="nobody" if kind == "unknown" else "A100",
            password="wrong" if kind != "closed" else RIGHT,
        )

    assert Counting.looked == 1
    assert refusal.value.args == ()


def test_at_most_twenty_guesses_an_hour_are_looked_at_for_one_account():
    looked = 0
    for minute in range(60):
        for number in range(20):
            try:
                take_attempt(
                    counters("A100", f"10.0.{minute}.{number}"), NOW + timedelta(minutes=minute)
                )
            except TooManyAttempts:
                continue
            looked += 1

    assert looked <= 20
