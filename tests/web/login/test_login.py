from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from login_steps import PASSWORD
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.org import services as org


def post(client, **typed):
    return client.post(reverse("login:login"), {"handle": "F100", "password": PASSWORD} | typed)


def test_the_first_screen_says_that_nothing_classified_belongs_here(client, db):
    page = client.get(reverse("login:login"))

    assert page.status_code == 200
    assert "非涉密" in page.content.decode()


def test_whoever_knows_handle_and_password_comes_to_the_to_do_page(client, fay):
    answer = post(client)

    assert (answer.status_code, answer["Location"]) == (303, reverse("home:home"))
    assert client.get(reverse("home:home")).status_code == 200
    assert AuditLeaf.objects.get(event="account.signed_in").person == fay.people["fay"]


def test_logging_in_leads_on_to_the_page_that_was_asked_for(client, fay):
    wanted = client.get(reverse("issues:mine"))["Location"]
    assert wanted.startswith(reverse("login:login"))

    answer = post(client, next=reverse("issues:mine"))
    assert answer["Location"] == reverse("issues:mine")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_logging_in_never_leads_to_another_site(client, fay, elsewhere):
    assert post(client, next=elsewhere)["Location"] == reverse("home:home")


def test_unknown_and_wrong_are_told_in_the_same_words(client, fay):
    wrong = post(client, password="wrong")
    unknown = post(client, handle="F999")

    assert wrong.status_code == unknown.status_code == 422
    assert sentences(wrong) == sentences(unknown) != []
    assert not AuditLeaf.objects.filter(event="account.signed_in").exists()


def sentences(answer):
    return list(answer.context["form"].non_field_errors())


def test_the_handle_stays_typed_and_the_password_does_not(client, fay):
    page = post(client, password="wrong-password").content.decode()

    assert 'value="F100"' in page
    assert "wrong-password" not in page


def test_too_many_attempts_are_told_to_wait(client, fay):
    for _ in range(5):
        post(client, password="wrong")

    answer = post(client)
    assert answer.status_code == 422
    assert "15" in " ".join(sentences(answer))
    assert "_auth_user_id" not in client.session


def test_an_account_without_a_person_is_told_whom_to_ask(client, db, django_user_model):
    account = django_user_model(handle="F100")
    account.set_password(PASSWORD)
    account.save()

    assert post(client).status_code == 422
    assert "_auth_user_id" not in client.session


def test_whoever_has_left_is_not_let_in(client, fay):
    org.leave_realm(fay.founder, fay.people["fay"], on=date(2026, 11, 1), at=timezone.now())

    assert post(client).status_code == 422


def test_a_session_from_before_the_login_is_worth_nothing_after_it(client, fay):
    client.get(reverse("login:login"))
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    post(client)
    assert client.session.session_key != before
    assert "planted" not in client.session


def test_who_is_logged_in_is_sent_on(world):
    answer = world.client("ada").get(reverse("login:login"))

    assert (answer.status_code, answer["Location"]) == (303, reverse("home:home"))
