"""The facts are looked into before a measure, by somebody who is not told whose matter it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issue_builders import FINDING, QUESTION, WORDING, ask_facts, assign, issue_in
from tanxin.apps.archive.access import visible_records
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.looking_models import Inquiry
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.refusals import (
    AskedOfTheTwo,
    DueHasPassed,
    HelperIsRecused,
    TellsWhoRaisedIt,
    TextMissing,
)
from tanxin.apps.issues.selectors import issues_waiting_for
from tanxin.apps.issues.services import report_facts
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.core.lifecycle import IllegalMove
from world import NAMES


@pytest.fixture
def issue_id(world):
    return issue_in(world, "raised")


def report(world, issue_id, by="cleo", text=FINDING):
    return report_facts(world.actor(by), issue_id, finding=text, at=timezone.now())


def test_it_waits_for_who_was_asked_and_then_for_who_leads(world, issue_id):
    issue = ask_facts(world, issue_id)
    assert (issue.state, issue.waiting_for_id) == ("inquiring", world.cleo)
    assert list(issues_waiting_for(world.actor("cleo"))) == [issue]

    issue = report(world, issue_id)
    assert (issue.state, issue.waiting_for_id) == ("raised", world.ada)
    events = ("issue.inquired", "issue.facts_found")
    assert [AuditLeaf.objects.get(event=event).person for event in events] == [
        world.ada,
        world.cleo,
    ]
    assert assign(world, issue_id).state == "assigned"


def test_who_looks_into_it_sees_his_question_and_nothing_else(world, issue_id):
    ask_facts(world, issue_id)
    report(world, issue_id)
    assign(world, issue_id)
    cleo = world.actor("cleo")

    seen = issue_seen(cleo, issue_id)

    assert (seen.subject_id, seen.talk_id, seen.owner_id) == (None, None, None)
    assert [step.move for step in seen.path] == ["inquire", "find"]
    texts = open_texts(cleo, seen.records, "issue:view")
    assert set(texts.values()) == {QUESTION, FINDING}
    assert set(texts) == set(visible_records(cleo).values_list("pk", flat=True))
    assert seen.moves == frozenset()


@pytest.mark.parametrize("person", ["ben", "emil", "dora"])
def test_what_was_found_is_for_who_asked(world, issue_id, person):
    ask_facts(world, issue_id)
    report(world, issue_id)
    assign(world, issue_id)
    actor = world.actor(person)

    texts = open_texts(actor, issue_seen(actor, issue_id).records, "issue:view").values()

    assert {QUESTION, FINDING}.isdisjoint(texts)
    ada = world.actor("ada")
    found = open_texts(ada, issue_seen(ada, issue_id).records, "issue:view").values()
    assert {WORDING, QUESTION, FINDING} <= set(found)


def test_somebody_else_asked_instead_ends_it_for_the_first(world, issue_id):
    ask_facts(world, issue_id)
    issue = ask_facts(world, issue_id, person="emil")

    assert issue.waiting_for_id == world.emil
    with pytest.raises(IssueNotFound):
        report(world, issue_id)
    assert report(world, issue_id, by="emil").state == "raised"


def test_a_measure_set_without_waiting_ends_the_inquiry(world, issue_id):
    ask_facts(world, issue_id)
    assign(world, issue_id)

    assert Inquiry.objects.get().ended_at
    with pytest.raises(IssueNotFound):
        report(world, issue_id)


@pytest.mark.parametrize("person", ["ada", "ben"])
def test_neither_of_the_two_looks_into_it(world, issue_id, person):
    with pytest.raises(AskedOfTheTwo):
        ask_facts(world, issue_id, person=person)

    assert Issue.objects.get().state == "raised"


def test_a_question_that_names_whose_matter_it_is_does_not_leave(world, issue_id):
    with pytest.raises(TellsWhoRaisedIt):
        ask_facts(world, issue_id, question=f"{NAMES['ben']}反映漏雨，请核实")

    assert not Inquiry.objects.exists()


def test_an_empty_question_a_day_gone_and_a_recused_are_refused(world, issue_id):
    with pytest.raises(TextMissing):
        ask_facts(world, issue_id, question=" ")
    with pytest.raises(DueHasPassed):
        ask_facts(world, issue_id, wanted_on=timezone.localdate() - timedelta(days=1))
    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="dispute", at=timezone.now()
    )
    with pytest.raises(HelperIsRecused):
        ask_facts(world, issue_id)


@pytest.mark.parametrize(("by", "refusal"), [("ben", IssueForbidden), ("emil", IssueNotFound)])
def test_only_the_leader_asks_and_only_who_was_asked_reports(world, issue_id, by, refusal):
    with pytest.raises(refusal):
        ask_facts(world, issue_id, by=by)
    ask_facts(world, issue_id)
    with pytest.raises(refusal):
        report(world, issue_id, by=by)


def test_who_has_reported_does_not_report_again(world, issue_id):
    ask_facts(world, issue_id)
    report(world, issue_id)

    with pytest.raises(IllegalMove):
        report(world, issue_id)
