from django.urls import reverse

from tanxin.apps.audit.models import AuditLeaf


def test_it_ends_the_session_on_the_server_and_clears_the_browser(world):
    ada = world.client("ada")
    cookie = ada.cookies["sessionid"].value

    answer = ada.post(reverse("login:logout"))
    assert (answer.status_code, answer["Location"]) == (303, reverse("login:login"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'

    ada.cookies["sessionid"] = cookie
    assert ada.get(reverse("home:home")).status_code == 302
    assert AuditLeaf.objects.get(event="account.signed_out").person == world.ada


def test_going_back_after_it_shows_nothing(world):
    assert world.client("ada").get(reverse("home:home"))["Cache-Control"] == "no-store"


def test_a_link_alone_logs_nobody_out(world):
    ada = world.client("ada")

    assert ada.get(reverse("login:logout")).status_code == 405
    assert ada.get(reverse("home:home")).status_code == 200


def test_who_is_not_logged_in_may_press_it_too(client, db):
    assert client.post(reverse("login:logout")).status_code == 303
