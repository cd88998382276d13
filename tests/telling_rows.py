"""A reply, a summary, a common issue and a lead, as far as a page test needs them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.issues.feedback.writing import Statement
from tanxin.apps.issues.leads import handing
from tanxin.apps.issues.replies import writing
from tanxin.apps.issues.replies.models import Summary
from telling_steps import raised

ANSWER = "大家反映的晚餐问题，自下月起延到八点。"
MATTER = "食堂采购可能存在以次充好，供货合同可向总务了解。"


def reply_of(world, *, reviewer="sol", **more):
    given = {
        "title": "晚餐延时", "kind": "condition", "unit": world.units["planning"],
        "reviewer": world.people[reviewer], "at": timezone.now(), "form": uuid4(),
    } | more  # fmt: skip
    return writing.write_reply(world.actor("dora"), Statement(ANSWER), **given)


def published_reply(world):
    row = reply_of(world)
    return writing.publish_reply(world.actor("sol"), row.pk, at=timezone.now())


def summary_of(world):
    return Summary.objects.create(
        realm_id=world.realm_id, unit_id=world.units["planning"], period="2026-Q3",
        handed_to_id=world.units["commission"], bands={"condition": "five"},
        made_by_id=world.ben, made_at=timezone.now(),
    )  # fmt: skip


def common_of(world, unit="planning", **more):
    return CommonIssue.objects.create(
        realm_id=world.realm_id, unit_id=world.units[unit], kind="condition", found_by="kind",
        found_on=timezone.localdate() - timedelta(days=1), again_from=10, **more,
    )  # fmt: skip


def common_to_plan(world, leader="ada"):
    return common_of(
        world, state="talk", leader_id=world.people[leader], decided_by_id=world.dora,
        decided_at=timezone.now(),
    )  # fmt: skip


def lead_of(world):
    return handing.ask_lead(
        world.actor("ada"), raised(world), Statement(MATTER), body=world.units["office"],
        approver=world.people["sol"], is_about_source=False, at=timezone.now(), form=uuid4(),
    )  # fmt: skip


def handed_lead(world):
    return handing.approve_lead(world.actor("sol"), lead_of(world).pk, at=timezone.now())
