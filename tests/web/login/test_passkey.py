"""Passkeys as the second step, answered by a key of software."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from login_steps import log_in
from software_key import SoftwareKey

PAGE, SECOND, HOME = reverse("prefs:passkey"), reverse("login:second"), reverse("home:home")
NAME = "金丝雀钥匙"


def browser():
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def owner(fay):
    client = browser()
    log_in(client)
    return client


def add(client, key, name=NAME):
    options = client.get(PAGE).context["options"]
    return client.post(PAGE, {"name": name, "credential": key.create(options)})


def answer_of(client, key):
    return key.get(client.get(SECOND).context["passkey_options"])


def is_in(client):
    return client.get(HOME).status_code == 200


def test_a_key_is_added_and_brings_recovery_codes(owner):
    answer = add(owner, SoftwareKey())

    assert len(answer.context["codes"]) == 10
    assert NAME in owner.get(reverse("prefs:security")).content.decode()
    assert NAME not in str(Authenticator.objects.get(type="webauthn").data)


def test_it_is_the_second_step(owner):
    key, client = SoftwareKey(), browser()
    add(owner, key)
    log_in(client)
    assert not is_in(client)

    answer = client.post(SECOND, {"credential": answer_of(client, key)})
    assert answer["Location"] == HOME
    assert is_in(client)


def test_another_key_is_refused(owner):
    add(owner, SoftwareKey())
    stranger, client = SoftwareKey(), browser()
    log_in(client)

    assert client.post(SECOND, {"credential": answer_of(client, stranger)}).status_code == 422
    assert not is_in(client)


def test_the_same_name_with_another_key_behind_it_is_refused(owner):
    key, client = SoftwareKey(), browser()
    add(owner, key)
    forged = SoftwareKey()
    forged.id = key.id
    log_in(client)

    assert client.post(SECOND, {"credential": answer_of(client, forged)}).status_code == 422


def test_an_answer_is_good_for_one_question(owner):
    key, client = SoftwareKey(), browser()
    add(owner, key)
    log_in(client)
    given = answer_of(client, key)
    client.post(SECOND, {"credential": given})

    again = browser()
    log_in(again)
    again.get(SECOND)
    assert again.post(SECOND, {"credential": given}).status_code == 422


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example"])
def test_an_answer_given_on_another_site_is_refused(owner, origin):
    assert add(owner, SoftwareKey(origin)).status_code == 422
    assert not Authenticator.objects.exists()


def test_at_a_bare_address_it_is_said_beforehand_that_a_key_needs_a_name(fay):
    client = Client(SERVER_NAME="127.0.0.1")
    log_in(client)

    for url in (PAGE, reverse("prefs:security")):
        assert "要求用域名访问" in client.get(url).content.decode()
    assert "data-passkey=" not in client.get(PAGE).content.decode()
    assert "要求用域名访问" not in add_page(fay)


def add_page(_account):
    client = browser()
    log_in(client)
    return client.get(PAGE).content.decode()
