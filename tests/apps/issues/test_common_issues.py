"""The same from five people of a unit is proposed once, and nothing tells who or how many."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tanxin.apps.audit.models import AuditDetail
from tanxin.apps.issues.common import deciding
from tanxin.apps.issues.common.access import (
    CommonForbidden,
    CommonNotFound,
    common_for,
    common_to_decide,
    common_to_plan,
    visible_common,
    wished_rules,
)
from tanxin.apps.issues.common.deciding import Planned
from tanxin.apps.issues.common.finding import propose_common, shared_in
from tanxin.apps.issues.common.models import CommonIssue
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.services import raise_issue
from tanxin.apps.issues.tasks import look_for_common_issues
from tanxin.apps.issues.untellable import TooFewAsked
from tanxin.apps.talks.models import GroupTalk, Talk
from tanxin.apps.talks.selectors import outline_of
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.passing_on import CommonMove
from telling_steps import crowd, talk_with

WAYS = ["食堂晚餐结束太早", "宿舍漏水没人修", "会议太多影响办事", "班车时间不合适", "电梯经常停运"]


def raised_by(world, people, *, kind="condition", days=9, text="食堂收得早"):
    """Rows alone: what is looked for are kinds, units and people."""
    now = timezone.now()
    for person in people:
        talk = talk_with(world, person, days=days)
        Issue.objects.create(
            realm_id=world.realm_id, talk=talk, led_by_id=world.ada, led_since=now, kind=kind,
            waiting_for_id=world.ada, wanted_on=timezone.localdate(),
            raised_at=now - timedelta(days=days),
        )  # fmt: skip


def look(world):
    return propose_common(world.realm_id, today=timezone.localdate(), at=timezone.now())


def found(world):
    return [(row.kind, row.unit_id, row.state) for row in CommonIssue.objects.order_by("found_on")]


def test_five_of_a_unit_make_a_proposal_for_the_smallest_unit_and_only_once(world):
    people = crowd(world, 12, talked=0)
    raised_by(world, people[:4])
    assert look(world) == 0

    raised_by(world, people[3:5])
    assert look(world) == 1
    assert look(world) == 0
    assert look_for_common_issues.call(timezone.localdate().isoformat()) == 0
    assert found(world) == [("condition", world.units["planning"], "open")]


def test_the_same_person_twice_old_issues_readers_and_what_is_of_no_kind_do_not_count(world):
    people = crowd(world, 12, talked=0)
    raised_by(world, [people[0]] * 3 + people[1:4])
    raised_by(world, people[4:8], days=300)
    raised_by(world, [world.dora])
    raised_by(world, people[:6], kind="other")

    assert look(world) == 0


def test_where_more_than_half_of_a_unit_raised_it_the_unit_above_is_proposed(world):
    people = crowd(world, 6, talked=0)
    crowd(world, 12, "centre", talked=0)
    raised_by(world, people[:5])

    look(world)
    assert [unit for _, unit, _ in found(world)] == [world.units["commission"]]


def test_what_sounds_alike_is_found_over_kinds_from_sketches_alone(world):
    crowd(world, 12)
    kinds = ["work", "life", "condition", "team", "growth"]
    talks = list(Talk.objects.filter(initiator=world.ada).order_by("pk"))[:5]
    for talk, kind in zip(talks, kinds, strict=True):
        text = (
            f"食堂晚上六点半就收了，加班的同志吃不上热饭，希望延长到八点，最好再留一个窗口。{kind}"
        )
        raise_issue(world.actor("ada"), talk.pk, kind=kind, text=text, at=timezone.now())

    [shared] = shared_in(world.realm_id, timezone.localdate())
    assert (shared.found_by, len(shared.sources)) == ("likeness", 5)


def test_what_sounds_different_is_not_alike(world):
    crowd(world, 12)
    talks = list(Talk.objects.filter(initiator=world.ada).order_by("pk"))[:5]
    kinds = ["work", "life", "condition", "team", "growth"]
    for talk, kind, text in zip(talks, kinds, WAYS, strict=True):
        raise_issue(world.actor("ada"), talk.pk, kind=kind, text=text * 2, at=timezone.now())

    assert shared_in(world.realm_id, timezone.localdate()) == []


@pytest.fixture
def proposal(world):
    people = crowd(world, 12, talked=0)
    raised_by(world, people[:5])
    look(world)
    return CommonIssue.objects.get()


def test_dismissed_it_comes_again_only_from_twice_as_many(world, proposal):
    dora, now = world.actor("dora"), timezone.now()
    with pytest.raises(TextMissing):
        deciding.dismiss(dora, proposal.pk, reason="\u200b", at=now)
    row = deciding.dismiss(dora, proposal.pk, reason="已在改造计划内。", at=now)
    assert deciding.reason_of(row) == "已在改造计划内。"

    crowd(world, 12, "centre", talked=0)
    assert look(world) == 0
    assert CommonIssue.objects.filter(state="open").count() == 0


def test_twice_as_many_propose_it_anew(world):
    people = crowd(world, 12, talked=0)
    more = crowd(world, 12, "centre", talked=0)
    raised_by(world, people[:3] + more[:3])
    look(world)
    row = CommonIssue.objects.get(unit=world.units["commission"])
    deciding.dismiss(world.actor("dora"), row.pk, reason="再看看。", at=timezone.now())
    raised_by(world, people[3:4] + more[3:4])
    assert look(world) == 0

    CommonIssue.objects.update(again_from=8)
    assert look(world) == 1


def test_an_organiser_takes_it_up_and_the_head_plans_the_talk_with_an_outline(world, proposal):
    now = timezone.now()
    row = deciding.take_up(world.actor("dora"), proposal.pk, CommonMove.TALK, at=now)
    assert row.leader_id == world.ben
    assert list(common_to_plan(world.actor("ben"))) == [row]
    people = list(
        Talk.objects.exclude(subject=world.ben).values_list("subject", flat=True).distinct()
    )
    plan = Planned(people, now + timedelta(days=3), "routine", place="会议室", outline="先说来意")
    with pytest.raises(TooFewAsked):
        deciding.plan_talk(
            world.actor("ben"), row.pk, Planned(people[:4], plan.planned_for, "routine"), at=now
        )

    group = deciding.plan_talk(world.actor("ben"), row.pk, plan, at=now)
    assert deciding.plan_talk(world.actor("ben"), row.pk, plan, at=now) == group
    assert GroupTalk.objects.get().initiator_id == world.ben
    talk = Talk.objects.filter(group=group).first()
    assert outline_of(world.actor("ben"), talk.pk) is not None
    row.refresh_from_db()
    assert (row.state, row.group_id) == ("planned", group)


def test_of_a_party_branch_its_members_are_asked(world):
    for name in ("cleo", "emil"):
        world.in_branch(name, "branch")
    row = CommonIssue.objects.create(
        realm_id=world.realm_id, unit_id=world.units["branch"], kind="work", found_by="kind",
        found_on=timezone.localdate(), again_from=10, state="talk", leader_id=world.ben,
        decided_by_id=world.dora, decided_at=timezone.now(),
    )  # fmt: skip

    asked = deciding.people_to_ask(world.actor("ben"), row.pk, on=timezone.localdate())
    assert asked == {world.ada, world.cleo, world.emil}


def test_the_other_ways_and_two_who_decide_at_once(world, proposal):
    dora, now = world.actor("dora"), timezone.now()
    stale = CommonIssue.objects.get()
    deciding.take_up(dora, proposal.pk, CommonMove.RULE, at=now)
    assert list(wished_rules(dora)) == [proposal]

    with pytest.raises(IllegalMove):
        deciding.take_up(dora, proposal.pk, CommonMove.REPLY, at=now)
    with pytest.raises(IllegalMove):
        deciding.move(stale, CommonMove.REPLY, decided_by=dora.person_id, decided_at=now)
    with pytest.raises(IllegalMove):
        deciding.take_up(dora, proposal.pk, CommonMove.DISMISS, at=now)


@pytest.mark.parametrize("name", ["ada", "ben", "cleo", "emil"])
def test_nobody_but_organisers_finds_it_until_he_is_asked_to_lead(world, proposal, name):
    actor = world.actor(name)

    assert not visible_common(actor).exists()
    assert not common_to_decide(actor).exists()
    with pytest.raises(CommonNotFound):
        common_for(actor, proposal.pk, Permission.COMMON_VIEW)
    with pytest.raises(CommonForbidden):
        common_for(world.actor("dora"), proposal.pk, Permission.COMMON_PLAN)


def test_neither_row_nor_log_tells_who_or_how_many(world, proposal):
    sources = set(Issue.objects.values_list("talk__subject", flat=True))
    told = str(list(AuditDetail.objects.values())) + str(
        CommonIssue.objects.values("kind", "unit", "found_by", "state")
    )

    assert not [source for source in sources if str(source) in told]
