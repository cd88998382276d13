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
        (Role.ORGANISER, "roster:start"),
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
    world.entrust("dora", Role.SUPERVISOR)

    entries = menu(world, "dora")
    html = world.client("dora").get(reverse("prefs:security")).content.decode()

    assert len(entries) == 7
    assert reverse("rules:packs") not in entries
    assert reverse("rules:packs") in html
