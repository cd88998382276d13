"""One issue becomes several, several are dealt with as one; nobody learns of another by it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from issue_builders import ANSWER, WHY_NOT, WORDING, held_talk, issue_in
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues import services
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound, visible_issues
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.refusals import CannotBeMerged, NothingToSplit, TextMissing
from tanxin.apps.issues.selectors import issues_waiting_for
from tanxin.apps.issues.tallies import rebuild
from tanxin.core.lifecycle import IllegalMove

PARTS = [("life", "食堂晚上不开"), ("condition", "电梯常坏")]


def split(world, issue_id, parts=PARTS, by="ada"):
    return services.split_issue(world.actor(by), issue_id, parts, at=timezone.now())


def merge(world, issue_id, into, by="ada", **more):
    return services.merge_issue(world.actor(by), issue_id, into, at=timezone.now(), **more)


def of_cleo(world, stage="raised"):
    """Raised by Cleo with Ada."""
    talk = held_talk(world, subject="cleo")
    return issue_in(world, stage, talk=talk)


def answer(world, issue_id, text=ANSWER):
    return services.answer_issue(world.actor("ada"), issue_id, answer_text=text, at=timezone.now())


@pytest.mark.parametrize("stage", ["raised", "assigned"])
def test_each_part_is_an_issue_of_its_own_and_the_rest_goes_on(world, stage):
    issue_id = issue_in(world, stage)
    before = Issue.objects.get()
    parts = split(world, issue_id)

    whole = Issue.objects.get(pk=issue_id)
    assert (whole.state, whole.waiting_for_id) == (before.state, before.waiting_for_id)
    assert [(part.kind, part.state, part.waiting_for_id) for part in parts] == [
        ("life", "raised", world.ada),
        ("condition", "raised", world.ada),
    ]
    ben = world.actor("ben")
    assert set(issue_seen(ben, issue_id).together.parts) == {part.pk for part in parts}
    seen = issue_seen(ben, parts[0].pk)
    assert seen.together.split_from == issue_id
    assert list(open_texts(ben, seen.records, "issue:view").values()) == ["食堂晚上不开"]
    assert {part.again for part in parts} == {""}


def test_who_solves_the_whole_finds_nothing_of_its_parts(world):
    issue_id = issue_in(world, "assigned")
    parts = split(world, issue_id)

    emil = world.actor("emil")
    assert [issue.pk for issue in visible_issues(emil)] == [issue_id]
    assert "split" not in {step.move for step in issue_seen(emil, issue_id).path}
    assert issue_seen(emil, issue_id).together.parts == ()
    with pytest.raises(IssueNotFound):
        issue_seen(emil, parts[0].pk)


def test_no_part_an_empty_part_and_anybody_else_are_refused(world):
    issue_id = issue_in(world, "raised")
    with pytest.raises(NothingToSplit):
        split(world, issue_id, parts=[])
    with pytest.raises(TextMissing):
        split(world, issue_id, parts=[("life", " ")])
    with pytest.raises(IssueForbidden):
        split(world, issue_id, by="ben")
    with pytest.raises(IllegalMove):
        split(world, issue_in(world, "verified"))

    assert Issue.objects.filter(split_from__isnull=False).count() == 0


def test_when_the_other_is_answered_each_gets_an_answer_of_his_own(world):
    mine, other = issue_in(world, "raised"), of_cleo(world, "assigned")
    issue = merge(world, mine, other)
    assert (issue.state, issue.waiting_for_id, issue.merged_into_id) == ("merged", None, other)

    now = timezone.now()
    services.report_measure(world.actor("emil"), other, evidence_text="修好", at=now)
    services.verify_measure(world.actor("dora"), other, solved=True, note="", at=now)
    answer(world, other, "单可专用的答复")

    issue.refresh_from_db()
    assert (issue.state, issue.waiting_for_id, issue.merged_into_id) == (
        "verified",
        world.ada,
        None,
    )
    assert list(issues_waiting_for(world.actor("ada"))) == [issue]
    assert answer(world, mine).state == "answered"
    ben, cleo = world.actor("ben"), world.actor("cleo")
    of_ben = set(open_texts(ben, issue_seen(ben, mine).records, "issue:view").values())
    of_hers = set(open_texts(cleo, issue_seen(cleo, other).records, "issue:view").values())
    assert ANSWER in of_ben
    assert ANSWER not in of_hers
    assert "单可专用的答复" not in of_ben
    assert rebuild(world.realm_id) == 2


def test_neither_of_the_two_learns_of_the_other(world):
    mine, other = issue_in(world, "raised"), of_cleo(world)
    merge(world, mine, other)
    ben, cleo, ada = (world.actor(who) for who in ("ben", "cleo", "ada"))

    assert [issue.pk for issue in visible_issues(ben)] == [mine]
    assert [issue.pk for issue in visible_issues(cleo)] == [other]
    assert issue_seen(ben, mine).together.merged_into is None
    assert "take_in" not in {step.move for step in issue_seen(cleo, other).path}
    assert issue_seen(cleo, other).together.merged == ()
    assert issue_seen(ada, mine).together.merged_into == other
    assert issue_seen(ada, other).together.merged == (mine,)
    assert WORDING in open_texts(ben, issue_seen(ben, mine).records, "issue:view").values()


def test_when_the_other_is_explained_it_is_the_leaders_to_decide_again(world):
    mine, other = issue_in(world, "raised"), of_cleo(world)
    merge(world, mine, other)
    services.explain_issue(world.actor("ada"), other, text=WHY_NOT, at=timezone.now())

    issue = Issue.objects.get(pk=mine)
    assert (issue.state, issue.waiting_for_id) == ("reopened", world.ada)


def test_what_was_merged_goes_along_and_can_go_its_own_way_again(world):
    first, second, third = issue_in(world, "raised"), of_cleo(world), issue_in(world, "raised")
    merge(world, first, second)
    merge(world, second, third)

    assert Issue.objects.get(pk=first).merged_into_id == third
    issue = services.release_issue(world.actor("ada"), first, at=timezone.now())
    assert (issue.state, issue.waiting_for_id, issue.merged_into_id) == (
        "reopened",
        world.ada,
        None,
    )
    assert issue.times_reopened == 0


def test_only_open_issues_of_the_same_leader_are_merged(world):
    mine = issue_in(world, "raised")
    by_emil = held_talk(world, initiator="emil", subject="cleo")
    foreign = services.raise_issue(
        world.actor("emil"), by_emil.pk, kind="life", text=WORDING, at=timezone.now()
    ).pk
    for into in (mine, foreign, of_cleo(world, "verified")):
        with pytest.raises(CannotBeMerged):
            merge(world, mine, into)
    with pytest.raises(IssueForbidden):
        merge(world, mine, of_cleo(world), by="ben")

    assert Issue.objects.get(pk=mine).state == "raised"


def test_of_two_mergers_into_each_other_the_second_is_refused(world):
    one, other = issue_in(world, "raised"), of_cleo(world)
    seen = Issue.objects.get(pk=other).steps
    merge(world, one, other)

    with pytest.raises(IllegalMove):
        merge(world, other, one, seen=seen)
    with pytest.raises(CannotBeMerged):
        merge(world, other, one)


def test_the_database_itself_refuses_to_merge_into_itself(world):
    issue_in(world, "raised")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE issues_issue SET state = 'merged', waiting_for_id = NULL, merged_into_id = id"
        )
