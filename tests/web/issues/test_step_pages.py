"""The pages of the steps between raising and answering, and of what comes after."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from issue_builders import (
    CAUSE,
    EVIDENCE,
    FINDING,
    LEFT,
    PROGRESS,
    QUESTION,
    REASON,
    WHY_NOT,
    WORDING,
    due,
    held_talk,
    issue_in,
    later,
    say,
)
from tanxin.apps.issues import services
from tanxin.apps.issues.models import Issue, Measure, Step
from world import NAMES

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def url(name, *args):
    return reverse(f"issues:{name}", args=args)


def post(world, who, name, issue_id, **typed):
    seen = Issue.objects.get(pk=issue_id).steps
    return world.client(who).post(url(name, issue_id), {"seen": seen} | typed)


def page(world, person, name, issue_id):
    return world.client(person).get(url(name, issue_id)).content.decode()


def test_facts_are_asked_for_and_reported(world):
    issue_id = issue_in(world, "raised")
    assert post(
        world, "ada", "inquire", issue_id,
        question=QUESTION, person=str(world.cleo), wanted_on=due().isoformat(),
    ).status_code == 303  # fmt: skip
    theirs = page(world, "cleo", "find", issue_id)
    assert QUESTION in theirs
    assert WORDING not in theirs
    assert NAMES["ben"] not in theirs

    assert post(world, "cleo", "find", issue_id, finding=FINDING).status_code == 303
    assert FINDING in page(world, "ada", "issue", issue_id)
    assert "核实情况只有安排人可见" in page(world, "ben", "issue", issue_id)


def test_somebody_is_looked_for_without_a_script(world):
    issue_id = issue_in(world, "raised")
    answer = post(world, "ada", "inquire", issue_id, find="单可", looking="1", question=QUESTION)

    assert answer.status_code == 200
    assert QUESTION in answer.content.decode()
    assert not answer.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"question": f"{NAMES['ben']}说漏雨"}, "出现了提出人的姓名"),
        ({"person": "ben"}, "都不能承担核实"),
        ({"wanted_on": "2020-01-01"}, "已过"),
        ({"question": " "}, ""),
    ],
)
def test_what_is_wrong_with_a_question_is_said_beside_it(world, typed, said):
    issue_id = issue_in(world, "raised")
    form = {"question": QUESTION, "person": "cleo", "wanted_on": due().isoformat()} | typed
    answer = post(world, "ada", "inquire", issue_id, **form | {
        "person": str(world.people[form["person"]])
    })  # fmt: skip

    assert answer.status_code == 422
    assert said in answer.content.decode() or answer.context["form"].errors["wanted_on"]
    assert Issue.objects.get().state == "raised"


def test_progress_cause_and_files_stand_on_the_way(world):
    issue_id = issue_in(world, "assigned")
    scan = SimpleUploadedFile("照片.pdf", PDF, content_type="application/pdf")
    assert post(world, "emil", "note", issue_id, note=PROGRESS, proofs=scan).status_code == 303
    assert post(world, "emil", "cause", issue_id, cause=CAUSE).status_code == 303
    shown = page(world, "ben", "issue", issue_id)
    assert PROGRESS in shown
    assert CAUSE not in shown
    assert CAUSE in page(world, "ada", "issue", issue_id)

    file_id = Step.objects.get(move="note").files.get().file_id
    answer = world.client("ben").get(url("file", issue_id, file_id))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "照片" not in answer["Content-Disposition"]
    assert world.client("cleo").get(url("file", issue_id, file_id)).status_code == 404
    other = issue_in(world, "assigned", talk=held_talk(world))
    assert world.client("ben").get(url("file", other, file_id)).status_code == 404


def test_a_file_that_is_none_of_these_is_refused_with_the_text_kept(world):
    issue_id = issue_in(world, "assigned")
    page_of_web = SimpleUploadedFile("a.pdf", b"<html><script>", content_type="application/pdf")
    answer = post(world, "emil", "report", issue_id, evidence=EVIDENCE, proofs=page_of_web)

    assert answer.status_code == 422
    assert EVIDENCE in answer.content.decode()
    assert Issue.objects.get().state == "assigned"


def test_without_words_nothing_is_reported_as_done_also_with_a_file(world):
    issue_id = issue_in(world, "assigned")
    scan = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")

    assert post(world, "emil", "report", issue_id, evidence=" ", proofs=scan).status_code == 422
    assert Issue.objects.get().state == "assigned"


def test_more_time_is_asked_for_given_and_counted_on_the_page(world):
    issue_id = issue_in(world, "assigned")
    for days in (3, 6):
        until = later(days).isoformat()
        assert (
            post(world, "emil", "ask_time", issue_id, until=until, reason=REASON).status_code == 303
        )
        assert REASON in page(world, "ada", "decide_time", issue_id)
        assert post(world, "ada", "decide_time", issue_id, verdict="give").status_code == 303

    assert Measure.objects.get().due == later(6)
    assert "延期 2 次" in page(world, "ben", "issue", issue_id)
    with translation.override("en"):
        answer = world.client("ada").get(url("issue", issue_id), HTTP_ACCEPT_LANGUAGE="en")
        assert answer.status_code == 200


def test_no_more_time_needs_a_reason(world):
    issue_id = issue_in(world, "assigned")
    until = due().isoformat()
    early = post(world, "emil", "ask_time", issue_id, until=until, reason=REASON)
    assert "须晚于现有期限" in early.content.decode()
    post(world, "emil", "ask_time", issue_id, until=later().isoformat(), reason=REASON)

    assert post(world, "ada", "decide_time", issue_id, verdict="deny").status_code == 422
    answer = post(world, "ada", "decide_time", issue_id, verdict="deny", reason="汛期将至")
    assert answer.status_code == 303
    assert "汛期将至" in page(world, "emil", "issue", issue_id)


def test_what_cannot_be_solved_now_is_explained_and_taken_up_again(world):
    issue_id = issue_in(world, "assigned")
    on = later().isoformat()
    assert "暂不能解决的原因" in page(world, "ada", "explain", issue_id)
    assert (
        post(world, "ada", "explain", issue_id, text=WHY_NOT, look_again_on=on).status_code == 303
    )
    assert WHY_NOT in page(world, "ben", "issue", issue_id)
    assert WHY_NOT not in page(world, "emil", "issue", issue_id)
    assert "重新办理" in page(world, "ada", "issue", issue_id)

    for _ in range(2):
        assert post(world, "ada", "take_up", issue_id).status_code == 303
    assert Issue.objects.get().state == "reopened"
    assert Issue.objects.get().times_reopened == 1


def test_a_day_to_look_again_that_is_over_is_said_beside_it(world):
    issue_id = issue_in(world, "raised")
    today = timezone.localdate().isoformat()
    answer = post(world, "ada", "explain", issue_id, text=WHY_NOT, look_again_on=today)

    assert answer.status_code == 422
    assert answer.context["form"].errors["look_again_on"]


def test_whoever_says_that_it_did_not_help_opens_it_again(world):
    issue_id = issue_in(world, "answered")
    assert "届时询问" in page(world, "ada", "issue", issue_id)
    form = page(world, "ben", "effect", issue_id)
    assert "只有谈话人和您可见" in form
    assert post(world, "ben", "effect", issue_id, word="not").status_code == 422
    assert post(world, "ben", "effect", issue_id, word="not", text=LEFT).status_code == 303

    assert Issue.objects.get().state == "reopened"
    assert LEFT in page(world, "ada", "issue", issue_id)
    owners = page(world, "emil", "issue", issue_id)
    assert LEFT not in owners
    assert NAMES["ben"] not in owners
    watching = page(world, "dora", "effect", issue_id)
    assert watching == ""


def test_words_of_two_at_once_are_both_kept(world):
    issue_id = issue_in(world, "answered")
    seen = Issue.objects.get().steps
    say(world, issue_id, "dora", "solved")
    browser = world.client("ben")
    first = browser.post(url("effect", issue_id), {"seen": seen, "word": "partly", "text": LEFT})
    assert first.status_code == 422
    assert LEFT in first.content.decode()
    again = first.context["form"]["seen"].value()
    second = browser.post(url("effect", issue_id), {"seen": again, "word": "partly", "text": LEFT})

    assert second.status_code == 303
    assert Issue.objects.get().effect == "partly"
    assert "部分解决" in page(world, "ada", "issue", issue_id)


def test_an_issue_is_split_and_the_parts_are_linked(world):
    issue_id = issue_in(world, "raised")
    assert "第 1 部分" in page(world, "ada", "split", issue_id)
    typed = {f"kind_{n}": "life" for n in range(1, 5)} | {"text_1": "食堂", "text_3": "电梯"}
    assert post(world, "ada", "split", issue_id, **typed).status_code == 303

    parts = Issue.objects.filter(split_from=issue_id)
    assert parts.count() == 2
    shown = page(world, "ben", "issue", issue_id)
    assert all(url("issue", part.pk) in shown for part in parts)
    assert post(world, "ada", "split", issue_id, kind_1="life", text_1="").status_code == 422


def test_an_issue_is_dealt_with_in_another_and_goes_its_own_way_again(world):
    mine = issue_in(world, "raised")
    assert "没有其他未了结的问题" in page(world, "ada", "merge", mine)
    other = issue_in(world, "raised", talk=held_talk(world, subject="cleo"))
    assert NAMES["cleo"] in page(world, "ada", "merge", mine)
    assert post(world, "ada", "merge", mine, into=str(mine)).status_code == 422
    assert post(world, "ada", "merge", mine, into=str(other)).status_code == 303

    assert url("issue", other) in page(world, "ada", "issue", mine)
    theirs = page(world, "ben", "issue", mine)
    assert url("issue", other) not in theirs
    assert NAMES["cleo"] not in theirs
    assert post(world, "ada", "release", mine).status_code == 303
    assert Issue.objects.get(pk=mine).state == "reopened"


def test_marks_have_a_word_beside_the_colour(world):
    issue_id = issue_in(world, "assigned")
    for days, word in ((20, None), (1, "临期"), (-1, "逾期 1 天")):
        day = timezone.localdate() + timedelta(days=days)
        Measure.objects.update(due=day)
        shown = page(world, "emil", "issue", issue_id)
        marks = [one for one in ("临期", "逾期 1 天") if one in shown]
        assert marks == ([word] if word else [])


def test_what_came_up_again_is_told_to_the_leader_alone(world):
    issue_in(world, "raised", talk=held_talk(world))
    issue_id = issue_in(world, "assigned", talk=held_talk(world))

    assert "同一人一年内提出过同类问题" in page(world, "ada", "issue", issue_id)
    for person in ("ben", "emil", "dora"):
        assert "再次出现" not in page(world, person, "issue", issue_id)


def test_a_step_that_is_not_its_time_leads_back_to_the_issue(world):
    issue_id = issue_in(world, "raised")
    for name in ("decide_time", "cause"):
        assert world.client("ada").get(url(name, issue_id)).status_code == 303
        typed = {"verdict": "deny", "reason": REASON, "cause": CAUSE}
        assert post(world, "ada", name, issue_id, **typed).status_code == 422
    services.explain_issue(world.actor("ada"), issue_id, text=WHY_NOT, at=timezone.now())
    assert post(world, "ada", "release", issue_id).status_code == 303
    assert Issue.objects.get().state == "explained"


@pytest.mark.parametrize("seen", ["", "-1", "9" * 30, "x", "1.5"])
def test_strange_page_numbers_take_no_step_twice(world, seen):
    issue_id = issue_in(world, "assigned")
    ask_facts_refused = world.client("emil").post(
        url("note", issue_id), {"seen": seen, "note": PROGRESS}
    )

    assert ask_facts_refused.status_code in (303, 422)
    assert Step.objects.filter(move="note").count() <= 1
