"""Who is recused after he had asked, or was given a part: it is gone, and looks as if it never was."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import MEASURE, STATEMENT, issue_in
from talk_steps import recorded
from tanxin.apps.archive.models import Party
from tanxin.apps.issues.services.recusing import recuse_from_issue
from tanxin.apps.org.services.recusing import lift_recusal, recuse_from_person
from tanxin.apps.talks import services
from tanxin.core.access import Role

WHY = "群众反映与记录不一致"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def staffed(world):
    world.entrust("cleo", Role.SUPERVISOR)
    world.entrust("emil", Role.SECURITY_ADMIN)
    return world


def recuse(world, how, excluded, *, talk=None, issue_id=None):
    ben, who, now = world.actor("ben"), world.people[excluded], timezone.now()
    if how == "person":
        return recuse_from_person(ben, who, world.ben, because="dispute", at=now)
    if how == "talk":
        return services.recuse_from_talk(ben, talk.pk, who, because="dispute", at=now)
    return recuse_from_issue(ben, issue_id, who, because="dispute", at=now)


def plain(answer):
    return TOKEN.sub("", answer.content.decode())


@pytest.mark.parametrize("how", ["talk", "person"])
def test_his_own_request_is_gone_from_page_list_and_search(staffed, how):
    world, talk = staffed, recorded(staffed)
    asked = services.ask_to_read(
        world.actor("cleo"), talk.pk, reason=WHY, hours=8, at=timezone.now()
    )
    services.refuse_reading(world.actor("emil"), asked.pk, at=timezone.now())
    cleo, page = world.client("cleo"), reverse("access:request", args=[asked.pk])
    assert cleo.get(page).status_code == 200
    assert found(cleo, "群众反映") == 1
    assert page in cleo.get(reverse("home:home")).content.decode()

    kept = recuse(world, how, "cleo", talk=talk)

    gone = cleo.get(page)
    missing = cleo.get(reverse("access:request", args=[uuid4()]))
    assert (gone.status_code, plain(gone)) == (404, plain(missing))
    assert cleo.post(reverse("access:give_up", args=[asked.pk])).status_code == 404
    for listing in ("access:overview", "home:home"):
        assert page not in cleo.get(reverse(listing)).content.decode()
    assert found(cleo, "群众反映") == 0
    assert world.client("emil").get(page).status_code == 200

    lift_recusal(world.actor("ben"), kept.pk, at=timezone.now())
    assert cleo.get(page).status_code == 200


@pytest.mark.parametrize("how", ["issue", "talk", "person"])
@pytest.mark.parametrize("who", ["emil", "dora"])
def test_who_solves_or_verifies_finds_neither_the_issue_nor_its_texts(world, how, who):
    talk = recorded(world)
    issue_id = issue_in(world, "reported", talk=talk)
    browser, page = world.client(who), reverse("issues:issue", args=[issue_id])
    assert browser.get(page).status_code == 200
    assert found(browser, MEASURE[:6]) == 1

    recuse(world, how, who, talk=talk, issue_id=issue_id)

    assert browser.get(page).status_code == 404
    for words in (MEASURE[:6], STATEMENT[:6], "防水层"):
        assert found(browser, words) == 0
    for listing in ("issues:mine", "home:home"):
        assert page not in browser.get(reverse(listing)).content.decode()
    assert page not in browser.get(reverse("issues:mine") + "?show=helped").content.decode()
    assert Party.objects.filter(person=world.people[who], end=None).exists()
    assert found(world.client("ada"), MEASURE[:6]) == 1


def found(browser, words):
    return len(browser.post(reverse("talks:search"), {"words": words}).context["found"])
