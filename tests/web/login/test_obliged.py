"""Whoever is obliged to a second factor and has none sets one up first; in the demo he is warned."""

from click.testing import CliRunner
from django.urls import reverse

from login_steps import log_in, set_up_app
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.org.services.obliging import obliged_roles
from tanxin.apps.realms.models import Realm
from tanxin.cli import realm as command
from tanxin.core.access import Role

HOME, APP, PAGE = reverse("home:home"), reverse("prefs:app"), reverse("access:second_factor")


def supervises(world):
    """Outside the demo; Fay supervises."""
    world.entrust("fay", Role.SUPERVISOR)
    Realm.objects.filter(pk=world.realm_id).update(is_demo=False, seeding_until=None)
    return world


def test_he_is_led_to_set_one_up_and_reaches_nothing_else(fay, client):
    world = supervises(fay)
    log_in(client)

    for name in ("home:home", "talks:mine", "access:overview", "org:chart", "duties:list"):
        assert client.get(reverse(name))["Location"] == APP
    assert client.post(reverse("access:secretaries"), {"person": str(world.ada)})["Location"] == APP
    shown = client.get(APP)
    assert "您的角色必须使用第二验证方式" in shown.content.decode()
    assert client.get(reverse("prefs:security")).status_code == 200

    set_up_app(client)
    assert client.get(HOME).status_code == 200


def test_without_such_a_role_nobody_is_held_up(fay):
    world = supervises(fay)
    assert world.client("ada").get(HOME).status_code == 200
    assert world.client("dora").get(HOME).status_code == 200


def test_in_the_demo_it_is_a_warning(fay, client):
    fay.entrust("fay", Role.SUPERVISOR)
    log_in(client)

    home = client.get(HOME)
    assert home.status_code == 200
    assert "这是演示" in home.content.decode()
    assert "您的角色必须使用第二验证方式" in client.get(reverse("prefs:security")).content.decode()


def test_the_security_administrator_chooses_for_whom_it_holds_at_once(fay):
    fay.entrust("cleo", Role.SECURITY_ADMIN)
    fay.entrust("emil", Role.AUDITOR)
    cleo = fay.client("cleo")
    page = cleo.get(PAGE)
    assert {str(person) for person in (fay.cleo, fay.people["emil"])} <= {
        str(one) for one in page.context["lacking"]
    }
    assert fay.client("emil").get(PAGE).status_code == 200
    assert fay.client("emil").post(PAGE, {"roles": []}).status_code == 403
    assert fay.client("ada").get(PAGE).status_code == 403

    assert cleo.post(PAGE, {"roles": ["organiser"]}).status_code == 303
    assert cleo.post(PAGE, {"roles": ["king"]}).status_code == 422

    assert obliged_roles(fay.realm_id) == {Role.ORGANISER}
    leaf = AuditLeaf.objects.get(event="realm.second_factor")
    assert AuditDetail.objects.get(leaf=leaf).content == {"roles": ["organiser"]}
    Realm.objects.filter(pk=fay.realm_id).update(is_demo=False)
    assert fay.client("dora").get(HOME)["Location"] == APP
    assert fay.client("emil").get(HOME).status_code == 200


def test_the_prompt_says_and_sets_it(world):
    def run(*arguments):
        return CliRunner().invoke(command.command, ["second-factor", *arguments]).output.split()

    assert run() == ["auditor", "security_admin", "supervisor", "system_admin"]
    assert run("--for", "organiser", "--for", "auditor") == ["auditor", "organiser"]
    assert run("--nobody") == []
    assert obliged_roles(world.realm_id) == set()
