"""A unit's page: who leads, who is in it, what stands under it."""

from datetime import date

from django.urls import reverse

from tanxin.apps.org import services
from tanxin.apps.org.models import Tenure, UnitSpell
from world import FOUNDED


def page(world, client_of, unit="planning", query="", name="ada"):
    answer = client_of(name).get(reverse("org:unit", args=[world.units[unit]]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_who_leads_who_is_in_charge_and_who_is_there(world, client_of):
    shown = page(world, client_of)

    assert "规划处处长" in shown
    assert reverse("org:person", args=[world.emil]) in shown
    assert "单可" not in shown


def test_it_lists_teams_units_below_and_party_organisations(world, client_of):
    shown = page(world, client_of, "commission")

    for text in ("leaders", "规划处", "信息中心", "机关党委"):
        assert text in shown


def test_a_branch_shows_its_members_by_role(world, client_of):
    shown = page(world, client_of, "branch")

    assert "书记" in shown
    assert shown.index("本明") < shown.rindex("安雅")


def test_only_who_leads_is_offered_the_coverage(world, client_of):
    link = reverse("duties:coverage", args=[world.units["planning"]])

    for name in ("ada", "ben", "emil", "dora"):
        assert link in page(world, client_of, name=name)
    assert link not in page(world, client_of, name="cleo")


def test_on_a_past_day_it_has_the_people_of_that_day(world, client_of):
    tenure = Tenure.objects.get(person=world.ben)
    services.end_fact(world.founder, Tenure, tenure.pk, end=date(2026, 5, 1), at=FOUNDED)

    assert "规划处处长" in page(world, client_of, query="?on=2026-04-30")
    assert "规划处处长" not in page(world, client_of, query="?on=2026-05-01")


def test_a_unit_that_was_not_on_the_day_is_said_not_to_have_been(world, client_of):
    spell = UnitSpell.objects.get(unit=world.units["centre"])
    services.end_fact(world.founder, UnitSpell, spell.pk, end=date(2026, 5, 1), at=FOUNDED)

    shown = page(world, client_of, "centre", "?on=2026-05-01")
    assert "2026-05-01" in shown
    assert "信息中心科员" not in shown


def test_what_is_not_there_is_not_found(world, client_of):
    assert client_of("ada").get(reverse("org:unit", args=[world.ada])).status_code == 404


def test_it_takes_few_queries_however_many_people(world, client_of, django_assert_max_num_queries):
    client, url = client_of("cleo"), reverse("org:unit", args=[world.units["planning"]])
    world.post("主任科员", "planning")
    client.get(url)
    with django_assert_max_num_queries(12) as small:
        client.get(url)
    for number in range(60):
        world.person(f"p{number}", f"人{number}")
        world.holds(f"p{number}", "主任科员")
    client.get(url)
    with django_assert_max_num_queries(12) as large:
        assert client.get(url).content.decode().count("主任科员") == 60

    assert len(large) <= len(small)


def test_of_thousands_it_lists_the_first_and_offers_the_search(world, client_of):
    people = services.sealed_person_rows(
        world.realm_id, [services.PersonDetails(f"人{n}") for n in range(250)], at=FOUNDED
    )
    world.post("操作工", "centre")
    rows = [
        Tenure(person=person, post_id=world.posts["操作工"], source="花名册") for person in people
    ]
    services.write_facts(world.realm_id, [*people, *rows], at=FOUNDED)

    shown = page(world, client_of, "centre")
    assert shown.count("操作工") == 199
    assert "251" in shown
    assert f"{reverse('org:search')}?q=" in shown
