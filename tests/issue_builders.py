"""A held talk between Ada and Ben, and an issue taken as far as a test needs it.

Emil owns the measure, Dora verifies it, Cleo has nothing to do with any of it.
"""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tanxin.apps.issues import services
from tanxin.apps.talks.models import Talk
from tanxin.core.following import Effect

WORDING = "宿舍楼三层漏雨，老王家的天花板掉了一块"
STATEMENT = "职工宿舍有漏雨情况，需要排查修缮"
MEASURE = "十二月十五日前完成防水修缮并逐户回访"
EVIDENCE = "已更换三层防水层，回访记录在总务台账第七页"
MISSING = "还有两户没有回访"
ANSWER = "防水已修好，天花板下周补，有反复请直接告诉我"
DUE_IN = timedelta(days=20)
STAGES = ("raised", "assigned", "reported", "verified", "answered")


def held_talk(world, initiator="ada", subject="ben", state="recorded") -> Talk:
    now = timezone.now()
    return Talk.objects.create(
        realm_id=world.realm_id,
        initiator_id=world.people[initiator],
        subject_id=world.people[subject],
        kind="routine",
        state=state,
        proposed_by_id=world.people[initiator],
        planned_for=now - timedelta(days=9),
        held_at=None if state in ("proposed", "agreed") else now - timedelta(days=9),
        created_at=now - timedelta(days=12),
    )


def due() -> date:
    return timezone.localdate() + DUE_IN


def assign(world, issue_id, *, by="ada", owner="emil", verifier="dora", **more):
    given = {"statement_text": STATEMENT, "measure_text": MEASURE, "due": due()} | more
    return services.assign_issue(
        world.actor(by),
        issue_id,
        owner=world.people[owner],
        verifier=world.people[verifier],
        at=timezone.now(),
        **given,
    )


def issue_in(world, stage: str, *, talk: Talk | None = None, **people: str) -> UUID:
    """An issue taken, by those whose turn it was, to ``stage``."""
    talk = talk or held_talk(world)
    reached = STAGES.index(stage)
    now = timezone.now()
    issue_id = services.raise_issue(
        world.actor("ada"), talk.pk, kind="condition", text=WORDING, at=now
    ).pk
    if reached >= 1:
        assign(world, issue_id, **people)
    if reached >= 2:
        owner = world.actor(people.get("owner", "emil"))
        services.report_measure(owner, issue_id, evidence_text=EVIDENCE, at=now)
    if reached >= 3:
        verifier = world.actor(people.get("verifier", "dora"))
        services.verify_measure(verifier, issue_id, solved=True, note="", at=now)
    if reached >= 4:
        services.answer_issue(world.actor("ada"), issue_id, answer_text=ANSWER, at=now)
    return issue_id


@pytest.fixture
def talk(world) -> Talk:
    return held_talk(world)


QUESTION = "请核实三号楼三层防水的施工年份与保修情况"
FINDING = "防水层二〇〇九年施工，已过保修期"
CAUSE = "防水层超期服役，历年只作局部修补"
PROGRESS = "已完成招标，下周进场"
REASON = "连续降雨无法施工"
WHY_NOT = "本年度修缮经费已用完，须列入明年预算"
LEFT = "阳台仍在渗水"


def ask_facts(world, issue_id, *, by="ada", person="cleo", **more):
    return services.ask_for_facts(
        world.actor(by), issue_id, person=world.people[person],
        question=more.pop("question", QUESTION), wanted_on=more.pop("wanted_on", due()),
        at=timezone.now(), **more,
    )  # fmt: skip


def say(world, issue_id, by, word, text="", **more):
    return services.say_effect(
        world.actor(by), issue_id, word=Effect(word), text=text, at=timezone.now(), **more
    )


def later(days: int = 3) -> date:
    return due() + timedelta(days=days)
