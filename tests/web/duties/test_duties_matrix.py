"""The pair matrix of a team."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import duty_of
from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Seat


@pytest.fixture
def five(world, derived):
    """A team of five, with the duties of its rules."""
    for key in ("faye", "gus", "hana"):
        world.person(key, {"faye": "方怡", "gus": "顾思", "hana": "韩娜"}[key])
        world.sits(key, "leaders", "member")
    derived()
    return world


def page(world, client_of, query="", name="ada"):
    answer = client_of(name).get(reverse("duties:matrix", args=[world.teams["leaders"]]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def this_years(rule):
    return Duty.objects.filter(rule__rule=rule, due__year=timezone.localdate().year)


def test_each_pair_says_who_owes_whom_by_when_and_by_which_rule(five, client_of):
    html = page(five, client_of)
    due = f"{timezone.localdate().year}-12-31"

    assert "安雅" in html
    assert f"{due} 前，依据「班子成员之间必谈」" in html
    assert "主要负责人与班子成员，上下半年各一次" in html


def test_a_mutual_duty_stands_at_two_places_and_is_counted_once(five, client_of):
    rule = this_years("member-with-member").first().rule
    pairs = this_years("member-with-member").count()

    html = page(five, client_of, f"?rule={rule.pk}", name="dora")

    assert pairs == 6
    assert f"<b>{pairs}</b>" in html
    assert html.count("cell tone-") - html.count("<li><span") == pairs * 2


def test_a_pair_opens_its_duty_and_a_team_mate_opens_only_his_own(five, client_of):
    mine = this_years("member-with-member").filter(initiator=five.emil).first()
    others = (
        this_years("member-with-member").exclude(initiator=five.emil).exclude(subject=five.emil)[0]
    )

    for_emil, for_ada = page(five, client_of, name="emil"), page(five, client_of)

    assert reverse("duties:duty", args=[mine.pk]) in for_emil
    assert reverse("duties:duty", args=[others.pk]) not in for_emil
    assert reverse("duties:duty", args=[others.pk]) in for_ada


def test_whoever_has_nothing_open_is_named(five, client_of):
    mine = Duty.objects.filter(initiator=five.people["hana"]) | Duty.objects.filter(
        subject=five.people["hana"]
    )
    services.meet(
        five.realm_id, mine.values_list("pk", flat=True), on=date(2026, 3, 2), at=timezone.now()
    )

    html = page(five, client_of)

    assert "没有待谈的：韩娜" in " ".join(html.split())
    assert "班子成员 · 无待谈" in html


def test_one_who_left_the_team_keeps_what_he_has_held(five, client_of, derived):
    met = this_years("member-with-member").filter(subject=five.people["hana"]) | this_years(
        "member-with-member"
    ).filter(initiator=five.people["hana"])
    services.meet(five.realm_id, [met.first().pk], on=date(2026, 3, 2), at=timezone.now())
    Seat.objects.filter(person=five.people["hana"]).update(end=date(2026, 4, 1))

    assert "已不在班子" in page(five, client_of)


def test_the_relations_are_another_view_of_the_same(five, client_of):
    html = page(five, client_of, "?view=relations")

    assert 'data-chart="relations"' in html
    assert 'class="matrix"' not in html


def test_the_rules_of_the_year_stand_alone_until_all_are_asked_for(five, client_of, derived):
    today = timezone.localdate()
    five.event("democratic_life_meeting", today, team="leaders")
    derived()

    assert "（含会前等节点）" in page(five, client_of)
    assert "依据「民主生活会前班子成员相互谈心」" not in page(five, client_of)
    assert "依据「民主生活会前班子成员相互谈心」" in page(five, client_of, "?rule=all")


def test_every_number_is_the_length_of_the_list_behind_it(five, client_of):
    client = client_of("dora")
    links = re.findall(
        r'<a[^>]*href="(/duties/list/[^"]+)"><b>(\d+)<', page(five, client_of, name="dora")
    )

    assert len(links) == 4
    for url, number in links:
        listed = client.get(url.replace("&amp;", "&")).content.decode()
        assert listed.count('<th scope="row">') == int(number), url


def test_a_team_without_duties_says_where_they_come_from(world, client_of):
    assert "empty-state" in page(world, client_of)


def test_another_year_is_another_matrix(five, client_of):
    assert "empty-state" in page(five, client_of, f"?year={timezone.localdate().year - 1}")


@pytest.mark.parametrize("name", ["ben", "cleo"])
def test_strangers_to_the_team_do_not_open_it(five, client_of, name):
    answer = client_of(name).get(reverse("duties:matrix", args=[five.teams["leaders"]]))

    assert answer.status_code == 403


def test_more_people_cost_no_more_queries(five, client_of, derived, django_assert_num_queries):
    client, url = client_of("ada"), reverse("duties:matrix", args=[five.teams["leaders"]])
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)
    for number in range(6):
        five.person(f"more{number}", f"新{number}")
        five.sits(f"more{number}", "leaders", "member")
    derived()
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 15


def test_a_cell_shows_the_latest_period_and_leads_to_a_line_with_every_duty(world, client_of):
    today = timezone.localdate()
    team, common = world.teams["leaders"], {"mutual": True}
    late = duty_of(world, opens=today - timedelta(90), due=today - timedelta(9), **common)
    newer = duty_of(world, opens=today - timedelta(5), due=today + timedelta(20), **common)
    Duty.objects.filter(pk__in=[late.pk, newer.pk]).update(via=team)

    html = client_of("ada").get(reverse("duties:matrix", args=[team])).content.decode()
    table, words = html.split("逐对说明", 1)

    [anchor, back] = re.findall(r'class="cell tone-[^"]+" href="#([^"]+)"', table)
    assert anchor == back
    line = words.split(f'id="{anchor}"', 1)[1].split("</li>", 1)[0]
    assert str(newer.pk) in line
    assert line.index(str(newer.pk)) < line.index(str(late.pk))
    assert 'cell tone-late" href' not in table
