"""Outlines to start from, one's own that nobody else reads, the paper, and guidance once."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse

from talk_steps import agreed, events_about, held, proposed
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.selectors import records_about
from tanxin.web.preparing.shipped import read
from tanxin.web.talks.words import KINDS

MINE = "先问孩子上学的事，再谈岗位。"


def page(world, name, view, *args, **query):
    return world.client(name).get(reverse(f"preparing:{view}", args=args), query)


@pytest.mark.parametrize("name", ["outlines", "guidance"])
def test_every_shipped_kind_has_its_words_in_both_languages(name):
    found = read(name)

    assert set(KINDS) <= set(found)
    for texts in found.values():
        assert set(texts) == {"zh", "en"}
        assert len(texts["zh"].splitlines()) == len(texts["en"].splitlines()) <= 7


def test_an_organiser_writes_the_outline_of_a_kind_and_takes_it_back(world):
    dora, edit = world.client("dora"), reverse("preparing:library_edit", args=["care"])

    assert dora.get(edit).status_code == 200
    assert dora.post(edit, {"text": " "}).status_code == 422
    assert dora.post(edit, {"text": "先倒一杯茶"}).status_code == 303

    sheet = page(world, "ada", "sheet", proposed(world, kind="care").pk)
    assert sheet.context["outline"] == "先倒一杯茶"
    assert "先倒一杯茶" in page(world, "ada", "library").content.decode()
    assert dora.post(edit, {"shipped": "1"}).status_code == 303
    assert "先倒一杯茶" not in page(world, "ada", "library").content.decode()
    assert world.client("ada").get(edit).status_code == 403
    nothing = reverse("preparing:library_edit", args=["nothing"])
    assert dora.get(nothing).status_code == 404


def test_ones_own_outline_is_ones_own_and_flows_nowhere(world):
    talk = agreed(world)
    own = reverse("preparing:outline", args=[talk.pk])

    assert "不预设结论" in world.client("ada").get(own).content.decode()
    assert world.client("ada").post(own, {"text": MINE}).status_code == 303

    assert MINE in page(world, "ada", "sheet", talk.pk).content.decode()
    assert MINE in world.client("ada").get(own).content.decode()
    write = world.client("ada").get(reverse("talks:write", args=[talk.pk])).content.decode()
    assert MINE not in write
    [kept] = records_about(world.actor("ada"), talk.pk, ["outline"])
    assert [party.person_id for party in kept.parties.all()] == [world.ada]
    assert world.client("ben").get(own).status_code == 403
    his = world.client("ben").get(reverse("talks:talk", args=[talk.pk])).content.decode()
    assert "谈话人有一份私人备忘，不" in his
    assert MINE not in his
    assert "outline.written" in events_about(talk)


def test_an_outline_kept_twice_is_one(world):
    talk = agreed(world)
    own = reverse("preparing:outline", args=[talk.pk])
    for text in (MINE, "第二稿"):
        assert world.client("ada").post(own, {"text": text}).status_code == 303

    assert Record.objects.get(kind="outline").latest == 2


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_sheet_and_outline_are_taken_out_on_paper(world, form):
    talk = agreed(world)
    world.client("ada").post(reverse("preparing:outline", args=[talk.pk]), {"text": MINE})

    answer = page(world, "ada", "paper", talk.pk, form)

    assert answer.status_code == 200
    if form == "docx":
        said = "\n".join(one.text for one in docx.Document(BytesIO(answer.content)).paragraphs)
        assert MINE in said
        assert "用后请销毁" in said
    assert events_about(talk)[-1] == "talk.printed"
    assert page(world, "ada", "paper", talk.pk, "txt").status_code == 404
    assert page(world, "ben", "paper", talk.pk, form).status_code == 403


def test_guidance_stands_before_the_first_talk_of_a_kind_until_it_is_put_aside(world):
    talk = agreed(world, kind="care")
    write = reverse("talks:write", args=[talk.pk])
    first = "找一个能关门的地方"

    assert first in page(world, "ada", "sheet", talk.pk).content.decode()
    assert first in world.client("ada").get(write).content.decode()
    put_aside = reverse("preparing:put_aside", args=[talk.pk])
    assert world.client("ada").post(put_aside, {"back": "record"})["Location"] == write

    for shown in (page(world, "ada", "sheet", talk.pk), world.client("ada").get(write)):
        assert first not in shown.content.decode()
        assert reverse("preparing:guidance") in shown.content.decode()
    assert first in page(world, "ada", "guidance").content.decode()
    assert page(world, "emil", "sheet", proposed(world, "emil", kind="care").pk).context["guidance"]


def test_who_has_led_such_a_talk_is_not_guided_again(world):
    held(world)

    assert page(world, "ada", "sheet", agreed(world).pk).context["guidance"] == []
