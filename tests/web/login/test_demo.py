import pytest
from django.urls import reverse

from tanxin.apps.realms.models import Realm

PERSONAS = ["demo-secretary", "demo-deputy", "demo-head", "demo-member", "demo-organiser"]
OVERSEEING = [
    "demo-supervisor", "demo-assistant", "demo-security", "demo-auditor", "demo-system",
]  # fmt: skip


@pytest.fixture
def demo(world, settings):
    """Demo mode, with a person for each of its parts."""
    settings.TANXIN_DEMO = True
    Realm.objects.filter(pk=world.realm_id).update(is_demo=True)
    for number, handle in enumerate(PERSONAS + OVERSEEING):
        world.person(f"persona-{number}")
        world.account(f"persona-{number}", handle=handle)
    return world


def enter(client, handle="demo-head", **typed):
    return client.post(reverse("login:demo"), {"handle": handle} | typed)


def test_the_login_page_offers_five_people_with_a_line_each(client, demo):
    page = client.get(reverse("login:login")).content.decode()

    assert [handle for handle in PERSONAS if f'value="{handle}"' in page] == PERSONAS
    for title in ("党组书记", "分管副主任", "处长", "普通党员", "组织人员"):
        assert title in page


def test_those_who_manage_and_oversee_stand_below_the_five(client, demo):
    page = client.get(reverse("login:login")).content.decode()
    below = page.split("管理和监督")[1]

    assert [handle for handle in OVERSEEING if f'value="{handle}"' in below] == OVERSEEING
    assert not any(f'value="{handle}"' in below for handle in PERSONAS)
    for title in ("纪检监督人员", "办公室秘书", "安全管理员", "审计管理员", "系统管理员"):
        assert title in below


@pytest.mark.parametrize("handle", PERSONAS + OVERSEEING)
def test_anybody_may_enter_as_one_of_them(client, demo, handle):
    assert enter(client, handle)["Location"] == reverse("home:home")
    assert client.get(reverse("home:home")).status_code == 200


def test_nobody_may_enter_as_anybody_else(client, demo):
    assert enter(client, f"ada-{demo.realm_id.hex[:8]}").status_code == 404
    assert "_auth_user_id" not in client.session


def test_outside_demo_mode_there_is_no_such_page(client, demo, settings):
    settings.TANXIN_DEMO = False

    assert enter(client).status_code == 404
    assert "demo-head" not in client.get(reverse("login:login")).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_real_realm_is_not_entered_even_in_demo_mode(client, demo):
    Realm.objects.filter(pk=demo.realm_id).update(is_demo=False)

    assert enter(client).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_link_alone_lets_nobody_in(client, demo):
    assert client.get(reverse("login:demo")).status_code == 405
