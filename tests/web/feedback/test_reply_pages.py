"""Answers to all and summaries on the pages."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.issues.replies import summing
from tanxin.apps.issues.replies.models import Reply, Summary
from tanxin.core.access import Role
from telling_rows import ANSWER, common_of, published_reply, reply_of, summary_of
from telling_steps import crowd, released


@pytest.fixture
def sol(world):
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    crowd(world, 8)
    return world.people["sol"]


def url(row, verb="reply"):
    return reverse(f"feedback:{verb}", args=[row.pk])


LIST, NEW = reverse("feedback:replies"), reverse("feedback:reply_new")
SUMMARIES = reverse("feedback:summaries")


def typed(world, **more):
    return {
        "form": str(uuid4()), "title": "晚餐延时", "text": ANSWER, "kind": "condition",
        "unit": world.units["planning"], "reviewer": world.people["sol"],
    } | more  # fmt: skip


def test_it_is_written_checked_reviewed_and_read_by_all_of_the_unit(world, sol):
    common = common_of(
        world, state="reply", decided_by_id=world.dora, decided_at="2026-01-01T00:00Z"
    )
    dora = world.client("dora")
    form = dora.get(f"{NEW}?common={common.pk}").content.decode()
    assert f'value="{world.units["planning"]}" selected' in form

    refused = dora.post(NEW, typed(world, text="规划处的晚餐延到八点。"))
    assert refused.status_code == 422
    assert "<mark" in refused.content.decode()
    assert dora.post(f"{NEW}?common={common.pk}", typed(world)).status_code == 303
    row = Reply.objects.get()
    assert row.common_id == common.pk
    assert world.client("ben").get(url(row)).status_code == 404

    reviewer = world.client("sol")
    assert "同意公开" in reviewer.get(url(row)).content.decode()
    assert reviewer.post(url(row, "reply_publish")).status_code == 303
    assert ANSWER in world.client("ben").get(url(row)).content.decode()
    assert "晚餐延时" in world.client("ben").get(LIST).content.decode()
    assert "晚餐延时" not in world.client("cleo").get(LIST).content.decode()


def test_withdrawn_its_readers_see_why_and_no_longer_what(world, sol):
    row = published_reply(world)
    dora = world.client("dora")
    assert dora.post(url(row, "reply_withdraw"), {"text": ""}).status_code == 422
    assert dora.post(url(row, "reply_withdraw"), {"text": "时间有误"}).status_code == 303

    text = world.client("ben").get(url(row)).content.decode()
    assert "时间有误" in text
    assert "已撤回的答复" in text
    assert ANSWER not in text
    assert "晚餐延时" not in text
    assert "晚餐延时" in dora.get(url(row)).content.decode()
    assert "晚餐延时" in dora.get(f"{LIST}?show=mine").content.decode()


def test_sent_back_its_author_reads_why(world, sol):
    row = reply_of(world)
    assert world.client("sol").post(url(row, "reply_return"), {"text": " "}).status_code == 422
    assert world.client("sol").post(url(row, "reply_return"), {"text": "再宽些"}).status_code == 303

    assert "再宽些" in world.client("dora").get(url(row)).content.decode()


@pytest.mark.parametrize("wrong", [{"unit": str(uuid4())}, {"kind": "x"}, {"title": "\u3164"}])
def test_hostile_replies_are_refused(world, sol, wrong):
    assert world.client("dora").post(NEW, typed(world, **wrong)).status_code == 422
    assert world.client("cleo").get(f"{NEW}?common=x").status_code == 200
    assert world.client("emil").get(NEW).status_code == 403
    assert not Reply.objects.exists()


def test_a_summary_is_handed_up_once_and_read_above(world, sol):
    ben, ada = world.client("ben"), world.client("ada")
    code = summing.periods_over(timezone.localdate())[0].code
    page = ben.post(SUMMARIES, {"unit": world.units["planning"], "period": code})
    assert page.status_code == 422
    assert "请并入上级单位" in page.content.decode()
    released(world, heard_in=world.units["planning"])

    row = summary_of(world)
    assert "五人以上" in ada.get(url(row, "summary")).content.decode()
    assert url(row, "summary") in ada.get(SUMMARIES).content.decode()
    assert ada.post(url(row, "summary_read")).status_code == 303
    assert ada.post(url(row, "summary_read")).status_code == 303
    assert Summary.objects.get().read_by_id == world.ada
    assert world.client("dora").get(url(row, "summary")).status_code == 404
    assert url(row, "summary") not in world.client("dora").get(SUMMARIES).content.decode()
