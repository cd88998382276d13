"""Proposing, moving with its consequences shown first, undoing, approving, dropping, gathering."""

import html as entities
import re
from datetime import date

import pytest
from django.urls import reverse

from tanxin.apps.duties.models import Duty
from tanxin.apps.plans.models import Plan, PlannedTalk
from web.plans.conftest import YEAR, working_days_of_march


def url(name, *args):
    return reverse(f"plans:{name}", args=args)


def sent(client, where, data=None):
    """The answer to a form, or the page it leads to."""
    answer = client.post(where, data or {})
    return client.get(answer["Location"]) if answer.status_code == 303 else answer


def free_day(row):
    taken = set(PlannedTalk.objects.values_list("day", flat=True))
    return next(day for day in working_days_of_march() if day not in taken | {row.day})


def move(client, row, day, **more):
    data = {"planned": row.pk, "day": day.isoformat(), **more}
    return sent(client, url("move", row.plan_id), data)


def form(world, **more):
    return {
        "unit": world.units["commission"], "first": f"{YEAR}-01-01", "last": f"{YEAR}-12-31",
        "per_week": 3, "per_day": 2,
    } | more  # fmt: skip


def test_a_plan_is_proposed_for_a_unit_and_some_days(world, owed, client_of):
    owed()
    client = client_of("ada")
    assert "测试委员会" in client.get(url("new")).content.decode()

    answer = sent(client, url("new"), form(world))

    assert "计划已拟订" in answer.content.decode()
    assert Plan.objects.get().proposed_by_id == world.ada


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last": f"{YEAR - 3}-12-31"}, "截止日期须在今天以后"),
        ({"first": f"{YEAR}-06-01", "last": f"{YEAR}-06-30"}, "没有应谈事项"),
        ({"unit": "x"}, "is-invalid"),
        ({"per_week": 0}, "1"),
    ],
)
def test_a_form_that_makes_no_plan_comes_back(world, owed, client_of, wrong, said):
    owed()

    answer = client_of("dora").post(url("new"), form(world, **wrong))

    assert answer.status_code == 422
    assert said in answer.content.decode() or "aria-invalid" in answer.content.decode()
    assert not Plan.objects.exists()


def test_who_leads_nothing_proposes_nothing(client_of):
    assert client_of("cleo").get(url("new")).status_code == 403


def test_a_move_that_breaks_nothing_is_done_at_once_and_can_be_undone(client_of, planned):
    row, client = planned("emil", "cleo"), client_of("emil")
    was, day = row.day, free_day(row)

    html = move(client, row, day, confirmed="on").content.decode()

    row.refresh_from_db()
    assert row.day == day
    back = entities.unescape(re.search(r'action="(/plans/talks/[^"]+undo[^"]+)"', html)[1])
    client.post(back)
    row.refresh_from_db()
    assert row.day == was


def test_what_a_move_breaks_is_shown_before_it_is_saved(client_of, planned):
    row, other = planned("ada", "cleo"), planned("emil", "cleo")
    was = row.day
    client = client_of("ada")

    asked = move(client, row, other.day).content.decode()

    row.refresh_from_db()
    assert row.day == was
    assert "谈话对象当天另有计划谈话" in asked
    assert "需要随之改动" in asked
    move(client, row, other.day, confirmed="on")
    row.refresh_from_db()
    assert row.day == other.day


@pytest.mark.parametrize("day", [date(YEAR, 6, 1), date(YEAR - 1, 1, 4)])
def test_a_day_outside_its_time_is_refused_with_the_reason(client_of, planned, day):
    row = planned()
    was = row.day

    answer = move(client_of("ada"), row, day)

    assert answer.status_code == 422
    assert "只能排在工作日" in answer.content.decode()
    row.refresh_from_db()
    assert row.day == was


def test_nonsense_is_refused_and_a_talk_of_another_plan_not_found(
    client_of, planned, propose, plan
):
    client = client_of("dora")
    assert client.post(url("move", plan.pk), {"planned": "x"}).status_code == 422
    elsewhere = propose()
    row = planned_of(plan)

    assert (
        client.post(
            url("move", elsewhere.pk), {"planned": row.pk, "day": row.opens.isoformat()}
        ).status_code
        == 404
    )


def planned_of(plan):
    return PlannedTalk.objects.filter(plan=plan.pk).first()


def test_a_forged_way_back_is_none(client_of, planned):
    answer = client_of("ada").post(url("undo", planned().pk) + "?to=x")

    assert answer.status_code == 404


def test_a_plan_that_is_not_followed_any_more_is_not_moved(client_of, planned):
    row = planned()
    Plan.objects.update(state="superseded")

    answer = move(client_of("ada"), row, free_day(row))

    assert "这份计划已不再执行" in answer.content.decode()


def test_leaders_move_their_own_and_chiefs_only_look(client_of, planned):
    row = planned("ben", "cleo")

    assert move(client_of("emil"), row, free_day(row)).status_code == 403
    assert move(client_of("cleo"), row, free_day(row)).status_code == 404


def test_the_chief_approves_once(client_of, plan):
    assert "批准计划" in client_of("ada").get(url("plan", plan.pk)).content.decode()
    assert "批准计划" not in client_of("dora").get(url("plan", plan.pk)).content.decode()
    assert client_of("dora").post(url("approve", plan.pk)).status_code == 403

    first = sent(client_of("ada"), url("approve", plan.pk)).content.decode()
    again = sent(client_of("ada"), url("approve", plan.pk)).content.decode()

    assert "计划已批准" in first
    assert "已经有了决定" in again
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_a_proposal_is_dropped_and_gone_from_the_list(client_of, plan):
    client = client_of("dora")
    html = sent(client, url("drop", plan.pk)).content.decode()
    assert "已撤销" in html
    assert url("plan", plan.pk) not in html
    assert "已经有了决定" in sent(client, url("drop", plan.pk)).content.decode()


def test_a_collective_talk_is_offered_and_taken(world, owed, propose, client_of):
    for number in range(3):
        world.person(f"p{number}", f"人{number}")
        owed("ada", f"p{number}")
    Duty.objects.update(form="either")
    plan = propose()
    client = client_of("ada")
    html = client.get(url("plan", plan.pk)).content.decode()
    keys = re.findall(r'name="planned" value="([^"]+)"', html)
    assert len(keys) == 3
    assert "合为集体谈话" in html

    answer = client.post(url("gather", plan.pk), {"planned": keys})
    taken = client.get(answer["Location"]).content.decode()
    late = sent(client, url("gather", plan.pk), {"planned": keys[:1]})

    made = PlannedTalk.objects.get()
    assert answer["Location"].startswith(reverse("talks:group_new"))
    assert "已合为一次集体谈话" in taken
    assert all(f'name="with" value="{world.people[f"p{n}"]}"' in taken for n in range(3))
    assert f'value="{made.day.isoformat()}T09:30"' in taken
    assert f'<option value="{made.kind}" selected>' in taken
    again = client.get(url("planned", made.pk)).content.decode()
    assert reverse("talks:group_new") in again
    assert "已不能合并" in late.content.decode()
