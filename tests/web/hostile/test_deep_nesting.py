"""JSON so deep that reading it overflows is refused like any other that is none."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tanxin.apps.accounts.second_factor.passkeys import PasskeyRefused, parsed

DEEP = "[" * 200_000


def test_an_answer_of_a_key_that_nests_too_deep_is_no_answer(world):
    account = get_user_model().objects.get(pk=world.accounts["ada"])
    account.set_password("long enough for ada")
    account.save()
    client = world.client("ada")
    session = client.session
    session["fresh"] = 0
    session.save()

    answer = client.post(reverse("login:confirm"), {"itsme-credential": DEEP})

    assert answer.status_code == 422
    with pytest.raises(PasskeyRefused):
        parsed(DEEP)


@pytest.mark.parametrize("name", ["ada", None])
def test_a_body_that_nests_too_deep_is_answered_with_a_page(world, name):
    client = world.client(name) if name else Client()

    answer = client.post(reverse("login:login"), DEEP, content_type="application/json")

    assert answer.status_code == 422
