from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import (
    ANSWER,
    EVIDENCE,
    MEASURE,
    STAGES,
    STATEMENT,
    WORDING,
    issue_in,
)
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.sealing import client as keeper_client
from world import NAMES


def page(world, person, issue_id):
    return world.client(person).get(reverse("issues:issue", args=[issue_id]))


@pytest.mark.parametrize("side", ["ada", "ben"])
def test_the_two_of_the_talk_read_the_whole_way(world, side):
    text = page(world, side, issue_in(world, "answered")).content.decode()

    for passage in (WORDING, STATEMENT, MEASURE, EVIDENCE, ANSWER, NAMES["emil"], NAMES["dora"]):
        assert passage in text


@pytest.mark.parametrize("stage", STAGES[1:])
@pytest.mark.parametrize("helper", ["emil", "dora"])
def test_owner_and_verifier_read_what_to_do_and_never_whose_matter_it_is(world, helper, stage):
    issue_id = issue_in(world, stage)
    text = page(world, helper, issue_id).content.decode()

    assert STATEMENT in text
    assert MEASURE in text
    talk_id = Issue.objects.get().talk_id
    secrets = (WORDING, ANSWER, NAMES["ben"], world.ben, talk_id)
    assert not [secret for secret in secrets if str(secret) in text]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stranger_gets_the_same_404_as_for_nothing(world, stage):
    found = page(world, "cleo", issue_in(world, stage))
    nothing = page(world, "cleo", world.realm_id)

    assert found.status_code == nothing.status_code == 404


def test_each_visit_is_a_leaf_in_the_keepers_log(world):
    issue_id = issue_in(world, "assigned")
    page(world, "emil", issue_id)

    told = Measure.objects.get().statement_id
    assert [release.person_id for release in keeper_client.releases(world.realm_id, told)] == [
        world.emil
    ]


def test_overdue_is_said_to_all_four(world):
    issue_id = issue_in(world, "assigned")
    Measure.objects.update(due=timezone.localdate() - timedelta(days=3))

    for person in ("ada", "ben", "emil", "dora"):
        assert "逾期 3 天" in page(world, person, issue_id).content.decode()


def test_without_a_keeper_facts_are_shown_and_wording_is_not(world, settings, tmp_path):
    issue_id = issue_in(world, "assigned")
    browser = world.client("emil")
    url = reverse("issues:issue", args=[issue_id])
    browser.get(url)
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "nowhere.sock")

    answer = browser.get(url)
    assert answer.status_code == 200
    assert "保密机" in answer.content.decode()
    assert MEASURE not in answer.content.decode()


def test_the_next_step_is_offered_to_whose_turn_it_is(world):
    issue_id = issue_in(world, "assigned")
    report = reverse("issues:report", args=[issue_id])

    assert report in page(world, "emil", issue_id).content.decode()
    for other in ("ada", "ben", "dora"):
        assert report not in page(world, other, issue_id).content.decode()


def test_the_page_needs_few_queries(world, django_assert_max_num_queries):
    issue_id = issue_in(world, "answered")
    browser = world.client("ada")
    browser.get(reverse("issues:issue", args=[issue_id]))

    with django_assert_max_num_queries(20):
        browser.get(reverse("issues:issue", args=[issue_id]))
