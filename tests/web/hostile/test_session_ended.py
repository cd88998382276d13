"""A login that ends while somebody types takes nothing with it, and shows nobody anything."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from issue_builders import issue_in
from tanxin.apps.issues.models import Issue

TYPED = "金丝雀：“登录已过期” <b>\n第二行"
HERE = "http://testserver"


@pytest.fixture
def form(world):
    """Emil's report, as he would send it."""
    issue_id = issue_in(world, "assigned")
    return issue_id, reverse("issues:report", args=[issue_id]), {"evidence": TYPED}


def test_what_was_typed_stands_in_the_page_that_says_that_the_login_has_ended(form):
    _, url, fields = form

    answer = Client().post(url, fields)
    page = answer.content.decode()

    assert answer.status_code == 401
    assert TYPED in unescape(page)
    assert f'action="{url}"' in page
    assert 'target="_blank"' in page
    assert answer["Cache-Control"] == "no-store"


def test_the_form_of_an_old_page_is_sent_only_once_its_new_owner_says_so(world, form):
    issue_id, url, fields = form
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("emil").cookies

    refused = client.post(url, fields, headers={"Origin": HERE})
    page = refused.content.decode()

    assert refused.status_code == 403
    assert TYPED in unescape(page)
    assert "尉迟明" in page
    assert Issue.objects.get(pk=issue_id).state == "assigned"

    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = client.post(url, {**fields, "csrfmiddlewaretoken": token}, headers={"Origin": HERE})
    assert sent.status_code == 303
    assert Issue.objects.get(pk=issue_id).state == "reported"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_form_from_elsewhere_is_never_shown_as_if_it_were_typed_here(world, form, origin):
    _, url, fields = form
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("emil").cookies

    refused = client.post(url, fields, headers={"Origin": origin} if origin else {})

    assert refused.status_code == 403
    assert "金丝雀" not in refused.content.decode()


def test_a_password_is_never_shown_again():
    client = Client(enforce_csrf_checks=True)
    fields = {"handle": "ada", "password": "金丝雀 secret"}

    refused = client.post(reverse("login:login"), fields, headers={"Origin": HERE})

    assert refused.status_code == 403
    assert "金丝雀" not in refused.content.decode()


def test_a_draft_that_comes_too_late_does_not_reload_the_page_under_the_hands(world, form):
    issue_id, _, fields = form
    url = reverse("issues:draft", args=[issue_id, "report"])

    answer = Client().post(url, fields, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert "HX-Refresh" not in answer.headers
    assert Client().get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
