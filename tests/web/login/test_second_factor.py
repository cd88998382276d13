"""Two steps: a password opens nothing any more where a second factor was added."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from login_steps import code_of, log_in, set_up_app
from tanxin.apps.accounts.models import Session
from tanxin.apps.audit.models import AuditLeaf

HOME, SECOND = reverse("home:home"), reverse("login:second")


def is_in(client):
    return client.get(HOME).status_code == 200


def later(**away):
    """The codes of the setup are used up; the next ones come with time."""
    return time_machine.travel(timezone.now() + timedelta(**away), tick=True)


def test_the_picture_and_the_letters_say_the_same(in_as_fay):
    page = in_as_fay.get(reverse("prefs:app"))

    assert "otpauth" not in page.content.decode()
    assert "<svg" in page.content.decode()
    assert "data:image" not in page.content.decode()
    assert len(page.context["secret"].replace(" ", "")) == 32


def test_a_wrong_first_code_switches_nothing_on(in_as_fay):
    in_as_fay.get(reverse("prefs:app"))
    answer = in_as_fay.post(reverse("prefs:app"), {"code": "000000"})

    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_ten_recovery_codes_come_with_the_first_factor(in_as_fay):
    _, codes = set_up_app(in_as_fay)

    assert len(set(codes)) == 10
    assert AuditLeaf.objects.filter(event="account.second_factor_added").count() == 1


def test_the_password_alone_opens_nothing_any_more(in_as_fay, client):
    set_up_app(in_as_fay)

    answer = log_in(client, next=reverse("issues:mine"))

    assert answer["Location"] == SECOND
    assert not is_in(client)
    assert client.get(SECOND).status_code == 200


def test_with_the_code_one_comes_to_the_page_that_was_asked_for(in_as_fay, client):
    secret, _ = set_up_app(in_as_fay)
    log_in(client, next=reverse("issues:mine"))
    before = client.cookies["sessionid"].value

    answer = client.post(SECOND, {"code": code_of(secret, time.time() + 30)})

    assert answer["Location"] == reverse("issues:mine")
    assert is_in(client)
    assert client.cookies["sessionid"].value != before
    client.cookies["sessionid"] = before
    assert not is_in(client)


def test_a_code_is_good_once_in_every_process(in_as_fay, client):
    secret, _ = set_up_app(in_as_fay)
    code = code_of(secret, time.time() + 30)
    log_in(client)
    client.post(SECOND, {"code": code})
    second = Client()
    log_in(second)

    assert second.post(SECOND, {"code": code}).status_code == 422
    assert not is_in(second)


def test_a_recovery_code_is_good_once(in_as_fay, client):
    _, codes = set_up_app(in_as_fay)
    log_in(client)
    assert client.post(SECOND, {"code": codes[3]}).status_code == 303

    second = Client()
    log_in(second)
    assert second.post(SECOND, {"code": codes[3]}).status_code == 422
    assert second.post(SECOND, {"code": f" {codes[4][:4]} {codes[4][4:]} "}).status_code == 303


def test_after_five_wrong_codes_even_the_right_one_must_wait(in_as_fay, client):
    secret, codes = set_up_app(in_as_fay)
    log_in(client)
    for _ in range(5):
        assert client.post(SECOND, {"code": "000000"}).status_code == 422

    log_in(client)
    assert client.post(SECOND, {"code": codes[0]}).status_code == 422
    assert client.post(SECOND, {"code": code_of(secret, time.time() + 30)}).status_code == 422
    assert not is_in(client)


def test_the_second_step_waits_five_minutes_and_no_longer(in_as_fay, client):
    secret, _ = set_up_app(in_as_fay)
    log_in(client)

    with later(minutes=6):
        answer = client.post(SECOND, {"code": code_of(secret)})
        assert answer["Location"] == reverse("login:login")
        assert not is_in(client)


def test_new_codes_make_the_old_ones_worthless(in_as_fay, client):
    _, old = set_up_app(in_as_fay)
    new = in_as_fay.post(reverse("prefs:codes")).context["codes"]

    assert not set(old) & set(new)
    log_in(client)
    assert client.post(SECOND, {"code": old[0]}).status_code == 422
    assert client.post(SECOND, {"code": new[0]}).status_code == 303


def test_another_factor_ends_all_other_logins(in_as_fay, fay):
    other = Client()
    log_in(other)
    assert is_in(other)

    set_up_app(in_as_fay)

    assert is_in(in_as_fay)
    assert not is_in(other)
    assert Session.objects.filter(account=fay.accounts["fay"]).count() == 1


def test_taking_the_last_factor_takes_the_codes_too(in_as_fay, client):
    set_up_app(in_as_fay)
    factor = Authenticator.objects.get(type="totp")
    in_as_fay.post(reverse("prefs:take-factor", args=[factor.pk]))

    assert not Authenticator.objects.exists()
    assert log_in(client)["Location"] == HOME
    assert AuditLeaf.objects.filter(event="account.second_factor_removed").exists()


def test_nobody_takes_away_what_is_anothers(in_as_fay, fay):
    set_up_app(in_as_fay)
    factor = Authenticator.objects.get(type="totp")

    answer = fay.client("ada").post(reverse("prefs:take-factor", args=[factor.pk]))
    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_a_seed_moved_to_another_account_is_worth_nothing(in_as_fay, fay, client):
    set_up_app(in_as_fay)
    fay.person("gus")
    fay.account("gus", "noch-eine-lampe-weiter", handle="G100")
    gus = Client()
    log_in(gus, "G100", "noch-eine-lampe-weiter")
    secret, _ = set_up_app(gus)
    mine = Authenticator.objects.get(type="totp", user__handle="G100")
    Authenticator.objects.filter(type="totp", user__handle="F100").update(data=mine.data)

    log_in(client)
    assert client.post(SECOND, {"code": code_of(secret, time.time() + 30)}).status_code == 422


def test_allauth_keeps_no_mail_addresses(in_as_fay):
    set_up_app(in_as_fay)

    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("answer", ["", "x", "[]", "{}", '{"id": "AA"}'])
def test_a_made_up_passkey_is_refused(in_as_fay, answer, client):
    sent = {"name": "mein Schlüssel", "credential": answer}
    in_as_fay.get(reverse("prefs:passkey"))

    assert in_as_fay.post(reverse("prefs:passkey"), sent).status_code == 422
    assert not Authenticator.objects.exists()

    set_up_app(in_as_fay)
    log_in(client)
    assert client.post(SECOND, {"credential": answer}).status_code == 422


def test_the_code_that_set_the_app_up_neither_logs_in_nor_confirms(in_as_fay, client):
    with time_machine.travel(timezone.now(), tick=False):
        secret, _ = set_up_app(in_as_fay)
        used = code_of(secret)
        log_in(client)

        assert client.post(SECOND, {"code": used}).status_code == 422
        assert not is_in(client)
        answer = in_as_fay.post(reverse("login:confirm"), {"itsme-code": used})
        assert answer.status_code == 422
        assert client.post(SECOND, {"code": code_of(secret, time.time() + 30)}).status_code == 303
