"""The chart says who leads what and how many people there are, on any day."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tanxin.apps.org import services
from world import FOUNDED, SOURCE

MOVE = date(2026, 5, 1)


def page(client_of, query="", name="ada"):
    answer = client_of(name).get(reverse("org:chart") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_units_with_chief_and_head_count(world, client_of):
    shown = page(client_of)

    assert "规划处" in shown
    assert "本明 · 1 人" in shown
    assert "安雅 · 4 人" in shown
    assert "第一党支部" not in shown


def test_party_organisations_stand_on_a_tab_of_their_own(world, client_of):
    shown = page(client_of, "?tree=party")

    assert "第一党支部" in shown
    assert "本明 · 2 人" in shown
    assert "规划处" not in shown


def test_a_past_day_is_asked_and_said(world, client_of):
    services.change_unit(
        world.founder, world.units["planning"], on=MOVE, source=SOURCE, at=FOUNDED, name="发展处"
    )

    before, after = page(client_of, "?on=2026-04-30"), page(client_of, "?on=2026-05-01")
    assert "规划处" in before
    assert "发展处" not in before
    assert "发展处" in after
    assert "2026-04-30" in before
    assert f"/units/{world.units['planning']}/?on=2026-04-30" in before
    assert "?on=" not in page(client_of)


def test_before_the_first_unit_it_says_so(world, client_of):
    for unit in ("planning", "centre", "committee", "branch", "commission"):
        services.change_unit(
            world.founder, world.units[unit], on=MOVE, source=SOURCE, at=FOUNDED, order=1
        )
    assert "规划处" in page(client_of, "?on=1999-01-01")
    assert page(client_of, "?on=nonsense&tree=party")


@pytest.mark.parametrize("query", ["", "?tree=party"])
def test_it_takes_few_queries_however_many_units(
    world, client_of, query, django_assert_max_num_queries
):
    client = client_of("ada")
    client.get(reverse("org:chart") + query)
    with django_assert_max_num_queries(12) as small:
        client.get(reverse("org:chart") + query)
    for number in range(60):
        world.unit(f"第{number}处", "department", "commission")
    client.get(reverse("org:chart") + query)
    with django_assert_max_num_queries(12) as large:
        client.get(reverse("org:chart") + query)

    assert len(large) <= len(small)


def test_a_large_chart_is_folded_below_the_second_level(world, client_of):
    for number in range(90):
        world.unit(f"第{number}科", "section", "planning")
    world.unit("小组甲", "section", "第1科")

    shown = page(client_of)
    assert len(re.findall(r"<details open>", shown)) == 2
    assert len(re.findall(r"<details>", shown)) == 1
