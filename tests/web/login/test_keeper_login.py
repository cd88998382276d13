"""The keeper's own login beside ours: it believes a password, not the web process."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keeper_process import KeeperProcess
from login_steps import PASSWORD, log_in
from talk_steps import SAID, recorded
from tanxin.apps.accounts.models import Account
from tanxin.apps.org.selectors.entrusted import role_holders
from tanxin.apps.org.services.proposing import approve_role, propose_role, put_in_force
from tanxin.apps.org.trust import RoleProposal
from tanxin.apps.sealing import client as sealing
from tanxin.apps.sealing import connection, pii
from tanxin.apps.sealing.client import KeeperRefused, Key, Named, NewText
from tanxin.core.access import Actor, Role
from world import small_world

CHANGED = {"new_password": "vier-worte-ohne-sinn-zusammen"}
CHANGED |= {"password_again": CHANGED["new_password"]}


@pytest.fixture
def strict(db, tmp_path, settings):
    """A world whose keeper believes nobody but a password, as outside the demo."""
    process = KeeperProcess(tmp_path, believe_web=False)
    process.start()
    settings.TANXIN_KEEPER_SOCKET = str(process.socket)
    connection.pool.close()
    pii.forget_keys()
    made = small_world()
    for name, handle in (("cleo", "C100"), ("ben", "B100")):
        account = Account.objects.get(pk=made.accounts[name])
        account.handle = handle
        account.set_password(PASSWORD)
        account.save()
    enrol(made, "cleo", "")
    made.sessions["cleo"] = session_of(made, "cleo", PASSWORD)
    enrol(made, "ben", made.sessions["cleo"])
    yield made
    connection.pool.close()
    pii.forget_keys()
    process.stop()


def enrol(world, name, authority):
    sealing.set_credential(
        world.realm_id, world.accounts[name], world.people[name], PASSWORD, authority=authority
    )


def session_of(world, name, password):
    opened = sealing.open_session(
        world.realm_id, world.accounts[name], world.people[name], password=password
    )
    return opened.token


def is_live(world, token):
    try:
        sealing.keep_alive(world.realm_id, token)
    except KeeperRefused:
        return False
    return True


def test_a_login_opens_the_keepers_session_and_leaving_closes_it(strict, client):
    log_in(client, "B100")
    token = client.session["keeper"]
    assert is_live(strict, token)

    client.post(reverse("login:logout"))
    assert not is_live(strict, token)


def test_a_login_without_a_password_opens_nothing_there(strict):
    assert strict.client("ben").session["keeper"] == ""


def test_a_new_password_is_the_keepers_too_and_ends_the_other_sessions(strict, client):
    other = Client()
    log_in(other, "B100")
    elsewhere = other.session["keeper"]
    log_in(client, "B100")

    assert client.post(reverse("prefs:password"), CHANGED).status_code == 303

    assert is_live(strict, client.session["keeper"])
    assert not is_live(strict, elsewhere)
    assert session_of(strict, "ben", CHANGED["new_password"])
    with pytest.raises(KeeperRefused):
        session_of(strict, "ben", PASSWORD)


def test_a_code_of_the_security_administrator_leads_to_a_password_the_keeper_knows(strict, client):
    strict.entrust("cleo", Role.SECURITY_ADMIN)
    guard = Client()
    log_in(guard, "C100")
    given = guard.post(reverse("login:code", args=[strict.ben]))
    sent = {"handle": "B100", "code": given.context["code"]} | CHANGED

    assert client.post(reverse("login:reset"), sent).status_code == 303

    log_in(client, "B100", CHANGED["new_password"])
    assert is_live(strict, client.session["keeper"])


def test_when_its_session_is_over_it_asks_for_the_password_and_goes_on(world, settings):
    settings.TANXIN_DEMO = True
    talk = recorded(world)
    page = reverse("talks:record", args=[talk.pk])
    ada = world.client("ada")
    assert SAID in ada.get(page).content.decode()
    sealing.close_session(world.realm_id, ada.session["keeper"])

    asked = ada.get(page)
    assert asked["Location"].startswith(reverse("login:confirm"))
    answer = ada.post(asked["Location"], {"next": page, "itsme-yes": "1"})

    assert answer["Location"] == page
    assert SAID in ada.get(page).content.decode()


def test_a_form_that_comes_with_the_answer_goes_on(world, settings):
    settings.TANXIN_DEMO = True
    ada = world.client("ada")
    session = ada.session
    session["keeper"] = ""
    session.save()

    answer = ada.post(reverse("prefs:end-others"), {"itsme-yes": "1"})

    assert answer["Location"] == reverse("prefs:security")
    assert is_live(world, ada.session["keeper"])


def test_a_form_with_a_wrong_answer_is_asked_again(world):
    ada = world.client("ada")
    session = ada.session
    session["keeper"] = ""
    session.save()

    answer = ada.post(reverse("prefs:end-others"), {"itsme-password": "falsch", "text": "补一句"})

    assert answer.status_code == 422
    assert "补一句" in answer.content.decode()
    assert ada.session["keeper"] == ""


def test_a_part_of_a_page_is_told_in_words(world):
    talk = recorded(world)
    ada = world.client("ada")
    sealing.close_session(world.realm_id, ada.session["keeper"])

    page = reverse("talks:record", args=[talk.pk])
    assert ada.get(page, headers={"HX-Request": "true"}).status_code == 401


def give(client, world, name, role):
    """Cleo proposes, Dora approves, and Cleo's own login lets the keeper hear of it."""
    log_in(client, "C100")
    given = {"person": str(world.people[name]), "role": role}
    made = client.post(reverse("access:roles"), given)["Location"]
    proposal = RoleProposal.objects.get(verdict="", person=world.people[name])
    approved_by_dora(world, proposal)
    return client.post(f"{made}force/")


