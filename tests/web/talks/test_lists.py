from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from talk_steps import agreed, asked, confirmed, held, proposed, recorded
from tanxin.apps.talks.models import Request, Talk

MINE, REQUESTS = reverse("talks:mine"), reverse("talks:requests")


def shown(world, name, show):
    return world.client(name).get(MINE, {"show": show}).content.decode()


def many_talks(world, count):
    now = timezone.now()
    Talk.objects.bulk_create(
        Talk(
            realm_id=world.realm_id, initiator_id=world.ada, subject_id=world.ben, kind="routine",
            proposed_by_id=world.ada, planned_for=now + timedelta(hours=n), created_at=now,
        )
        for n in range(count)
    )  # fmt: skip


def queries(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_what_waits_for_me_is_what_i_can_do_next(world):
    to_answer, to_record, to_confirm = proposed(world), held(world), recorded(world)
    planned, done = agreed(world, days=3), confirmed(world)

    ada, ben = shown(world, "ada", "waiting"), shown(world, "ben", "waiting")

    assert str(to_record.pk) in ada
    assert str(to_confirm.pk) not in ada
    assert str(to_answer.pk) in ben
    assert str(to_confirm.pk) in ben
    for talk in (planned, done):
        assert str(talk.pk) not in ada + ben


@pytest.mark.parametrize(("show", "inside"), [("planned", [0]), ("held", [1]), ("all", [0, 1])])
def test_filters_show_planned_and_held(world, show, inside):
    talks = [agreed(world), recorded(world)]

    page = shown(world, "ada", show)

    assert [n for n, talk in enumerate(talks) if str(talk.pk) in page] == inside


def test_only_an_organiser_sees_the_talks_of_others_and_no_text(world):
    talk = recorded(world)

    assert str(talk.pk) in shown(world, "dora", "realm")
    assert "金丝雀" not in shown(world, "dora", "realm")
    assert str(talk.pk) not in shown(world, "dora", "all")
    for name in ("cleo", "emil"):
        assert str(talk.pk) not in shown(world, name, "realm")


def test_an_empty_list_says_what_to_do(world):
    assert reverse("duties:mine") in shown(world, "cleo", "all")
    assert "没有待办" in shown(world, "cleo", "waiting")


def test_the_list_of_talks_costs_the_same_for_3_and_for_60(world):
    client = world.client("ada")
    client.get(MINE)
    many_talks(world, 3)
    few = queries(client, MINE)
    many_talks(world, 57)

    assert queries(client, MINE) == few <= 12


def test_pages_go_on_and_back(world):
    many_talks(world, 65)
    client = world.client("ada")
    first = client.get(MINE)
    second = client.get(MINE, {"cursor": first.context["page"].next})
    third = client.get(MINE, {"cursor": second.context["page"].next})
    back = client.get(MINE, {"cursor": second.context["page"].previous})

    pages = [[line.id for line in one.context["lines"]] for one in (first, second, third)]
    assert [len(page) for page in pages] == [30, 30, 5]
    assert len({one for page in pages for one in page}) == 65
    assert [line.id for line in back.context["lines"]] == pages[0]
    assert third.context["page"].next == ""


def test_the_list_of_requests_costs_the_same_for_3_and_for_60(world):
    client = world.client("ada")
    client.get(REQUESTS)
    for count, _ in ((3, 0), (57, 0)):
        now = timezone.now()
        Request.objects.bulk_create(
            Request(
                realm_id=world.realm_id, asker_id=world.ben, asked_id=world.ada, asked_at=now,
                answer_by=now.date(),
            )
            for _ in range(count)
        )  # fmt: skip
        if count == 3:
            few = queries(client, REQUESTS)

    assert queries(client, REQUESTS) == few <= 12


def test_a_request_is_listed_for_its_two_sides_only(world):
    request = asked(world)

    for name in ("ada", "ben"):
        assert str(request.pk) in world.client(name).get(REQUESTS).content.decode()
    for name in ("cleo", "dora"):
        assert str(request.pk) not in world.client(name).get(REQUESTS).content.decode()


def test_a_talk_costs_the_same_queries_whatever_was_said(world):
    client = world.client("ada")
    talk = confirmed(world)
    client.get(reverse("talks:mine"))

    assert queries(client, reverse("talks:talk", args=[talk.pk])) <= 15


def test_a_cursor_made_up_by_hand_gives_the_first_page(world):
    many_talks(world, 3)

    for cursor in ("x", "WzFd", str(uuid4()), "é"):
        assert len(world.client("ada").get(MINE, {"cursor": cursor}).context["lines"]) == 3
