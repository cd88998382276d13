"""Before a step of weight one shows again who one is, and loses nothing that was typed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from login_steps import PASSWORD, code_of, log_in, set_up_app
from tanxin.apps.audit.models import AuditLeaf
from tanxin.web.login import confirming

PASSWORD_PAGE = reverse("prefs:password")
NEW = "vier-worte-ohne-sinn-zusammen"


@pytest.fixture
def six_minutes_later():
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        yield


@pytest.fixture
def stale(in_as_fay, six_minutes_later):
    return in_as_fay


def test_who_has_just_come_in_is_not_asked(in_as_fay):
    assert in_as_fay.get(PASSWORD_PAGE).status_code == 200


def test_a_page_is_asked_for_again_after_the_question(stale):
    asked = stale.get(PASSWORD_PAGE)
    assert asked["Location"] == f"{reverse('login:confirm')}?next=%2Fprefs%2Fpassword%2F"

    stale.get(asked["Location"])
    answer = stale.post(asked["Location"], {"next": PASSWORD_PAGE, "itsme-password": PASSWORD})

    assert answer["Location"] == PASSWORD_PAGE
    assert stale.get(PASSWORD_PAGE).status_code == 200


def test_a_form_sent_too_late_comes_back_with_all_that_was_typed(stale):
    page = stale.post(PASSWORD_PAGE, {"new_password": NEW, "password_again": NEW}).content.decode()

    assert f'name="new_password" value="{NEW}"' in page
    assert f'action="{PASSWORD_PAGE}"' in page
    assert 'name="itsme-password"' in page


def test_and_goes_on_where_it_was_going(stale):
    before = stale.cookies["sessionid"].value
    sent = {"new_password": NEW, "password_again": NEW, "itsme-password": PASSWORD}

    assert stale.post(PASSWORD_PAGE, sent)["Location"] == reverse("prefs:security")

    assert log_in(Client(), password=NEW).status_code == 303
    stale.cookies["sessionid"], after = before, stale.cookies["sessionid"].value
    assert after != before
    assert stale.get(reverse("home:home")).status_code == 302


def test_a_wrong_answer_does_nothing_and_keeps_the_form(stale):
    sent = {"new_password": NEW, "password_again": NEW, "itsme-password": "falsch"}
    answer = stale.post(PASSWORD_PAGE, sent)

    assert answer.status_code == 422
    assert f'name="new_password" value="{NEW}"' in answer.content.decode()
    assert log_in(Client(), password=NEW).status_code == 422
    assert not AuditLeaf.objects.filter(event="account.confirmed").exists()


def test_guessing_there_is_counted_like_a_login(stale):
    for _ in range(5):
        stale.post(PASSWORD_PAGE, {"itsme-password": "falsch"})

    assert stale.post(PASSWORD_PAGE, {"itsme-password": PASSWORD}).status_code == 422
    assert log_in(Client()).status_code == 422


def test_a_code_of_the_app_is_as_good(in_as_fay):
    secret, _ = set_up_app(in_as_fay)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        sent = {"itsme-code": code_of(secret), "new_password": NEW, "password_again": NEW}
        answer = in_as_fay.post(PASSWORD_PAGE, sent)

        assert answer["Location"] == reverse("prefs:security")
    assert AuditLeaf.objects.filter(event="account.confirmed").count() == 1


def test_htmx_gets_the_question_in_place_of_the_page(stale):
    answer = stale.post(PASSWORD_PAGE, {"new_password": NEW}, headers={"HX-Request": "true"})

    assert answer["HX-Retarget"] == answer["HX-Reselect"] == "#main"


@pytest.mark.parametrize(
    ("name", "args"),
    [("prefs:app", []), ("prefs:passkey", []), ("prefs:codes", []), ("prefs:take-factor", [1])],
)
def test_second_factors_are_changed_by_nobody_who_was_not_asked(stale, name, args):
    answer = stale.post(reverse(name, args=args), {})

    assert answer.status_code == 200
    assert "itsme-password" in answer.content.decode()


def test_the_demo_people_press_a_button(fay, settings, six_minutes_later):
    settings.TANXIN_DEMO = True
    ada = fay.client("ada")
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        assert "itsme-yes" in ada.post(PASSWORD_PAGE, {"new_password": NEW}).content.decode()
        sent = {"new_password": NEW, "password_again": NEW, "itsme-yes": "1"}
        assert ada.post(PASSWORD_PAGE, sent).status_code == 303


def test_nobody_else_gets_by_with_a_button(stale, settings):
    assert stale.post(PASSWORD_PAGE, {"new_password": NEW, "itsme-yes": "1"}).status_code == 422

    settings.TANXIN_DEMO = True
    assert stale.post(PASSWORD_PAGE, {"new_password": NEW, "itsme-yes": "1"}).status_code == 422


def test_no_form_of_ours_is_taken_for_an_answer():
    pages = Path(confirming.__file__).parents[1].rglob("*.py")
    prefixes = {
        prefix
        for page in pages
        for prefix in re.findall(r'prefix="(\w+)"', page.read_text("utf-8"))
    }

    assert "remark" in prefixes
    assert confirming.PREFIX.rstrip("-") not in prefixes
