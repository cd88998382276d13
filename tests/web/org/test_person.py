"""A person's page: the facts over the years; what is private is for the person and organisers."""

import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from tanxin.apps.org import services
from tanxin.apps.org.models import Tenure
from tanxin.apps.org.services import PersonDetails
from tanxin.web.org import words
from tanxin.web.org.people import career_rows, private_rows
from world import FOUNDED


def page(world, client_of, name="ada", query="", person="ben"):
    answer = client_of(name).get(reverse("org:person", args=[world.people[person]]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_every_kind_of_fact_with_its_source(world, client_of):
    world.rank("ben", "chu-zheng")
    world.sits("ben", "leaders", "member")
    world.in_charge("ben", "centre")
    world.contact("ben", "mentor", other="cleo")
    world.contact("ben", "area", unit="centre")
    world.contact("emil", "liaison", other="ben")

    shown = page(world, client_of)
    for text in ("规划处处长", "县处级正职", "leaders", "信息中心", "单可", "尉迟明", "第一党支部"):
        assert text in shown
    assert "花名册 2026-01" in shown


def test_contact_details_are_for_the_person_and_organisers(world, client_of):
    for name in ("ben", "dora"):
        assert "13800000001" in page(world, client_of, name)
    for name in ("ada", "cleo", "emil"):
        assert "13800000001" not in page(world, client_of, name)


def test_sensitive_states_are_for_the_person_and_organisers(world, client_of):
    world.state("ben", "ill")
    world.state("ben", "newcomer", sensitive=False)

    for name in ("ben", "dora"):
        assert str(words.STATES["ill"]) in page(world, client_of, name)
    for name in ("ada", "cleo", "emil"):
        shown = page(world, client_of, name)
        assert "生病" not in shown
        assert "新入职" in shown


def test_a_talk_can_be_asked_for_but_not_with_oneself(world, client_of):
    link = f"{reverse('talks:ask')}?of={world.ben}"

    assert link in page(world, client_of, "cleo")
    assert link not in page(world, client_of, "ben")


def test_on_a_past_day_it_says_what_was_then(world, client_of):
    tenure = Tenure.objects.get(person=world.ben)
    services.end_fact(world.founder, Tenure, tenure.pk, end=date(2026, 5, 1), at=FOUNDED)
    world.holds("ben", "副主任", start=date(2026, 5, 1))

    answer = client_of("ada").get(reverse("org:person", args=[world.ben]) + "?on=2026-04-30")
    assert [span.title for span in answer.context["now"]] == ["规划处处长", "第一党支部"]
    today = client_of("ada").get(reverse("org:person", args=[world.ben]))
    assert [span.title for span in today.context["now"]] == ["副主任", "第一党支部"]
    assert len(today.context["picture"].lanes) == 3


def test_units_are_called_as_on_the_day(world, client_of):
    services.change_unit(
        world.founder, world.units["planning"], on=date(2026, 5, 1), name="发展处",
        source="三定方案", at=FOUNDED,
    )  # fmt: skip
    url = reverse("org:person", args=[world.ben])

    before = client_of("ada").get(url + "?on=2026-04-30").context["now"][0]
    assert before.detail == "规划处"
    assert client_of("ada").get(url).context["now"][0].detail == "发展处"


def test_a_voided_fact_is_not_shown(world, client_of):
    tenure = Tenure.objects.get(person=world.ben)
    services.void_fact(world.founder, Tenure, tenure.pk, reason="登记错误", at=FOUNDED)

    answer = client_of("ada").get(reverse("org:person", args=[world.ben]))
    assert [span.title for span in answer.context["spans"]] == ["第一党支部"]


def test_who_has_left_is_said_to_have_left(world, client_of):
    services.leave_realm(world.founder, world.cleo, on=date(2026, 6, 1), at=FOUNDED)
    shown = page(world, client_of, person="cleo")

    assert "2026年6月1日" in shown
    assert f"{reverse('talks:ask')}?of={world.cleo}" not in shown


@pytest.mark.parametrize("name", ["cleo", "dora"])
def test_it_takes_few_queries_however_many_facts(
    world, client_of, name, django_assert_max_num_queries
):
    client, url = client_of(name), reverse("org:person", args=[world.ben])
    client.get(url)
    with django_assert_max_num_queries(12) as small:
        client.get(url)
    for year in range(60):
        world.state("ben", "study", start=date(1960 + year, 1, 1), end=date(1960 + year, 2, 1))
    client.get(url)
    with django_assert_max_num_queries(12) as large:
        client.get(url)

    assert len(large) == len(small)


def test_what_is_not_there_is_not_found(world, client_of):
    url = reverse("org:person", args=[world.realm_id])
    assert client_of("dora").get(url).status_code == 404


def test_columns_of_the_roster_have_words_and_a_career_is_told_in_stages():
    stages = [
        {
            "start": "1994-05",
            "end": "2000-02",
            "text": "委员会科员",
            "asides": ["（其间：在职学习）"],
        },
        {"start": "2023-04", "end": "", "text": "主任", "asides": []},
    ]
    details = PersonDetails(
        "本明", more={"origin": "贵州安顺", "ethnicity": "汉族", "career": json.dumps(stages)}
    )

    with translation.override("zh-hans"):
        rows, career = private_rows(details), career_rows(details)

    assert rows == [("籍贯", "贵州安顺"), ("民族", "汉族")]
    assert career == [
        ("1994-05 – 2000-02", "委员会科员\n（其间：在职学习）"),
        ("2023-04 至今", "主任"),
    ]
