"""What no browser of ours sends is refused with a page, and changes nothing."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from issue_builders import issue_in
from talk_steps import held, proposed, recorded
from tanxin.apps.archive.models import Record
from tanxin.apps.issues.models import Issue
from tanxin.apps.talks.models import Talk

BODIES = [
    ("multipart/form-data", b"x"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
    ("application/x-www-form-urlencoded", b"&".join(b"x=1" for _ in range(1500))),
    ("application/x-www-form-urlencoded", b"place=" + b"a" * 5_000_000),
]


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_a_body_that_cannot_be_read_is_answered_in_our_words(world, kind, body):
    answer = world.client("ada").generic(
        "POST", f"{reverse('talks:new')}?with={world.ben}", body, content_type=kind
    )

    assert answer.status_code == 400
    assert "未作任何改动" in answer.content.decode()
    assert not Talk.objects.exists()


def test_a_form_from_elsewhere_is_refused_in_our_words(world):
    talk = proposed(world)
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("ben").cookies

    answer = client.post(reverse("talks:agree", args=[talk.pk]))

    assert answer.status_code == 403
    assert "此页面已过期" in answer.content.decode()
    assert "<style" not in answer.content.decode()
    assert Talk.objects.get().state == "proposed"


@pytest.mark.parametrize(
    ("referer", "then"),
    [
        ("http://testserver/talks/?show=waiting", "/talks/%3Fshow%3Dwaiting"),
        ("http://elsewhere.example/talks/", "/"),
        ("", "/"),
    ],
)
def test_after_logging_in_again_one_lands_on_a_page_and_not_on_a_forms_target(world, referer, then):
    url = reverse("talks:agree", args=[uuid4()])

    answer = Client().post(url, headers={"Referer": referer})

    assert answer["Location"] == f"{reverse('login:login')}?next={then}"


@pytest.mark.parametrize("invisible", ["\u200b\u200b", "\u3164", "\u202e\u2066", " \u00ad\ufeff "])
def test_words_that_nobody_can_see_are_no_record(world, invisible):
    talk = held(world)
    fields = {
        "form": str(uuid4()),
        "expected_version": "0",
        "text": invisible,
        "unclassified": "on",
    }

    answer = world.client("ada").post(reverse("talks:write", args=[talk.pk]), fields)

    assert answer.status_code == 422
    assert Talk.objects.get().state == "held"
    assert not Record.objects.filter(kind="record").exists()


def test_the_form_of_an_issue_tells_nothing_about_the_issues_of_others(world):
    talk = recorded(world)
    fields = {"form": str(uuid4()), "kind": "work", "text": "缺两个人"}
    url = reverse("issues:raise", args=[talk.pk])
    world.client("ada").post(url, fields)
    theirs = Issue.objects.get()

    answer = world.client("ada").post(url, {**fields, "form": str(theirs.pk)})

    assert answer.status_code == 303
    assert Issue.objects.count() == 2
    assert str(theirs.pk) not in answer["Location"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-01-01"])
def test_pages_of_a_day_answer_at_both_ends_of_time(world, day):
    for url in [reverse("org:person", args=[world.ben]), reverse("org:chart")]:
        assert world.client("ada").get(url, {"on": day}).status_code == 200


def test_a_step_number_of_many_digits_comes_too_late_and_breaks_nothing(world):
    issue_id = issue_in(world, "raised")
    url = reverse("issues:draft", args=[issue_id, "assign"])

    answer = world.client("ada").post(url, {"measure": "修缮", "seen": "9" * 5000})

    assert answer.status_code == 204
