import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from issue_builders import EVIDENCE, issue_in
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.services import report_measure
from tanxin.core.lifecycle import IllegalMove


@pytest.fixture
def issue_id(world):
    return issue_in(world, "assigned")


def report(world, issue_id, by="emil", text=EVIDENCE):
    return report_measure(world.actor(by), issue_id, evidence_text=text, at=timezone.now())


def test_it_goes_to_the_verifier_with_the_evidence(world, issue_id):
    issue = report(world, issue_id)

    assert (issue.state, issue.waiting_for_id) == ("reported", world.dora)
    evidence = Measure.objects.get().evidence_id
    for reader in ("ada", "ben", "emil", "dora"):
        assert open_texts(world.actor(reader), [evidence], "issue:view") == {evidence: EVIDENCE}
    assert AuditLeaf.objects.get(event="measure.reported").person == world.emil


def test_nothing_is_reported_without_evidence(world, issue_id):
    with pytest.raises(TextMissing):
        report(world, issue_id, text="\n")

    assert Issue.objects.get().state == "assigned"


def test_the_database_refuses_a_report_without_evidence(world, issue_id):
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(reported_at=timezone.now())


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("ada", IssueForbidden),
        ("ben", IssueForbidden),
        ("dora", IssueForbidden),
        ("cleo", IssueNotFound),
    ],
)
def test_only_the_owner_may(world, issue_id, by, refusal):
    with pytest.raises(refusal):
        report(world, issue_id, by=by)

    assert Issue.objects.get().state == "assigned"


def test_reporting_twice_is_refused(world, issue_id):
    report(world, issue_id)

    with pytest.raises(IllegalMove):
        report(world, issue_id)

    assert AuditLeaf.objects.filter(event="measure.reported").count() == 1
