"""What is typed in the form of a step is kept sealed until the step is taken or it is discarded."""

from uuid import uuid4

import pytest
from django.urls import reverse

from issue_builders import held_talk, issue_in
from tanxin.apps.archive.models import Draft

TYPED = "金丝雀：办到一半，先记下"
STEPS = [
    ("assign", "raised", "ada", "statement"),
    ("report", "assigned", "emil", "evidence"),
    ("verify", "reported", "dora", "note"),
    ("answer", "verified", "ada", "answer"),
]


def keep(world, who, url, *, htmx=True, **typed):
    headers = {"HX-Request": "true"} if htmx else {}
    return world.client(who).post(url, typed, headers=headers)


def draft_url(issue_id, step):
    return reverse("issues:draft", args=[issue_id, step])


@pytest.mark.parametrize(("step", "stage", "who", "field"), STEPS)
def test_what_was_typed_stands_in_the_form_again(world, step, stage, who, field):
    issue_id = issue_in(world, stage)

    kept = keep(world, who, draft_url(issue_id, step), **{field: TYPED})
    page = world.client(who).get(reverse(f"issues:{step}", args=[issue_id])).content.decode()

    assert "密封" in kept.content.decode() or "加密" in kept.content.decode()
    assert TYPED in page
    assert "丢弃草稿" in page
    assert TYPED.encode() not in bytes(Draft.objects.get().sealed)


def test_the_wording_of_an_issue_is_kept_with_its_talk_and_dropped_when_it_is_written(world):
    talk = held_talk(world)
    url = reverse("issues:raise", args=[talk.pk])

    keep(world, "ada", reverse("issues:raise_draft", args=[talk.pk]), kind="work", text=TYPED)
    assert TYPED in world.client("ada").get(url).content.decode()
    sent = world.client("ada").post(url, {"form": str(uuid4()), "kind": "work", "text": TYPED})

    assert sent.status_code == 303
    assert not Draft.objects.exists()
    assert TYPED not in world.client("ada").get(url).content.decode()


def test_a_step_that_is_taken_drops_its_draft_and_a_late_one_is_not_kept(world):
    issue_id = issue_in(world, "assigned")
    keep(world, "emil", draft_url(issue_id, "report"), evidence=TYPED)

    taken = world.client("emil").post(
        reverse("issues:report", args=[issue_id]), {"evidence": "已办结"}
    )
    late = keep(world, "emil", draft_url(issue_id, "report"), evidence=TYPED)

    assert (taken.status_code, late.status_code) == (303, 204)
    assert not Draft.objects.exists()


def test_without_a_script_it_is_kept_by_a_button_and_can_be_discarded(world):
    issue_id = issue_in(world, "verified")
    url = draft_url(issue_id, "answer")

    kept = keep(world, "ada", url, htmx=False, answer=TYPED)
    assert kept["Location"] == reverse("issues:answer", args=[issue_id])
    assert Draft.objects.count() == 1
    assert keep(world, "ada", url, htmx=False, discard="1").status_code == 303
    assert not Draft.objects.exists()


def test_a_step_that_there_is_not_has_no_draft(world):
    assert keep(world, "ada", draft_url(issue_in(world, "raised"), "raise")).status_code == 404


def test_what_was_typed_stays_in_the_form_after_a_mistake(world):
    issue_id = issue_in(world, "raised")

    refused = world.client("ada").post(
        reverse("issues:assign", args=[issue_id]), {"statement": TYPED}
    )

    assert refused.status_code == 422
    assert TYPED in refused.content.decode()
