"""What every answer says to the browser about itself."""

import pytest
from django.test import Client
from django.urls import reverse

HOME, LOGIN = reverse("home:home"), reverse("login:login")


@pytest.mark.parametrize("name", [None, "ada"])
def test_every_page_keeps_others_out_and_asks_for_nothing(world, name):
    answer = world.client(name).get(HOME if name else LOGIN)

    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "microphone=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["home:home", "prefs:security", "prefs:app", "login:confirm"])
def test_pages_of_a_person_are_not_stored(world, name):
    assert "no-store" in world.client("ada").get(reverse(name))["Cache-Control"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused_whatever_it_holds(world, site):
    ada = world.client("ada")

    answer = ada.post(reverse("login:logout"), headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert ada.get(HOME).status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_forms_are_taken(world, site):
    answer = world.client("ada").post(reverse("login:logout"), headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 303


def test_a_link_from_elsewhere_may_be_followed(world):
    answer = world.client("ada").get(HOME, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200


def test_every_form_needs_its_token(world):
    client = Client(enforce_csrf_checks=True)

    assert client.post(LOGIN, {"handle": "x", "password": "y"}).status_code == 403
