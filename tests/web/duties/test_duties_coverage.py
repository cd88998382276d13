"""Coverage of a unit and of all under it, and the lists behind its numbers."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty


def page(world, client_of, unit="commission", name="ada", query=""):
    answer = client_of(name).get(reverse("duties:coverage", args=[world.units[unit]]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def row(html, title):
    """The numbers of a line: held, owed, confirmed, open, overdue."""
    [line] = [part for part in html.split("<tr>") if f">{title}" in part]
    return re.sub(r"<[^>]+>", " ", line.split("</th>")[1]).split()


def test_each_rule_says_what_is_owed_held_confirmed_and_open(world, derived, client_of):
    derived()
    duty = Duty.objects.filter(rule__rule="charge-with-head", rule__pack="demo-commission")
    first = duty.order_by("due").first()
    services.meet(world.realm_id, [first.pk], on=date(2026, 5, 4), at=timezone.now())
    services.confirm(world.realm_id, [first.pk], at=timezone.now())

    numbers = row(page(world, client_of), first.rule.title)

    assert numbers[:3] == ["1", "/", "2"]
    assert numbers[3:5] == ["2", "1"]


def test_every_number_is_the_length_of_the_list_behind_it(world, derived, client_of):
    derived()
    client, html = client_of("ada"), page(world, client_of)
    links = re.findall(r'<a[^>]*href="(/duties/list/[^"]+)">(?:<b>)?(\d+)<', html)

    assert len(links) > 5
    for url, number in links:
        listed = client.get(url.replace("&amp;", "&")).content.decode()
        assert listed.count('<th scope="row">') == int(number), url


def test_one_drills_down_to_the_units_in_their_order(world, derived, client_of):
    derived()
    html = page(world, client_of)
    planning = reverse("duties:coverage", args=[world.units["planning"]])
    committee = reverse("duties:coverage", args=[world.units["committee"]])

    assert html.index(planning) < html.index(committee)
    assert (
        "尉迟明"
        in client_of("ada")
        .get(reverse("duties:list"), {"unit": world.units["planning"]})
        .content.decode()
    )


def test_who_leads_elsewhere_sees_neither_numbers_nor_lists(world, derived, client_of):
    derived()
    commission = world.units["commission"]

    for name in ("ben", "cleo"):
        client = client_of(name)
        assert client.get(reverse("duties:coverage", args=[commission])).status_code == 403
        assert client.get(reverse("duties:list"), {"unit": commission}).status_code == 403


@pytest.fixture
def ill(world, derived):
    """Ada is ill, which the branch secretary answers within five working days."""
    world.state("ada", "ill", start=timezone.localdate(), sensitive=True)
    derived()
    return Duty.objects.get(rule__rule="care-in-hardship", rule__pack="demo-commission")


def test_a_private_reason_is_no_row_of_its_own_for_who_only_leads(world, ill, client_of):
    world.post("机关党委书记", "committee", "chief")
    world.holds("emil", "机关党委书记")
    html = page(world, client_of, "committee", "emil")

    assert ill.rule.title not in html
    assert "因个人情况（缘由不公开）" in html
    assert ill.rule.title in page(world, client_of, "committee", "dora")


def test_nor_can_it_be_filtered_out_by_its_rule(world, ill, client_of):
    world.post("机关党委书记", "committee", "chief")
    world.holds("emil", "机关党委书记")
    client, unit = client_of("emil"), world.units["committee"]

    by_rule = client.get(reverse("duties:list"), {"unit": unit, "rule": ill.rule_id})
    private = client.get(reverse("duties:list"), {"unit": unit, "private": "1"})

    assert str(ill.pk) not in by_rule.content.decode()
    assert str(ill.pk) in private.content.decode()
    assert ill.rule.title not in private.content.decode()


def test_an_empty_unit_and_an_empty_list_say_what_would_stand_there(world, client_of):
    assert "empty-state" in page(world, client_of)
    assert "empty-state" in client_of("ada").get(reverse("duties:list")).content.decode()


def test_filters_that_make_no_sense_are_left_out(world, derived, client_of):
    derived()
    odd = {"year": "next", "rule": "x", "due": "soon", "state": "odd", "cursor": "???"}

    html = client_of("dora").get(reverse("duties:list"), odd).content.decode()

    assert html.count('<th scope="row">') > 3


def test_coverage_takes_few_queries(world, derived, client_of, django_assert_max_num_queries):
    derived()
    client, url = client_of("ada"), reverse("duties:coverage", args=[world.units["commission"]])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_the_list_takes_few_queries(world, derived, client_of, django_assert_max_num_queries):
    derived()
    client = client_of("ada")
    client.get(reverse("duties:list"))
    with django_assert_max_num_queries(12):
        client.get(reverse("duties:list"), {"unit": world.units["commission"]})


def test_coverage_is_reached_from_the_duties_by_whoever_may_see_it(world, derived, client_of):
    derived()
    ways = {
        name: re.findall(r'href="(/duties/units/[^"]+)"', units(client_of(name)))
        for name in ("ada", "ben", "cleo", "dora", "emil")
    }
    whole = reverse("duties:coverage", args=[world.units["commission"]])

    assert whole in ways["ada"]
    assert whole in ways["dora"]
    assert ways["cleo"] == []
    assert whole not in ways["ben"] + ways["emil"]
    for name, urls in ways.items():
        for url in urls:
            assert client_of(name).get(url).status_code == 200


def test_the_way_to_it_stands_with_the_duties(world, derived, client_of):
    derived()

    assert f'href="{reverse("duties:units")}"' in mine(client_of("ada"))
    assert "没有负责或分管的单位" in units(client_of("cleo"))


def mine(client):
    return client.get(reverse("duties:mine")).content.decode()


def units(client):
    return client.get(reverse("duties:units")).content.decode()
