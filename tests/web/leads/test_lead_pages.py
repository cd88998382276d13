"""Handing over on the pages, and who finds nothing."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tanxin.apps.issues.leads.models import Lead
from tanxin.core.access import Role
from telling_rows import MATTER, handed_lead, lead_of
from telling_steps import crowd, raised
from world import NAMES

MINE = reverse("leads:mine")


@pytest.fixture
def sol(world):
    for key, role in (("sol", Role.SUPERVISOR), ("otto", Role.AUDITOR)):
        world.person(key, key)
        world.account(key)
        world.entrust(key, role)
    crowd(world, 1)
    return world.people["sol"]


def url(row, verb="lead"):
    return reverse(f"leads:{verb}", args=[row.pk])


def test_from_the_issue_to_the_body_and_back_without_a_trace_on_the_issue(world, sol):
    issue = raised(world)
    page = reverse("issues:issue", args=[issue])
    ada, new = world.client("ada"), reverse("leads:new", args=[issue])
    assert new in ada.get(page).content.decode()
    typed = {
        "form": str(uuid4()), "text": MATTER, "body": world.units["office"], "approver": sol,
    }  # fmt: skip
    assert ada.get(new).status_code == 200
    refused = ada.post(new, typed | {"text": "本明说采购有问题"})
    assert refused.status_code == 422
    assert "提出人本人的姓名" in refused.content.decode()
    assert ada.post(new, typed).status_code == 303
    row = Lead.objects.get()

    assert MATTER in world.client("sol").get(url(row)).content.decode()
    assert world.client("cleo").get(url(row)).status_code == 404
    assert world.client("sol").post(url(row, "approve")).status_code == 303
    cleo = world.client("cleo")
    assert MATTER in cleo.get(url(row)).content.decode()
    assert cleo.post(url(row, "follow"), {"move": "take_up"}).status_code == 303
    assert cleo.post(url(row, "follow"), {"move": "approve"}).status_code == 404
    assert "已受理" in ada.get(MINE).content.decode()
    for who in ("ada", "ben"):
        seen = world.client(who).get(page).content.decode()
        assert str(row.pk) not in seen
        assert MATTER not in seen


def test_the_auditor_sees_the_course_and_no_word(world, sol):
    row = handed_lead(world)
    otto = world.client("otto")
    text = otto.get(url(row)).content.decode()

    assert NAMES["ada"] in otto.get(MINE).content.decode()
    assert "已移送" in text
    assert MATTER not in text


@pytest.mark.parametrize("name", ["ben", "dora", "emil"])
def test_nobody_else_finds_anything(world, sol, name):
    row = handed_lead(world)
    client = world.client(name)

    assert client.get(url(row)).status_code == 404
    assert str(row.pk) not in client.get(MINE).content.decode()


def test_not_approved_its_author_reads_why(world, sol):
    row = lead_of(world)
    assert world.client("sol").post(url(row, "refuse"), {"text": ""}).status_code == 422
    assert world.client("sol").post(url(row, "refuse"), {"text": "先由总务查"}).status_code == 303

    assert "先由总务查" in world.client("ada").get(url(row)).content.decode()