def approved_by_dora(world, proposal):
    """An organiser, without a login at the keeper."""
    dora = Actor(
        realm_id=world.realm_id,
        person_id=world.dora,
        account_id=world.accounts["dora"],
        roles=frozenset({Role.ORGANISER}),
    )
    approve_role(dora, proposal.pk, on=timezone.localdate(), at=timezone.now())


def test_the_keeper_hears_on_the_page_of_roles_who_gives_them_from_now_on(strict, client):
    strict.entrust("cleo", Role.SECURITY_ADMIN)
    token = session_of(strict, "ben", PASSWORD)
    with pytest.raises(KeeperRefused):
        sealing.entrust_task(strict.realm_id, token, strict.emil, "approval", on=True)

    assert give(client, strict, "ben", "security_admin").status_code == 303

    sealing.entrust_task(strict.realm_id, token, strict.emil, "approval", on=True)


def test_and_who_lets_others_read(strict, client):
    strict.entrust("cleo", Role.SECURITY_ADMIN)
    record, lodged = uuid4(), uuid4()
    parties = (Named(strict.ada, "initiator", may_pass_on=True),)
    [made] = sealing.create(strict.realm_id, [NewText(record, "record", b"x", parties)])
    key = Key(record, made.wrapped_key)
    sealing.ask_access(strict.actor("cleo"), lodged, [record], role="granted", hours=1)
    strict.sessions["ben"] = session_of(strict, "ben", PASSWORD)
    ben = strict.actor("ben")
    with pytest.raises(KeeperRefused):
        sealing.approve_access(ben, lodged, [key])

    assert give(client, strict, "ben", "supervisor").status_code == 303

    grants = sealing.approve_access(ben, lodged, [key])
    assert [grant.person_id for grant in grants] == [strict.cleo]


def test_a_role_of_which_the_keeper_will_not_hear_is_not_given(strict, client):
    strict.entrust("cleo", Role.SECURITY_ADMIN)
    strict.entrust("ben", Role.SECURITY_ADMIN)
    strict.sessions["ben"] = session_of(strict, "ben", PASSWORD)
    ben, now, today = strict.actor("ben"), timezone.now(), timezone.localdate()
    proposal = propose_role(ben, strict.emil, Role.SUPERVISOR, on=today, at=now)
    approved_by_dora(strict, proposal)

    with pytest.raises(KeeperRefused):
        put_in_force(ben, proposal.pk, on=today, at=now)

    assert role_holders(ben, on=today)[Role.SUPERVISOR] == []
    log_in(client, "C100")
    force = reverse("access:put_in_force", args=[proposal.pk])
    assert client.post(force).status_code == 303
    assert role_holders(ben, on=today)[Role.SUPERVISOR] == [strict.emil]
