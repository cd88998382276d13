"""Between password and second factor nobody is in, and what he had shown must still be true."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from login_steps import PASSWORD, code_of, log_in, set_up_app
from tanxin.apps.accounts.passwords import change_password, keep_code, new_code

SECOND = reverse("login:second")


@pytest.fixture
def waiting(world):
    """Somebody who knows Fay's password and has got as far as the question for a code."""
    world.person("fay", "费伊")
    world.account("fay", PASSWORD, handle="F100")
    own = Client()
    log_in(own)
    secret, _ = set_up_app(own)
    client = Client()
    assert log_in(client)["Location"] == SECOND
    return world, client, secret


def new_password(world):
    change_password(world.actor("fay"), "eine ganz andere", cookie="", at=timezone.now())


def code_given(world):
    keep_code(world.actor("dora"), world.accounts["fay"], new_code(), at=timezone.now())


@pytest.mark.parametrize("happens", [new_password, code_given])
def test_a_password_that_was_replaced_meanwhile_leads_nowhere(waiting, happens):
    world, client, secret = waiting

    happens(world)
    answer = client.post(SECOND, {"code": code_of(secret, time.time() + 30)})

    assert answer["Location"] == reverse("login:login")
    assert client.get(reverse("home:home")).status_code == 302


def test_no_page_but_the_question_opens_between_the_two(waiting):
    _, client, _ = waiting
    for name in ("home:home", "prefs:security", "prefs:password", "prefs:app", "login:confirm"):
        answer = client.get(reverse(name))

        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login:login"))
