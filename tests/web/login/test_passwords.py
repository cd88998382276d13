"""Choosing a password, and being given a code to choose one with."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from login_steps import PASSWORD, log_in, set_up_app
from tanxin.apps.accounts.models import Account, ResetCode
from tanxin.apps.accounts.passwords import refuse_weak
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.sealing import client as sealing
from tanxin.core.access import Role

HOME, RESET = reverse("home:home"), reverse("login:reset")
NEW = "vier-worte-ohne-sinn-zusammen"
GUESSED = [
    "woaini1314520", "password2026!", "Tanxin@2026", "1qaz2wsx3edc", "qwertyuiop1", "zhang19880808",
    "aaaaaaaaaaaa", "1234567890123", "19491001-1949", "P@ssw0rd2026", "F100-2026-xx", "asdfghjkl123",
]  # fmt: skip
FINE = ["gelbe-lampe-am-fenster", "雨后小巷的青石板路", "Kx7#mPq2vL", "三月的河水很凉呢2026"]


def is_in(client):
    return client.get(HOME).status_code == 200


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(ValidationError):
        refuse_weak(password, "F100")


@pytest.mark.parametrize("password", FINE)
def test_what_nobody_guesses_is_taken(password):
    if len(password) >= 10:
        refuse_weak(password, "F100")


def test_changing_it_ends_the_other_logins_and_keeps_this_one(in_as_fay, fay):
    other = Client()
    log_in(other)
    before = in_as_fay.cookies["sessionid"].value

    answer = in_as_fay.post(reverse("prefs:password"), {"new_password": NEW, "password_again": NEW})

    assert answer["Location"] == reverse("prefs:security")
    assert is_in(in_as_fay)
    assert in_as_fay.cookies["sessionid"].value != before
    assert not is_in(other)
    assert log_in(Client()).status_code == 422
    assert AuditLeaf.objects.filter(event="account.password_changed").count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"new_password": NEW, "password_again": "x"},
        {"new_password": "woaini1314"},
        {"new_password": ""},
    ],
)
def test_a_refused_one_changes_nothing_and_is_not_shown_again(in_as_fay, sent):
    answer = in_as_fay.post(reverse("prefs:password"), sent)

    assert answer.status_code == 422
    assert sent["new_password"] == "" or sent["new_password"] not in answer.content.decode()
    assert log_in(Client()).status_code == 303


def test_who_got_his_password_from_somebody_must_choose_one_first(fay, client):
    Account.objects.filter(handle="F100").update(must_change_password=True)
    log_in(client)

    assert client.get(HOME)["Location"] == reverse("prefs:password")
    assert client.get(reverse("prefs:password")).status_code == 200
    client.post(reverse("prefs:password"), {"new_password": NEW, "password_again": NEW})
    assert is_in(client)
    again = Client()
    log_in(again, password=NEW)
    assert is_in(again)


@pytest.fixture
def guard(fay):
    """A security administrator, whom the keeper knows as one."""
    fay.entrust("cleo", Role.SECURITY_ADMIN)
    sealing.entrust_task(fay.realm_id, fay.session("cleo"), fay.cleo, "security", on=True)
    return fay.client("cleo")


def code_for(guard, fay, name="fay"):
    return guard.post(reverse("login:code", args=[fay.people[name]])).context["code"]


def with_code(client, code, handle="F100", new=NEW):
    return client.post(
        RESET, {"handle": handle, "code": code, "new_password": new, "password_again": new}
    )


def test_a_code_is_shown_once_and_only_its_digest_is_kept(guard, fay):
    page = reverse("login:code", args=[fay.people["fay"]])
    assert guard.get(page).context["code"] == ""
    code = code_for(guard, fay)

    assert code not in guard.get(page).content.decode()
    assert code.replace("-", "") not in str(ResetCode.objects.values().get())
    assert AuditLeaf.objects.get(event="account.reset_given").person == fay.cleo


def test_with_it_the_owner_chooses_a_password_and_logs_in(guard, fay, client):
    code = code_for(guard, fay)
    assert log_in(client).status_code == 422

    assert with_code(client, code.lower())["Location"] == reverse("login:login")
    assert not is_in(client)
    log_in(client, password=NEW)
    assert is_in(client)


def test_giving_it_ends_every_login_at_once(guard, fay, in_as_fay):
    code_for(guard, fay)

    assert not is_in(in_as_fay)


def test_a_second_factor_stays_unless_it_is_lost_too(guard, fay, in_as_fay):
    set_up_app(in_as_fay)
    client = Client()
    with_code(client, code_for(guard, fay))
    assert log_in(client, password=NEW)["Location"] == reverse("login:second")

    page = reverse("login:code", args=[fay.people["fay"]])
    code = guard.post(page, {"without_factors": "1"}).context["code"]
    with_code(client, code)
    assert log_in(client, password=NEW)["Location"] == HOME
    removed = AuditLeaf.objects.get(event="account.second_factor_removed")
    assert (removed.person, removed.subject_id) == (fay.cleo, fay.accounts["fay"])


def test_it_is_good_once_and_for_a_day(guard, fay, client):
    code = code_for(guard, fay)
    with_code(client, code)
    assert with_code(Client(), code, new="noch-vier-andere-worte-hier").status_code == 422

    late = code_for(guard, fay)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=True):
        assert with_code(client, late).status_code == 422


def test_a_newer_code_makes_the_older_one_worthless(guard, fay, client):
    old = code_for(guard, fay)
    code_for(guard, fay)

    assert with_code(client, old).status_code == 422


def test_unknown_and_wrong_are_told_in_the_same_words(guard, fay, client):
    code = code_for(guard, fay)
    told = [
        list(with_code(client, *said).context["form"].non_field_errors())
        for said in [("AAAA-BBBB-CCCC-DDDD",), (code, "F999"), ("AAAA-BBBB-CCCC-DDDD", "F999")]
    ]

    assert told[0] == told[1] == told[2] != []


def test_the_owner_is_told_at_every_login_whoever_logged_in_first(guard, fay):
    code = code_for(guard, fay)
    intruder, owner = Client(), Client()
    with_code(intruder, code)
    log_in(intruder, password=NEW)

    log_in(owner, password=NEW)
    assert "重设密码" in owner.get(HOME).content.decode()
    log_in(owner, password=NEW)
    assert "重设密码" in owner.get(HOME).content.decode()
    assert "单可" in owner.get(reverse("prefs:security")).content.decode()


def test_somebody_the_keeper_does_not_know_gives_no_codes(fay):
    fay.entrust("emil", Role.SECURITY_ADMIN)

    answer = fay.client("emil").post(reverse("login:code", args=[fay.people["fay"]]))

    assert answer.status_code == 403
    assert not ResetCode.objects.exists()
    assert log_in(Client()).status_code == 303


def test_nobody_but_a_security_administrator_gives_codes(fay):
    for name in ("ada", "dora"):
        answer = fay.client(name).post(reverse("login:code", args=[fay.people["fay"]]))
        assert answer.status_code == 403
    assert not ResetCode.objects.exists()
    assert PASSWORD


def test_a_code_for_somebody_who_is_not_there_is_no_page(guard, fay):
    fay.person("zoe")
    assert guard.post(reverse("login:code", args=[fay.people["zoe"]])).status_code == 404
