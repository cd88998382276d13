"""One code, several browsers at the same moment: one of them chooses the password."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from login_steps import PASSWORD, log_in
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.sealing import client as sealing
from tanxin.core.access import Role
from world import small_world

CHOSEN = [f"vier-worte-ohne-sinn-{number}" for number in range(4)]


@pytest.fixture
def code(on_disk, keeper):
    world = small_world()
    world.person("fay", "费伊")
    world.account("fay", PASSWORD, handle="F100")
    world.entrust("cleo", Role.SECURITY_ADMIN)
    sealing.entrust_task(world.realm_id, world.session("cleo"), world.cleo, "security", on=True)
    page = reverse("login:code", args=[world.people["fay"]])
    return world.client("cleo").post(page).context["code"]


def test_the_others_are_told_that_it_is_no_longer_good(code):
    start = Barrier(len(CHOSEN))

    def choose(password):
        sent = {"handle": "F100", "code": code, "new_password": password}
        try:
            start.wait(5)
            answer = Client().post(reverse("login:reset"), sent | {"password_again": password})
        finally:
            connections.close_all()
        return answer.status_code

    with ThreadPoolExecutor(len(CHOSEN)) as pool:
        told = dict(zip(CHOSEN, pool.map(choose, CHOSEN), strict=True))

    assert sorted(told.values()) == [303, 422, 422, 422]
    assert AuditLeaf.objects.filter(event="account.reset_used").count() == 1
    client = Client()
    # The right one first: after a few wrong ones nobody is let in for a while.
    for password, status in sorted(told.items(), key=lambda one: one[1]):
        assert log_in(client, password=password).status_code == status
    assert client.get(reverse("home:home")).status_code == 200
    assert client.session["keeper"], "the keeper knows another password than we do"
