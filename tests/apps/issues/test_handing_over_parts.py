"""Every part in an issue goes to a successor with its texts; a verifier's only to who is free."""

import pytest
from django.utils import timezone

from issue_builders import (
    CAUSE,
    EVIDENCE,
    MISSING,
    QUESTION,
    ask_facts,
    assign,
    due,
    issue_in,
    say,
)
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues import services
from tanxin.apps.issues.access import IssueNotFound
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.issues.refusals import NotAsked
from tanxin.apps.issues.services import handing_over as handing
from tanxin.apps.issues.transitions import take_step
from tanxin.core.lifecycle import IllegalMove, IssueMove


@pytest.fixture
def theo(world):
    """A successor who has nothing to do with it yet."""
    world.person("theo", "西奥")
    world.account("theo")
    return world.actor("theo")


def hand_all(world, giver, taker="theo"):
    made = handing.open_handover(world.actor(giver), world.people[taker], at=timezone.now())
    handing.take_over(world.actor(taker), made.pk, at=timezone.now())
    done = handing.hand_over(world.actor(giver), made.pk, at=timezone.now())
    return {(item.kind, item.moved) for item in done.items.all()}


def texts(actor, issue_id):
    return set(open_texts(actor, issue_seen(actor, issue_id).records, "issue:view").values())


def test_who_looks_into_the_facts(world, theo):
    issue_id = issue_in(world, "raised")
    ask_facts(world, issue_id)

    assert hand_all(world, "cleo") == {("inquiry", True)}

    assert texts(theo, issue_id) == {QUESTION}
    with pytest.raises(IssueNotFound):
        issue_seen(world.actor("cleo"), issue_id)
    issue = services.report_facts(theo, issue_id, finding=EVIDENCE, at=timezone.now())
    assert (issue.state, issue.waiting_for_id) == ("raised", world.ada)


def test_a_co_owner(world, theo):
    issue_id = issue_in(world, "raised")
    assign(world, issue_id, co_owners=[world.cleo], cause_text=CAUSE)

    assert hand_all(world, "cleo") == {("measure", True)}

    assert CAUSE in texts(theo, issue_id)
    assert services.note_progress(theo, issue_id, text="接手", at=timezone.now())
    assert Issue.objects.get().waiting_for_id == world.emil


def test_a_verifier_who_sent_it_back_and_will_be_asked_again(world, theo):
    issue_id = issue_in(world, "reported")
    services.verify_measure(
        world.actor("dora"), issue_id, solved=False, note=MISSING, at=timezone.now()
    )

    assert hand_all(world, "dora") == {("measure", True)}

    emil = world.actor("emil")
    services.report_measure(emil, issue_id, evidence_text=EVIDENCE, at=timezone.now())
    assert Issue.objects.get().waiting_for_id == world.people["theo"]
    assert services.verify_measure(theo, issue_id, solved=True, note="", at=timezone.now())


def test_who_looks_at_the_effect(world, theo):
    issue_id = issue_in(world, "answered")

    assert hand_all(world, "dora") == {("effect", True)}

    assert EVIDENCE in texts(theo, issue_id)
    with pytest.raises(NotAsked):
        say(world, issue_id, "dora", "solved")
    assert say(world, issue_id, "theo", "solved").effect == "solved"
    assert MeasureRole.objects.get(role="verifier").person_id == world.dora


@pytest.mark.parametrize("stage", ["assigned", "answered"])
def test_no_verifiers_part_goes_to_who_works_under_the_owner(world, theo, stage):
    issue_id = issue_in(world, stage)
    world.post("规划处科员", "planning")
    world.holds("theo", "规划处科员", start=None)

    kind = "measure" if stage == "assigned" else "effect"
    assert hand_all(world, "dora") == {(kind, False)}
    with pytest.raises(IssueNotFound):
        issue_seen(theo, issue_id)


@pytest.mark.parametrize("giver", ["ada", "dora"])
def test_a_step_that_was_begun_before_does_not_wait_for_who_has_gone(world, theo, giver):
    issue_id = issue_in(world, "assigned")
    read_before = Issue.objects.get()
    hand_all(world, giver)

    with pytest.raises(IllegalMove):
        take_step(
            read_before, IssueMove.REPORT, waiting_for=world.people[giver], wanted_on=due(),
            at=timezone.now(),
        )  # fmt: skip
    assert Issue.objects.get(pk=issue_id).waiting_for_id == world.emil


def test_nor_a_part_to_whose_matter_it_is(world):
    issue_id = issue_in(world, "raised")
    ask_facts(world, issue_id)

    assert hand_all(world, "cleo", "ben") == {("inquiry", False)}
    assert Issue.objects.get(pk=issue_id).waiting_for_id == world.cleo
