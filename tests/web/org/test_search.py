"""The search of the top bar."""

import pytest
from django.urls import reverse


def search(client_of, text, **headers):
    return client_of("cleo").get(reverse("org:search"), {"q": text}, headers=headers)


@pytest.mark.parametrize("text", ["本明", "bm", "benming", "规划处处长"])
def test_it_leads_to_the_person(world, client_of, text):
    shown = search(client_of, text).content.decode()
    assert reverse("org:person", args=[world.ben]) in shown


def test_it_leads_to_units_and_teams(world, client_of):
    assert (
        reverse("org:unit", args=[world.units["centre"]])
        in search(client_of, "信息中心").content.decode()
    )
    assert (
        reverse("org:team", args=[world.teams["leaders"]])
        in search(client_of, "lead").content.decode()
    )


@pytest.mark.parametrize("text", ["", "没有这个人", "<script>", "x" * 5000])
def test_where_nothing_fits_it_says_what_could(world, client_of, text):
    shown = search(client_of, text)

    assert shown.status_code == 200
    assert b"<script>" not in shown.content
    assert "张伟" in shown.content.decode()


def test_htmx_gets_the_list_alone(world, client_of):
    shown = search(client_of, "本明", **{"HX-Request": "true"}).content.decode()

    assert "<html" not in shown
    assert 'id="search-results"' in shown


def test_phone_numbers_are_not_searched(world, client_of):
    shown = search(client_of, "13800000001").content.decode()
    assert reverse("org:person", args=[world.ben]) not in shown


def test_it_takes_the_same_few_queries_for_many(world, client_of, django_assert_max_num_queries):
    client, url = client_of("cleo"), reverse("org:search")
    for number in range(60):
        world.person(f"p{number}", f"王{number}")
    client.get(url, {"q": "本明"})
    with django_assert_max_num_queries(6) as small:
        client.get(url, {"q": "本明"})
    with django_assert_max_num_queries(6) as large:
        client.get(url, {"q": "王"})

    assert len(small) == len(large)
