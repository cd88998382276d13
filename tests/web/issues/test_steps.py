"""The pages that take a step: what is typed, what comes of it, and what is refused in words."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import (
    ANSWER,
    EVIDENCE,
    MEASURE,
    MISSING,
    STATEMENT,
    WORDING,
    due,
    held_talk,
    issue_in,
)
from tanxin.apps.issues.models import Issue, Measure, Step

FORM = {"statement": STATEMENT, "measure": MEASURE}


def post(world, person, verb, row_id, **typed):
    return world.client(person).post(reverse(f"issues:{verb}", args=[row_id]), typed)


def measure_form(world, owner="emil", verifier="dora", **more):
    people = {"owner": str(world.people[owner]), "verifier": str(world.people[verifier])}
    return FORM | people | {"due": due().isoformat()} | more


def test_an_issue_is_written_down_from_its_talk(world, talk):
    form = {"form": str(uuid4()), "kind": "condition", "text": WORDING}
    answer = post(world, "ada", "raise", talk.pk, **form)

    issue = Issue.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("issues:issue", args=[issue.pk]),
    )


def test_pressing_twice_writes_it_down_once(world, talk):
    form = {"form": str(uuid4()), "kind": "condition", "text": WORDING}
    first = post(world, "ada", "raise", talk.pk, **form)
    second = post(world, "ada", "raise", talk.pk, **form)

    assert first["Location"] == second["Location"]
    assert Issue.objects.count() == 1


def test_a_very_short_issue_is_an_issue(world, talk):
    form = {"form": str(uuid4()), "kind": "work", "text": "缺人"}

    assert post(world, "ada", "raise", talk.pk, **form).status_code == 303


def test_before_the_talk_was_held_there_is_nothing_to_write_down(world):
    talk = held_talk(world, state="agreed")
    form = {"form": str(uuid4()), "kind": "work", "text": WORDING}

    page = world.client("ada").get(reverse("issues:raise", args=[talk.pk]))
    assert (page.status_code, page["Location"]) == (303, reverse("talks:talk", args=[talk.pk]))
    assert post(world, "ada", "raise", talk.pk, **form).status_code == 422
    assert not Issue.objects.exists()


def test_a_measure_is_set(world):
    issue_id = issue_in(world, "raised")

    assert post(world, "ada", "assign", issue_id, **measure_form(world)).status_code == 303
    assert Issue.objects.get().waiting_for_id == world.emil


def test_a_measure_sent_twice_is_set_once_and_an_old_page_sets_none(world):
    issue_id = issue_in(world, "raised")
    page = world.client("ada").get(reverse("issues:assign", args=[issue_id]))
    form = measure_form(world, seen=page.context["form"]["seen"].value())

    answers = [post(world, "ada", "assign", issue_id, **form).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert Step.objects.filter(move="assign").count() == 1


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ({"owner": "emil", "verifier": "emil"}, "责任人不能核查"),
        ({"owner": "emil", "verifier": "ben"}, "责任人的下属"),
    ],
)
def test_a_verifier_who_is_not_free_is_refused_in_words_and_nothing_typed_is_lost(
    world, people, words
):
    issue_id = issue_in(world, "raised")
    answer = post(world, "ada", "assign", issue_id, **measure_form(world, **people))

    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert STATEMENT in text
    assert MEASURE in text
    assert not Measure.objects.exists()


def test_a_day_that_is_over_is_refused(world):
    issue_id = issue_in(world, "raised")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = post(world, "ada", "assign", issue_id, **measure_form(world, due=yesterday))

    assert answer.status_code == 422
    assert not Measure.objects.exists()


def test_somebody_not_listed_is_found_by_name_without_losing_what_was_typed(world):
    issue_id = issue_in(world, "raised")
    answer = post(world, "ada", "assign", issue_id, **measure_form(world, find="单可", looking="1"))

    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.found == [world.cleo]
    assert STATEMENT in answer.content.decode()
    assert not Measure.objects.exists()


def test_a_person_who_is_not_in_the_directory_is_refused(world):
    issue_id = issue_in(world, "raised")
    for made_up in (str(uuid4()), "nobody"):
        answer = post(world, "ada", "assign", issue_id, **measure_form(world) | {"owner": made_up})
        assert answer.status_code == 422


def test_a_report_goes_out(world):
    issue_id = issue_in(world, "assigned")

    assert post(world, "emil", "report", issue_id, evidence=EVIDENCE).status_code == 303
    assert Issue.objects.get().state == "reported"


def test_a_report_without_evidence_is_refused(world):
    issue_id = issue_in(world, "assigned")

    assert post(world, "emil", "report", issue_id, evidence=" ").status_code == 422
    assert Issue.objects.get().state == "assigned"


def test_a_verifier_says_solved_or_sends_back_with_a_note(world):
    issue_id = issue_in(world, "reported")

    silent = post(world, "dora", "verify", issue_id, verdict="sent_back", note="")
    assert silent.status_code == 422
    assert post(world, "dora", "verify", issue_id, verdict="sent_back", note=MISSING)
    assert Issue.objects.get().state == "assigned"

    other = issue_in(world, "reported")
    assert post(world, "dora", "verify", other, verdict="solved").status_code == 303
    assert Issue.objects.get(pk=other).state == "verified"


def test_a_verifier_who_came_under_the_owner_is_told_so(world):
    issue_id = issue_in(world, "reported")
    world.post("规划处科员", "planning")
    world.holds("dora", "规划处科员", start=None)

    answer = post(world, "dora", "verify", issue_id, verdict="solved")
    assert answer.status_code == 422
    assert "责任人的下属" in answer.content.decode()
    assert Issue.objects.get().state == "reported"


def test_the_one_who_raised_it_is_answered(world):
    issue_id = issue_in(world, "verified")

    assert post(world, "ada", "answer", issue_id, answer=ANSWER).status_code == 303
    assert Issue.objects.get().state == "answered"


def test_who_comes_second_is_told_and_keeps_the_text(world):
    issue_id = issue_in(world, "answered")
    answer = post(world, "ada", "answer", issue_id, answer="第二次答复")

    assert answer.status_code == 422
    assert "第二次答复" in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "person"), [("report", "emil"), ("verify", "dora"), ("answer", "ada")]
)
def test_who_opens_a_form_out_of_time_is_sent_to_the_issue(world, verb, person):
    issue_id = issue_in(world, "answered")
    answer = world.client(person).get(reverse(f"issues:{verb}", args=[issue_id]))

    assert answer.status_code == 303


def test_while_the_keeper_is_away_the_text_stays_on_the_page(world, settings, tmp_path):
    issue_id = issue_in(world, "assigned")
    browser = world.client("emil")
    browser.get(reverse("issues:mine"))
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "nowhere.sock")

    answer = browser.post(reverse("issues:report", args=[issue_id]), {"evidence": EVIDENCE})
    assert answer.status_code == 503
    assert EVIDENCE in answer.content.decode()
    assert Issue.objects.get().state == "assigned"


@pytest.mark.parametrize("verb", ["assign", "report", "verify", "answer"])
def test_the_subject_may_see_it_but_take_none_of_these_steps(world, verb):
    issue_id = issue_in(world, "assigned")

    assert post(world, "ben", verb, issue_id).status_code == 403
    assert post(world, "cleo", verb, issue_id).status_code == 404
