"""The list of what issues are about, as an organiser keeps it and everybody else chooses from it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import held_talk, issue_in
from tanxin.apps.issues import taxonomy
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.taxonomy import kinds_of

LIST = reverse("issues:kinds")


def at(name, *args):
    return reverse(f"issues:{name}", args=args)


def test_an_organiser_keeps_the_list_and_takes_back_what_he_retired(world):
    dora = world.client("dora")
    dora.post(at("kind_add"), {"zh": "住房保障", "en": "Housing"})
    key = kinds_of(world.realm_id)[-1].key
    dora.post(at("kind_rename", "life"), {"zh": "生活困难", "en": ""})
    dora.post(at("kind_move", key), {"to": "up"})
    dora.post(at("kind_retire", "style"))
    page = dora.get(LIST).content.decode()

    kinds = {kind.key: kind for kind in kinds_of(world.realm_id)}
    assert [kind.key for kind in kinds_of(world.realm_id)][-2:] == [key, "other"]
    assert kinds["style"].is_retired
    assert "生活困难" in page
    assert "住房保障" in page
    assert f'action="{at("kind_restore", "style")}"' in page
    dora.post(at("kind_restore", "style"))
    assert not any(kind.is_retired for kind in kinds_of(world.realm_id))


@pytest.mark.parametrize(("zh", "said"), [("", "请填写中文名称"), ("住房", "已有同名类别")])
def test_a_name_that_does_not_do_is_said_and_nothing_changes(world, zh, said):
    taxonomy.add_kind(world.actor("dora"), zh="住房", at=timezone.now())
    answer = world.client("dora").post(at("kind_add"), {"zh": zh})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert len(kinds_of(world.realm_id)) == 8


def test_a_kind_of_ones_own_is_chosen_when_raising_and_shown_wherever_the_issue_is(world):
    key = taxonomy.add_kind(world.actor("dora"), zh="住房保障", en="Housing", at=timezone.now())
    taxonomy.retire_kind(world.actor("dora"), "style", at=timezone.now())
    ada, talk = world.client("ada"), held_talk(world)
    form = ada.get(at("raise", talk.pk)).content.decode()
    assert "住房保障" in form
    assert "作风" not in form
    ada.post(at("raise", talk.pk), {
        "kind": key, "text": "房子漏雨", "form": talk.pk, "weight": "urgent", "reach": "common",
        "unit": world.units["centre"],
    })  # fmt: skip

    issue = Issue.objects.get()
    assert (issue.kind, issue.weight, issue.reach) == (key, "urgent", "common")
    for address in (
        at("issue", issue.pk), at("mine") + "?show=led", reverse("home:home"),
        reverse("talks:talk", args=[talk.pk]),
    ):  # fmt: skip
        assert "住房保障" in ada.get(address).content.decode(), address
    ada.cookies["tanxin_language"] = "en"
    assert "Housing" in ada.get(at("mine") + "?show=led").content.decode()


def test_the_leader_sorts_anew_and_a_helper_finds_no_way_to(world):
    issue = issue_in(world, "assigned")
    ada = world.client("ada")
    page = ada.get(at("sort", issue)).content.decode()
    assert "规划处" in page
    ada.post(
        at("sort", issue),
        {"kind": "life", "weight": "important", "reach": "personal", "unit": "", "seen": 2},
    )
    answer = ada.get(at("issue", issue)).content.decode()

    assert "重要" in answer
    assert Issue.objects.get().kind == "life"
    late = ada.post(at("sort", issue), {"kind": "work", "seen": 1})
    assert late.status_code == 422
    assert at("sort", issue) in answer
    helped = world.client("emil").get(at("issue", issue)).content.decode()
    assert "重要" in helped
    assert at("sort", issue) not in helped
