"""The main menu leads everybody to what he does, in seven entries at most."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.org.services.secretaries import end_secretary, name_secretary
from tanxin.core.access import Role

MENU = re.compile(r'<nav class="shell-nav".*?</nav>', re.DOTALL)


def menu(world, name):
    html = world.client(name).get(reverse("prefs:security")).content.decode()
    return list(dict.fromkeys(re.findall(r'<a[^>]*href="([^"]+)"', MENU.search(html)[0])))


def name_cleo(world):
    now = timezone.now()
    return name_secretary(
        world.actor("ada"), world.ada, world.cleo, start=timezone.localdate(), at=now
    )


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.SUPERVISOR, "oversight:signals"),
        (Role.SECURITY_ADMIN, "access:overview"),
        (Role.AUDITOR, "audit:log"),
    ],
)
def test_a_role_has_an_entry_for_what_only_it_does(world, role, page):
    assert reverse(page) not in menu(world, "cleo")

    world.entrust("cleo", role)

    assert reverse(page) in menu(world, "cleo")


def test_a_secretary_has_a_way_to_her_leader_while_she_is_one(world):
    named = name_cleo(world)
    arrange = reverse("access:arrange", args=[world.ada])

    assert arrange in menu(world, "cleo")
    assert arrange not in menu(world, "ben")

    end_secretary(world.actor("ada"), named.pk, end=timezone.localdate(), at=timezone.now())
    assert arrange not in menu(world, "cleo")


def test_with_more_than_seven_the_rules_move_to_the_account_menu(world):
    for role in (Role.SUPERVISOR, Role.AUDITOR):
        world.entrust("dora", role)

    entries = menu(world, "dora")
    html = world.client("dora").get(reverse("prefs:security")).content.decode()

    assert len(entries) == 7
    for page in ("rules:packs", "org:chart"):
        assert reverse(page) not in entries
        assert reverse(page) in html


def test_the_roster_lies_beside_the_organisation_it_brings(world):
    page = reverse("org:chart")
    assert reverse("roster:start") in world.client("dora").get(page).content.decode()
    assert reverse("roster:start") not in world.client("cleo").get(page).content.decode()
