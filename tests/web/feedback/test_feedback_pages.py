"""Telling a unit on the pages: what is marked, who reads what, and that nobody finds the source."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tanxin.apps.issues.feedback.models import Feedback
from telling_steps import ANSWER, NAMED, TOLD, answered, crowd, raised, released, written
from world import NAMES


def url(row, verb="feedback"):
    return reverse(f"feedback:{verb}", args=[row.pk])


def typed(world, **more):
    return {
        "form": str(uuid4()), "text": TOLD, "unit": world.units["office"],
        "heard_in": world.units["commission"], "reviewer": world.dora,
    } | more  # fmt: skip


def test_marked_words_are_shown_with_what_to_do_and_may_be_kept(world):
    crowd(world)
    new = reverse("feedback:new", args=[raised(world)])
    ada = world.client("ada")
    assert "办公室" in ada.get(new).content.decode()

    refused = ada.post(new, typed(world, text="规划处的同志吃不上热饭，电话13800001111。"))
    text = refused.content.decode()
    assert refused.status_code == 422
    assert '<mark title="单位">规划处</mark>' in text
    assert 'value="unit:规划处"' in text
    assert 'value="number:13800001111"' not in text
    assert not Feedback.objects.exists()

    sent = ada.post(new, typed(world, text="规划处的同志吃不上热饭。", kept=["unit:规划处"]))
    row = Feedback.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, url(row))
    assert "正在复核" in ada.get(url(row)).content.decode()


def test_too_few_possible_sources_are_refused_with_the_way_out(world):
    new = reverse("feedback:new", args=[raised(world)])
    crowd(world, 2)
    refused = world.client("ada").post(new, typed(world, heard_in=""))

    assert refused.status_code == 422
    assert "不足五人" in refused.content.decode()
    assert TOLD in refused.content.decode()


def test_the_second_person_sees_the_words_and_not_whose_they_are(world):
    crowd(world)
    row = written(world, text="规划处的同志吃不上热饭。", kept=["unit:规划处"])
    text = world.client("dora").get(url(row)).content.decode()

    assert "<mark" in text
    assert reverse("feedback:release", args=[row.pk]) in text
    for secret in (NAMES["ada"], NAMES["ben"], str(row.issue_id), str(world.ada), str(world.ben)):
        assert secret not in text
    assert reverse("feedback:feedback", args=[row.pk]) in world.client("dora").get(
        reverse("feedback:mine") + "?show=review"
    ).content.decode()  # fmt: skip
    back = world.client("dora").post(url(row, "return"), {"text": ""})
    assert back.status_code == 422
    assert world.client("dora").post(url(row, "return"), {"text": "再宽一些"}).status_code == 303
    assert "再宽一些" in world.client("ada").get(url(row)).content.decode()


def test_the_head_reads_it_answers_and_the_raiser_sees_that_it_went_on(world):
    crowd(world)
    row = released(world)
    cleo = world.client("cleo")
    text = cleo.get(url(row)).content.decode()
    assert TOLD in text
    for secret in (NAMES["ada"], NAMES["ben"], NAMES["dora"], str(row.issue_id)):
        assert secret not in text

    assert cleo.post(url(row, "answer"), {"text": ANSWER}).status_code == 303
    assert ANSWER in world.client("ada").get(url(row)).content.decode()
    mine = world.client("ben").get(reverse("issues:issue", args=[row.issue_id])).content.decode()
    assert "已转给能解决的单位" in mine
    for secret in (TOLD, ANSWER, "办公室", str(row.pk)):
        assert secret not in mine


@pytest.mark.parametrize("name", ["ben", "emil"])
def test_nobody_else_finds_anything(world, name):
    crowd(world)
    row = answered(world)
    client = world.client(name)

    assert client.get(url(row)).status_code == 404
    for show in ("received", "review", "written"):
        page = client.get(reverse("feedback:mine") + f"?show={show}").content.decode()
        assert str(row.pk) not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "x"}, {"heard_in": str(uuid4())}, {"reviewer": str(uuid4())}, {"text": "\u200b"},
        {"kept": ["x" * 3000, "own:本明"], "text": NAMED}, {"form": "x"}, {"text": "安" * 20_001},
    ],
)  # fmt: skip
def test_hostile_input_is_refused_in_words(world, wrong):
    crowd(world)
    answer = world.client("ada").post(
        reverse("feedback:new", args=[raised(world)]), typed(world, **wrong)
    )

    assert answer.status_code == 422
    assert not Feedback.objects.exists()


def test_one_may_take_it_back_while_it_waits_and_the_head_learns_nothing(world):
    crowd(world)
    row = written(world)
    ada = world.client("ada")

    assert ada.post(url(row, "withdraw")).status_code == 303
    assert world.client("dora").get(url(row)).status_code == 404
    assert ada.post(url(row, "withdraw")).status_code == 422
