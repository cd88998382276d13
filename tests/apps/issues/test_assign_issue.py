from datetime import timedelta

import pytest
from django.utils import timezone

from issue_builders import MEASURE, STATEMENT, assign, due, issue_in
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Party
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.models import Issue, Measure, Step
from tanxin.apps.issues.refusals import (
    DueHasPassed,
    OwnerVerifiesHimself,
    TellsWhoRaisedIt,
    TextMissing,
    VerifierIsSubordinate,
)
from tanxin.apps.org.access import PersonNotFound
from tanxin.core.lifecycle import IllegalMove
from world import NAMES


@pytest.fixture
def issue_id(world):
    return issue_in(world, "raised")


def test_the_owner_reads_the_statement_and_the_measure_but_not_what_was_said(world, issue_id):
    assign(world, issue_id)

    measure = Measure.objects.get()
    emil = world.actor("emil")
    texts = open_texts(emil, [measure.statement_id, measure.plan_id], "issue:view")
    assert set(texts.values()) == {STATEMENT, MEASURE}
    said = Step.objects.get(move="raise").text_id
    with pytest.raises(RecordNotFound):
        open_texts(emil, [said], "issue:view")


def test_it_waits_for_the_owner_by_the_day_set(world, issue_id):
    issue = assign(world, issue_id)

    assert (issue.state, issue.waiting_for_id, issue.wanted_on) == ("assigned", world.emil, due())
    leaf = AuditLeaf.objects.get(event="issue.assigned")
    assert (leaf.person, leaf.subject_id) == (world.ada, issue_id)


def test_the_department_of_the_owner_answers_for_it(world, issue_id):
    assign(world, issue_id, owner="ben", verifier="ada")

    assert Issue.objects.get().unit_id == world.units["planning"]


def test_nobody_verifies_what_he_owns(world, issue_id):
    with pytest.raises(OwnerVerifiesHimself):
        assign(world, issue_id, owner="emil", verifier="emil")

    assert not Measure.objects.exists()
    assert Issue.objects.get().state == "raised"


@pytest.mark.parametrize(("owner", "verifier"), [("emil", "ben"), ("ada", "ben"), ("ada", "emil")])
def test_nobody_verifies_the_work_of_his_own_leader(world, issue_id, owner, verifier):
    with pytest.raises(VerifierIsSubordinate):
        assign(world, issue_id, owner=owner, verifier=verifier)

    assert not Measure.objects.exists()


def test_a_leader_may_verify_the_work_of_his_people(world, issue_id):
    assert assign(world, issue_id, owner="ben", verifier="emil").state == "assigned"


def test_who_verifies_does_not_read_who_raised_it_though_he_solves_it_himself(world):
    issue_id = issue_in(world, "raised")
    with pytest.raises(TellsWhoRaisedIt):
        assign(
            world, issue_id, owner="ben", verifier="emil",
            statement_text=f"{NAMES['ben']}反映宿舍漏雨",
        )  # fmt: skip
    assert Issue.objects.get().state == "raised"


def test_a_measure_is_not_due_on_a_day_that_is_over(world, issue_id):
    with pytest.raises(DueHasPassed):
        assign(world, issue_id, due=timezone.localdate() - timedelta(days=1))

    assert not Measure.objects.exists()


@pytest.mark.parametrize("missing", ["statement_text", "measure_text"])
def test_the_owner_must_be_told_what_it_is_about(world, issue_id, missing):
    with pytest.raises(TextMissing):
        assign(world, issue_id, **{missing: " "})

    assert not Measure.objects.exists()


def test_people_of_another_realm_cannot_be_named(world, issue_id):
    stranger = type(issue_id)(int=1)
    world.people["stranger"] = stranger
    with pytest.raises(PersonNotFound):
        assign(world, issue_id, owner="stranger")


@pytest.mark.parametrize(
    ("by", "refusal"), [("ben", IssueForbidden), ("dora", IssueNotFound), ("cleo", IssueNotFound)]
)
def test_only_the_initiator_may(world, issue_id, by, refusal):
    with pytest.raises(refusal):
        assign(world, issue_id, by=by)

    assert Issue.objects.get().state == "raised"


def test_a_measure_set_anew_changes_people_day_and_words(world):
    issue_id = issue_in(world, "assigned")
    later = due() + timedelta(days=5)

    issue = assign(
        world, issue_id, owner="ben", verifier="emil", due=later, measure_text="另一措施"
    )

    assert (issue.waiting_for_id, issue.wanted_on) == (world.ben, later)
    measure = Measure.objects.get()
    assert set(measure.roles.values_list("person", "role")) == {
        (world.ben, "owner"),
        (world.emil, "verifier"),
    }
    assert open_texts(world.actor("ben"), [measure.plan_id], "issue:view") == {
        measure.plan_id: "另一措施"
    }
    assert not Party.objects.filter(record=measure.plan_id, person=world.dora).exists()
    assert [step.move for step in Step.objects.order_by("number")] == ["raise", "assign", "assign"]


def test_it_can_be_set_anew_while_a_report_waits_and_is_then_reported_again(world):
    issue_id = issue_in(world, "reported")

    issue = assign(world, issue_id, owner="emil", verifier="cleo")

    assert (issue.state, issue.waiting_for_id) == ("assigned", world.emil)
    assert Measure.objects.get().reported_at is None


def test_what_was_found_solved_is_not_set_anew(world):
    issue_id = issue_in(world, "verified")

    with pytest.raises(IllegalMove):
        assign(world, issue_id)

    assert Issue.objects.get().state == "verified"
