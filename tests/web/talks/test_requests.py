"""Requests in the browser: passed on by consent, told when overdue, asked for who has no account."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import asked
from tanxin.apps.org.models import Membership
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Request
from world import NAMES

TOPIC = "想谈谈岗位交流"
LATE = reverse("talks:late")
ASK_FOR = reverse("talks:ask-for")


def act(client, verb, request, **data):
    return client.post(reverse(f"talks:{verb}", args=[request.pk]), data)


def page(client, request):
    return client.get(reverse("talks:request", args=[request.pk])).content.decode()


@pytest.fixture
def request_of_cleo(world):
    return asked(world, by="cleo", of="ada")


def test_a_request_is_passed_on_from_page_to_page(world, request_of_cleo):
    ada, cleo, emil = (world.client(name) for name in ("ada", "cleo", "emil"))
    act(ada, "suggest", request_of_cleo, person=world.people["emil"])
    home = cleo.get(reverse("home:home")).content.decode()
    assert "建议您的约谈申请改向他人" in home
    assert TOPIC in page(cleo, request_of_cleo)

    went = act(cleo, "forward", request_of_cleo, topic="只谈交流，不谈其他")

    new = Request.objects.exclude(pk=request_of_cleo.pk).get()
    assert went["Location"] == reverse("talks:request", args=[new.pk])
    assert "只谈交流，不谈其他" in page(emil, new)
    assert reverse("talks:request", args=[new.pk]) in page(cleo, request_of_cleo)
    assert reverse("talks:request", args=[new.pk]) not in page(ada, request_of_cleo)


def test_a_suggestion_of_one_of_the_two_is_told_beside_the_field(world, request_of_cleo):
    answer = act(world.client("ada"), "suggest", request_of_cleo, person=world.people["cleo"])

    assert answer.status_code == 422
    assert "请选择本申请双方以外的人" in answer.content.decode()


def test_the_one_who_asked_may_stay(world, request_of_cleo):
    act(world.client("ada"), "suggest", request_of_cleo, person=world.people["emil"])
    act(world.client("cleo"), "stay", request_of_cleo)

    request_of_cleo.refresh_from_db()
    assert request_of_cleo.state == "waiting"
    assert reverse("talks:decline", args=[request_of_cleo.pk]) in page(
        world.client("ada"), request_of_cleo
    )


def test_the_leader_reads_who_lets_wait_and_nothing_else(world):
    request = asked(world, by="cleo", of="ben")
    services.tell_delays(
        world.realm_id, today=request.answer_by + timedelta(days=4), at=timezone.now()
    )
    ada = world.client("ada")

    for url in (LATE, reverse("home:home")):
        shown = ada.get(url).content.decode()
        assert NAMES["ben"] in shown
        assert NAMES["cleo"] not in shown
        assert TOPIC not in shown
    assert ada.get(reverse("talks:request", args=[request.pk])).status_code == 404
    assert "没有逾期未答的申请" in world.client("cleo").get(LATE).content.decode()
    assert "未透露您的姓名" in page(world.client("cleo"), request)


def test_an_overdue_request_is_put_to_somebody_else_with_its_words(world):
    request = asked(world, by="cleo", of="ben")
    Request.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    cleo = world.client("cleo")
    assert f"?instead={request.pk}" in page(cleo, request)
    url = f"{reverse('talks:ask')}?of={world.people['ada']}&instead={request.pk}"

    shown = cleo.get(url).content.decode()
    assert TOPIC in shown
    cleo.post(url, {"topic": TOPIC, "channel": "face", "form": str(request.realm_id)})

    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert Request.objects.get(instead_of=request.pk).asked_id == world.ada


def test_nobody_takes_the_place_of_anothers_request(world, request_of_cleo):
    url = f"{reverse('talks:ask')}?of={world.people['emil']}&instead={request_of_cleo.pk}"
    for name in ("ben", "ada"):
        assert world.client(name).get(url).status_code in {403, 404}


def test_an_organiser_asks_for_somebody_without_an_account(world):
    Membership.objects.filter(person=world.people["cleo"]).delete()
    dora = world.client("dora")
    said = {
        "person": world.people["cleo"], "asked": world.ada, "topic": TOPIC, "channel": "face",
        "form": str(world.realm_id),
    }  # fmt: skip

    went = dora.post(ASK_FOR, said)

    request = Request.objects.get()
    assert went["Location"] == reverse("talks:request", args=[request.pk])
    assert "被约谈人会看到" not in page(dora, request)
    assert TOPIC not in page(dora, request)
    assert dora.get(reverse("talks:request", args=[request.pk])).status_code == 200
    seen = page(world.client("ada"), request)
    assert TOPIC in seen
    assert NAMES["dora"] in seen
    assert world.client("ben").get(ASK_FOR).status_code == 403


def test_for_who_has_an_account_the_form_says_so_and_keeps_the_words(world):
    said = {
        "person": world.people["cleo"], "asked": world.ada, "topic": TOPIC, "channel": "face",
        "form": str(world.realm_id),
    }  # fmt: skip

    answer = world.client("dora").post(ASK_FOR, said)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "该同志有账号，请由本人申请" in shown
    assert TOPIC in shown
    assert not Request.objects.exists()


def test_whom_one_may_ask_stands_with_his_level(world):
    shown = world.client("ben").get(reverse("talks:ask")).content.decode()
    assert "分管领导" in shown
    assert "上级单位主要负责人" in shown
    assert NAMES["ada"] in shown
