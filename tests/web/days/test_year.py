import pytest
from django.urls import reverse

from tanxin.apps.realms.models import CalendarDay

pytestmark = pytest.mark.django_db


def test_a_year_shows_twelve_months_with_holidays_and_days_worked_in_exchange(world, client_of):
    page = client_of("ben").get(reverse("days:year", args=[2026])).content.decode()

    assert page.count('<table class="month">') == 12
    assert "春节" in page
    assert 'class="day-makeup"' in page
    assert "暂定" not in page.split("<main")[1].split("legend-line")[0]


def test_a_year_not_announced_yet_says_so(world, client_of):
    page = client_of("ben").get(reverse("days:year", args=[2028])).content.decode()

    assert "尚未公布" in page
    assert "day-provisional" in page


def test_the_organiser_sets_a_day_and_takes_it_back(world, client_of):
    client = client_of("dora")
    day = {"on": "2026-11-28", "kind": "makeup", "name": "系统演练"}

    assert client.post(reverse("days:set"), day).status_code == 303
    page = client.get(reverse("days:year", args=[2026])).content.decode()
    assert "系统演练" in page

    assert client.post(reverse("days:clear", args=["2026-11-28"])).status_code == 303
    assert not CalendarDay.objects.exists()


def test_a_day_out_of_reach_is_refused_with_what_was_typed(world, client_of):
    answer = client_of("dora").post(
        reverse("days:set"), {"on": "1999-01-01", "kind": "holiday", "name": "旧历"}
    )

    assert answer.status_code == 422
    assert "2004" in answer.content.decode()
    assert "旧历" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_nobody_but_an_organiser_sets_a_day(world, client_of):
    answer = client_of("ada").post(
        reverse("days:set"), {"on": "2026-11-28", "kind": "makeup", "name": ""}
    )

    assert answer.status_code == 403
    assert not CalendarDay.objects.exists()
    assert (
        reverse("days:set")
        not in client_of("ada").get(reverse("days:year", args=[2026])).content.decode()
    )


def test_a_year_costs_the_same_queries_however_many_days_are_set(
    world, client_of, django_assert_max_num_queries
):
    client = client_of("dora")
    for day in range(1, 29):
        client.post(reverse("days:set"), {"on": f"2026-07-{day:02}", "kind": "workday", "name": ""})

    client.get(reverse("days:year", args=[2026]))
    with django_assert_max_num_queries(7):
        client.get(reverse("days:year", args=[2026]))
