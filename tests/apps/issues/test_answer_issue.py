import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from issue_builders import ANSWER, issue_in
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.services import answer_issue
from tanxin.core.lifecycle import IllegalMove


@pytest.fixture
def issue_id(world):
    return issue_in(world, "verified")


def answer(world, issue_id, by="ada", text=ANSWER):
    return answer_issue(world.actor(by), issue_id, answer_text=text, at=timezone.now())


def test_the_one_who_raised_it_reads_the_answer_and_nobody_waits_any_more(world, issue_id):
    issue = answer(world, issue_id)

    assert (issue.state, issue.waiting_for_id) == ("answered", None)
    text = Step.objects.get(move="answer").text_id
    assert open_texts(world.actor("ben"), [text], "issue:view") == {text: ANSWER}
    assert AuditLeaf.objects.get(event="issue.answered").person == world.ada


@pytest.mark.parametrize("helper", ["emil", "dora"])
def test_the_answer_is_not_for_the_owner_or_the_verifier(world, issue_id, helper):
    answer(world, issue_id)

    text = Step.objects.get(move="answer").text_id
    with pytest.raises(RecordNotFound):
        open_texts(world.actor(helper), [text], "issue:view")


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("ben", IssueForbidden),
        ("emil", IssueForbidden),
        ("dora", IssueForbidden),
        ("cleo", IssueNotFound),
    ],
)
def test_only_the_initiator_may(world, issue_id, by, refusal):
    with pytest.raises(refusal):
        answer(world, issue_id, by=by)

    assert Issue.objects.get().state == "verified"


def test_what_is_not_verified_is_not_answered(world):
    issue_id = issue_in(world, "reported")

    with pytest.raises(IllegalMove):
        answer(world, issue_id)

    assert Issue.objects.get().state == "reported"


def test_an_answer_says_something(world, issue_id):
    with pytest.raises(TextMissing):
        answer(world, issue_id, text="")


def test_the_database_refuses_an_open_issue_for_which_nobody_is_waited(world, issue_id):
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.update(waiting_for=None)
