"""The list of plans, the year of one, what stands behind a number, and who sees how much."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.duties.models import Duty
from tanxin.apps.plans.models import Plan, PlannedTalk
from web.plans.conftest import YEAR

LIST = reverse("plans:list")


def url(name, *args):
    return reverse(f"plans:{name}", args=args)


def test_an_empty_list_says_what_a_plan_is_and_who_may_propose_one(page):
    assert "还没有年度谈话计划" in page(LIST)
    assert reverse("plans:new") in page(LIST)
    assert reverse("plans:new") not in page(LIST, "cleo")
    assert "由您主谈的谈话会列在这里" in page(LIST, "cleo")


def test_the_list_shows_each_plan_with_its_state_and_numbers(page, plan):
    html = page(LIST)

    assert url("plan", plan.pk) in html
    assert "已拟订，待批准" in html
    assert re.search(r'data-label="谈话[^"]*">4<', html)


def test_others_find_no_plan(page, plan):
    assert url("plan", plan.pk) not in page(LIST, "cleo")
    page(url("plan", plan.pk), "cleo", status=404)


def test_the_year_counts_talks_by_leader_and_week_and_opens_to_them(page, plan, client_of):
    html = page(url("plan", plan.pk))

    links = [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]*week=[^"]*)"', html)]
    shown = [
        client_of("dora").get(link).content.decode().count('<th scope="row">') for link in links
    ]
    numbers = [int(one) for one in re.findall(r"week=[^>]*>(\d+)</a>", html)]
    assert shown == numbers
    assert sum(numbers) == 4


def test_an_initiator_sees_his_own_row_alone(page, plan, world):
    html = page(url("plan", plan.pk), "ben")

    assert url("person", plan.pk, world.ben) in html
    assert url("person", plan.pk, world.ada) not in html
    page(url("person", plan.pk, world.ada), "ben", status=404)


def test_a_private_reason_is_told_to_nobody_without_need(page, plan, planned, world):
    private = planned("ben", "cleo")
    title = private.duties.get().duty.rule.title

    for where in (
        url("planned", private.pk),
        f"{url('talks', plan.pk)}?person={world.ben}",
        f"{url('person', plan.pk, world.ben)}?month={YEAR}-03-01",
    ):
        html = page(where, "emil")
        assert "关心关爱" not in html, where
        assert "因个人情况（缘由不公开）" in html, where
    assert title not in page(url("planned", private.pk), "emil")
    assert "关心关爱" in page(url("planned", private.pk), "ben")


def test_the_subject_is_told_the_week_once_it_is_approved(page, plan, client_of):
    assert "计划与您谈话" not in page(LIST, "cleo")
    client_of("ada").post(url("approve", plan.pk))

    html = page(LIST, "cleo")

    assert "计划与您谈话" in html
    assert "安雅" in html
    assert "关心关爱" not in html
    assert url("plan", plan.pk) not in html


def test_what_has_no_day_stands_with_the_least_that_would_help(world, owed, propose, page):
    owed()
    world.state("ben", "leave", start=date(YEAR, 2, 1), end=date(YEAR, 4, 9))

    plan = propose()
    html = page(url("plan", plan.pk))

    assert "没有排上的谈话" in html
    assert "工作日，到" in html
    assert "is-late" in html
    planned = PlannedTalk.objects.get()
    assert "为什么没有排上？" in page(url("planned", planned.pk))
    assert "没有排上的谈话" in page(url("talks", plan.pk), none="1")
    assert "没有排上" in page(url("person", plan.pk, world.ada))


def test_a_list_of_nothing_says_what_would_stand_there(page, plan):
    assert "这里没有计划谈话" in page(url("talks", plan.pk), week=f"{YEAR}-08-02")


@pytest.mark.parametrize("odd", ["x", "-1", "9999"])
def test_odd_questions_show_the_beginning(page, plan, world, odd):
    page(url("plan", plan.pk), **{"from": odd})
    page(url("talks", plan.pk), person=odd, week=odd, cursor=odd)
    page(url("person", plan.pk, world.ada), month=odd)


def test_many_leaders_are_shown_some_at_a_time(world, owed, propose, page):
    for number in range(35):
        world.person(f"lead{number}", f"领导{number}")
        owed(f"lead{number}", "ben")
    plan = propose()

    first = page(url("plan", plan.pk))
    assert first.count('<th scope="row">') == 30
    assert page(url("plan", plan.pk), **{"from": "30"}).count('<th scope="row">') == 5


@pytest.mark.parametrize("view", ["matrix", "relations"])
def test_the_pictures_show_the_talks_of_the_list(page, plan, planned, world, view):
    where = url("talks", plan.pk)
    link = url("planned", planned("ada", "cleo").pk)

    html = page(where, view=view, person=world.ada)

    assert link in html
    assert url("planned", planned("emil", "cleo").pk) not in html
    assert f"person={world.ada}&amp;view=" in html
    assert link in page(where)


def test_why_this_day_is_said_in_sentences(page, plan, planned):
    html = page(url("planned", planned().pk), "ada")

    assert "为什么排在这一天？" in html
    assert "按均匀安排，应在" in html
    duty = planned().duties.get().duty
    assert f"{reverse('talks:new')}?duty={duty.pk}&amp;day={planned().day.isoformat()}" in html
    assert reverse("talks:new") not in page(url("planned", planned().pk), "dora")


def test_proposing_the_talk_asks_for_nothing_that_is_known(page, plan, planned):
    row = planned()
    duty = row.duties.get().duty

    html = page(reverse("talks:new"), "ada", duty=duty.pk, day=row.day.isoformat())

    assert "本明" in html
    assert f'value="{row.day.isoformat()}T09:30"' in html


def test_what_was_held_is_shown_so_and_not_moved(page, plan, planned, world):
    Duty.objects.update(state="met")

    html = page(url("planned", planned().pk), "ada")

    assert "已谈" in html
    assert url("move", plan.pk) not in html
    assert url("move", plan.pk) not in page(
        url("person", plan.pk, world.ada), "ada", month=f"{YEAR}-03-01"
    )


def test_lists_take_few_queries(
    owed, propose, plan, client_of, world, django_assert_max_num_queries
):
    for number in range(20):
        world.person(f"p{number}")
        owed("ada", f"p{number}")
    newer = propose()
    for where, who, most in (
        (LIST, "dora", 12),
        (LIST, "ada", 12),
        (url("talks", newer.pk), "dora", 12),
        (url("talks", newer.pk), "ada", 12),
        (url("plan", newer.pk), "ada", 26),
        (url("person", newer.pk, world.ada), "ada", 12),
    ):
        client = client_of(who)
        client.get(LIST)
        with django_assert_max_num_queries(most):
            assert client.get(where).status_code == 200


def test_what_would_help_lies_ahead_and_is_silent_where_the_time_is_over(
    world, owed, propose, page
):
    world.state("ben", "leave", start=date(YEAR - 2, 1, 1), end=None)
    today = timezone.localdate()
    owed(opens=date(YEAR - 1, 1, 1), due=date(YEAR, 6, 30))
    plan = propose()
    Plan.objects.update(laid_from=date(YEAR - 1, 1, 1), first=date(YEAR - 1, 1, 1))

    said = re.findall(r"能到场就能排上|(\d+)年(\d+)月(\d+)日能到场", page(url("plan", plan.pk)))

    assert said
    days = [date(*map(int, one)) for one in said if all(one)]
    assert all(day >= today for day in days)
    PlannedTalk.objects.update(due=today - timedelta(days=1), opens=date(YEAR - 2, 1, 1))
    assert "已过最后期限" in page(url("plan", plan.pk))
    assert "已过最后期限" in page(url("planned", PlannedTalk.objects.get().pk))
