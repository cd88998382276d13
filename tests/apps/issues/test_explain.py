"""What cannot be solved now is explained to who raised it: answered, not solved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issue_builders import WHY_NOT, ask_facts, assign, issue_in
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.access import IssueForbidden
from tanxin.apps.issues.counted import Counted
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.refusals import DueHasPassed, TextMissing
from tanxin.apps.issues.selectors import answers_to, to_look_at_again
from tanxin.apps.issues.services import explain_issue, take_up_again
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.tallying import Reached


def explain(world, issue_id, by="ada", text=WHY_NOT, **more):
    return explain_issue(world.actor(by), issue_id, text=text, at=timezone.now(), **more)


@pytest.mark.parametrize("stage", ["raised", "assigned"])
def test_it_reaches_who_raised_it_and_counts_as_answered_not_as_solved(world, stage):
    issue_id = issue_in(world, stage)
    issue = explain(world, issue_id)

    assert (issue.state, issue.waiting_for_id) == ("explained", None)
    assert issue.answered_at
    reached = Reached(Counted.objects.get().reached)
    assert reached == Reached.RAISED | Reached.ANSWERED
    ben = world.actor("ben")
    [(_, record)] = answers_to(ben, since=timezone.now() - timedelta(days=1))
    assert open_texts(ben, [record], "issue:view") == {record: WHY_NOT}


def test_who_was_to_solve_it_sees_that_it_was_explained_and_not_how(world):
    issue_id = issue_in(world, "assigned")
    explain(world, issue_id)

    emil = world.actor("emil")
    last = issue_seen(emil, issue_id).path[-1]
    assert (last.move, last.text, last.is_closed) == ("explain", None, True)


def test_it_is_taken_up_again_with_its_whole_past(world):
    issue_id = issue_in(world, "assigned")
    explain(world, issue_id)
    issue = take_up_again(world.actor("ada"), issue_id, at=timezone.now())

    assert (issue.state, issue.waiting_for_id, issue.answered_at) == ("reopened", world.ada, None)
    assert issue.times_reopened == 1
    assert assign(world, issue_id, owner="cleo").state == "assigned"
    moves = [step.move for step in issue_seen(world.actor("ben"), issue_id).path]
    assert moves == ["raise", "assign", "explain", "take_up", "assign"]


def test_on_the_day_to_look_again_the_leader_is_told(world):
    issue_id, today = issue_in(world, "raised"), timezone.localdate()
    explain(world, issue_id, look_again_on=today + timedelta(days=60))
    ada = world.actor("ada")

    assert not to_look_at_again(ada, today=today).exists()
    then = today + timedelta(days=60)
    assert [issue.pk for issue in to_look_at_again(ada, today=then)] == [issue_id]
    assert not to_look_at_again(world.actor("ben"), today=then).exists()
    take_up_again(ada, issue_id, at=timezone.now())
    assert not to_look_at_again(ada, today=then).exists()


def test_without_words_or_for_a_day_gone_it_is_refused(world):
    issue_id = issue_in(world, "raised")
    with pytest.raises(TextMissing):
        explain(world, issue_id, text="")
    with pytest.raises(DueHasPassed):
        explain(world, issue_id, look_again_on=timezone.localdate())

    assert Issue.objects.get().state == "raised"


def test_only_the_leader_explains_and_not_what_is_reported_or_answered(world):
    issue_id = issue_in(world, "assigned")
    for by in ("ben", "emil", "dora"):
        with pytest.raises(IssueForbidden):
            explain(world, issue_id, by=by)
    for stage in ("reported", "verified", "answered"):
        with pytest.raises(IllegalMove):
            explain(world, issue_in(world, stage))


def test_an_inquiry_that_is_under_way_ends(world):
    issue_id = issue_in(world, "raised")
    ask_facts(world, issue_id)
    explain(world, issue_id)

    assert not Issue.objects.get().inquiries.filter(ended_at=None).exists()
