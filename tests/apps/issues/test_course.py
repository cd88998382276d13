"""What one person sees of an issue, and that it is what the archive would let him open."""

import pytest

from issue_builders import STAGES, assign, issue_in
from tanxin.apps.archive.access import visible_records
from tanxin.apps.issues.access import IssueNotFound, issue_for, visible_issues
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue
from tanxin.core.access import Permission

REGROUPING = ("explain", "split", "merge")
EVERYBODY = ("ada", "ben", "cleo", "dora", "emil")


@pytest.mark.parametrize("helper", ["emil", "dora"])
def test_owner_and_verifier_learn_neither_whose_matter_it_is_nor_when_it_came_up(world, helper):
    seen = issue_seen(world.actor(helper), issue_in(world, "answered"))

    assert (seen.subject_id, seen.talk_id) == (None, None)
    assert [step.move for step in seen.path] == ["assign", "report", "verify", "answer"]
    assert world.ben not in {step.person_id for step in seen.path}
    assert seen.path[-1].text is None


@pytest.mark.parametrize("side", ["ada", "ben"])
def test_the_two_of_the_talk_see_the_whole_way_and_every_text(world, side):
    seen = issue_seen(world.actor(side), issue_in(world, "answered"))

    assert seen.subject_id == world.ben
    assert [step.move for step in seen.path] == ["raise", "assign", "report", "verify", "answer"]
    assert all(step.text for step in seen.path if step.move != "verify")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("person", EVERYBODY)
def test_what_is_shown_can_be_opened(world, stage, person):
    issue_id = issue_in(world, stage)
    actor = world.actor(person)
    if not visible_issues(actor).exists():
        return

    shown = set(issue_seen(actor, issue_id).records)
    assert shown == set(visible_records(actor).values_list("pk", flat=True))


@pytest.mark.parametrize("stage", STAGES)
def test_list_and_door_agree(world, stage):
    issue_id = issue_in(world, stage)
    for person in EVERYBODY:
        actor = world.actor(person)
        listed = visible_issues(actor).filter(pk=issue_id).exists()
        try:
            issue_for(actor, issue_id, Permission.ISSUE_VIEW)
        except IssueNotFound:
            assert not listed
        else:
            assert listed


def test_who_no_longer_owns_a_measure_no_longer_knows_of_it(world):
    issue_id = issue_in(world, "assigned")
    assign(world, issue_id, owner="cleo", verifier="dora")

    with pytest.raises(IssueNotFound):
        issue_seen(world.actor("emil"), issue_id)
    assert [step.move for step in issue_seen(world.actor("cleo"), issue_id).path] == ["assign"]


@pytest.mark.parametrize(
    ("stage", "moves"),
    [
        ("raised", {"ada": {"assign", "inquire", *REGROUPING}}),
        (
            "assigned",
            {
                "ada": {"assign", "cause", *REGROUPING},
                "emil": {"report", "note", "cause", "ask_time"},
            },
        ),
        (
            "reported",
            {"ada": {"assign", "cause"}, "emil": {"cause"}, "dora": {"verify", "send_back"}},
        ),
        ("verified", {"ada": {"answer"}}),
        (
            "answered",
            {"ada": {"take_up"}, "ben": {"effect", "reopen"}, "dora": {"effect", "reopen"}},
        ),
    ],
)
def test_each_is_offered_his_own_steps_and_no_others(world, stage, moves):
    issue_id = issue_in(world, stage)
    for person in EVERYBODY:
        if visible_issues(world.actor(person)).exists():
            offered = set(issue_seen(world.actor(person), issue_id).moves)
            assert offered == moves.get(person, set())


def test_one_person_in_two_parts_sees_with_both(world):
    issue_id = issue_in(world, "reported", verifier="ada")

    seen = issue_seen(world.actor("ada"), issue_id)
    assert seen.subject_id == world.ben
    assert set(seen.moves) == {"assign", "cause", "verify", "send_back"}
    assert Issue.objects.get().waiting_for_id == world.ada
