"""A team's page: who sits in it, and who sat in it before."""

from datetime import date

from django.urls import reverse

from tanxin.apps.org import services
from tanxin.apps.org.models import Seat
from world import FOUNDED


def page(world, client_of, query="", name="ada"):
    answer = client_of(name).get(reverse("org:team", args=[world.teams["leaders"]]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_the_seats_of_the_day_and_all_seats_over_the_years(world, client_of):
    seat = Seat.objects.get(person=world.emil)
    services.end_fact(world.founder, Seat, seat.pk, end=date(2026, 5, 1), at=FOUNDED)
    world.sits("ben", "leaders", "member", start=date(2026, 5, 1))

    now, before = page(world, client_of), page(world, client_of, "?on=2026-04-30")
    assert now.count("本明") == before.count("尉迟明") == 2
    assert now.count("尉迟明") == before.count("本明") == 1
    assert now.count("<rect") == 3


def test_the_pair_matrix_is_offered_to_those_who_may_open_it(world, client_of):
    link = reverse("duties:matrix", args=[world.teams["leaders"]])

    for name in ("ada", "emil", "dora"):
        assert link in page(world, client_of, name=name)
    for name in ("ben", "cleo"):
        assert link not in page(world, client_of, name=name)


def test_it_takes_few_queries(world, client_of, django_assert_max_num_queries):
    client = client_of("ada")
    client.get(reverse("org:team", args=[world.teams["leaders"]]))
    with django_assert_max_num_queries(12):
        client.get(reverse("org:team", args=[world.teams["leaders"]]))


def test_what_is_not_there_is_not_found(world, client_of):
    assert client_of("ada").get(reverse("org:team", args=[world.ada])).status_code == 404
