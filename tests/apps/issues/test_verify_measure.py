import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from issue_builders import MISSING, due, issue_in
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.models import Issue, Measure, MeasureRole, Step
from tanxin.apps.issues.refusals import TextMissing, VerifierIsSubordinate
from tanxin.apps.issues.services import report_measure, verify_measure
from tanxin.core.lifecycle import IllegalMove


@pytest.fixture
def issue_id(world):
    return issue_in(world, "reported")


def verify(world, issue_id, by="dora", *, solved=True, note=""):
    return verify_measure(world.actor(by), issue_id, solved=solved, note=note, at=timezone.now())


def test_solved_goes_to_the_initiator_for_the_answer(world, issue_id):
    issue = verify(world, issue_id)

    assert (issue.state, issue.waiting_for_id) == ("verified", world.ada)
    role = MeasureRole.objects.get(role="verifier")
    assert (role.person_id, role.verdict) == (world.dora, "solved")
    assert Measure.objects.get().verified_at
    assert AuditLeaf.objects.get(event="measure.verified").person == world.dora


def test_sent_back_goes_to_the_owner_with_the_note_and_the_day_as_before(world, issue_id):
    issue = verify(world, issue_id, solved=False, note=MISSING)

    assert (issue.state, issue.waiting_for_id, issue.wanted_on) == ("assigned", world.emil, due())
    note = Step.objects.get(move="send_back").text_id
    assert open_texts(world.actor("emil"), [note], "issue:view") == {note: MISSING}
    assert Measure.objects.get().verified_at is None


def test_after_sending_back_it_is_reported_and_verified_again(world, issue_id):
    verify(world, issue_id, solved=False, note=MISSING)
    report_measure(world.actor("emil"), issue_id, evidence_text="补回访", at=timezone.now())

    assert verify(world, issue_id).state == "verified"
    assert [step.move for step in Step.objects.order_by("number")] == [
        "raise", "assign", "report", "send_back", "report", "verify",
    ]  # fmt: skip


def test_sending_back_without_saying_why_is_refused(world, issue_id):
    with pytest.raises(TextMissing):
        verify(world, issue_id, solved=False)

    assert Issue.objects.get().state == "reported"


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("ada", IssueForbidden),
        ("ben", IssueForbidden),
        ("emil", IssueForbidden),
        ("cleo", IssueNotFound),
    ],
)
def test_only_the_verifier_may(world, issue_id, by, refusal):
    with pytest.raises(refusal):
        verify(world, issue_id, by=by)

    assert Issue.objects.get().state == "reported"


def test_before_there_is_a_report_nothing_is_verified(world):
    issue_id = issue_in(world, "assigned")

    with pytest.raises(IllegalMove):
        verify(world, issue_id)

    assert Issue.objects.get().state == "assigned"


def test_a_verifier_who_came_under_the_owner_may_send_back_but_not_pass_it(world, issue_id):
    world.post("规划处科员", "planning")
    world.holds("dora", "规划处科员", start=None)

    with pytest.raises(VerifierIsSubordinate):
        verify(world, issue_id)
    assert Issue.objects.get().state == "reported"

    assert verify(world, issue_id, solved=False, note=MISSING).state == "assigned"


def test_the_database_itself_refuses_one_person_as_owner_and_verifier(world, issue_id):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE issues_measurerole SET person_id ="
            " (SELECT person_id FROM issues_measurerole WHERE role = 'owner')"
            " WHERE role = 'verifier'"
        )


def test_the_database_itself_refuses_a_verdict_of_the_owner(world, issue_id):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE issues_measurerole SET verdict = 'solved', decided_at = %s"
            " WHERE role = 'owner'",
            [timezone.now()],
        )


def test_the_database_itself_refuses_a_second_owner(world, issue_id):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE issues_measurerole SET role = 'owner' WHERE role = 'verifier'")
