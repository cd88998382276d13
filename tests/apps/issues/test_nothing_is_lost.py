"""Whoever goes, an issue waits for somebody who can go on, or is answered; lives nobody planned."""

from random import Random

import pytest
from django.utils import timezone

from issue_builders import (
    ANSWER,
    EVIDENCE,
    LEFT,
    MISSING,
    PROGRESS,
    REASON,
    WHY_NOT,
    ask_facts,
    assign,
    held_talk,
    issue_in,
    later,
    say,
)
from tanxin.apps.archive.access import visible_records
from tanxin.apps.issues import services
from tanxin.apps.issues.access import IssueNotFound, issue_for
from tanxin.apps.issues.counted import Counted
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.refusals import CannotBeMerged, NotAsked, NotLater
from tanxin.apps.issues.services import handing_for_another as for_another
from tanxin.apps.issues.services import handing_over as handing
from tanxin.apps.issues.tallies import rebuild
from tanxin.apps.org import services as org
from tanxin.core.access import Permission, Role, RowForbidden, RowNotFound
from tanxin.core.lifecycle import SETTLED, IllegalMove

REFUSED = (IllegalMove, RowForbidden, RowNotFound, NotAsked, NotLater, CannotBeMerged)
EVERYBODY = ("ada", "ben", "cleo", "dora", "emil")


def verbs(world, dice, issue, other):
    """Everything that anybody may try at any time."""
    at, ada, emil, dora = timezone.now(), *(world.actor(who) for who in ("ada", "emil", "dora"))
    helpers = dice.choice([{}, {"co_owners": [world.cleo]}, {"owner": "cleo"}])
    return [
        lambda: assign(world, issue, **helpers),
        lambda: ask_facts(world, issue, person=dice.choice(["cleo", "emil"])),
        lambda: services.report_facts(
            world.actor(dice.choice(["cleo", "emil"])), issue, finding=EVIDENCE, at=at
        ),
        lambda: services.note_progress(emil, issue, text=PROGRESS, at=at),
        lambda: services.write_cause(ada, issue, text=REASON, at=at),
        lambda: services.ask_time(
            emil, issue, until=later(dice.randrange(9)), reason=REASON, at=at
        ),
        lambda: services.give_time(ada, issue, at=at),
        lambda: services.deny_time(ada, issue, reason=REASON, at=at),
        lambda: services.report_measure(emil, issue, evidence_text=EVIDENCE, at=at),
        lambda: services.report_measure(world.actor("cleo"), issue, evidence_text=EVIDENCE, at=at),
        lambda: services.verify_measure(dora, issue, solved=False, note=MISSING, at=at),
        lambda: services.verify_measure(dora, issue, solved=True, note="", at=at),
        lambda: services.verify_measure(dora, issue, solved=True, note="好", at=at),
        lambda: services.answer_issue(ada, issue, answer_text=ANSWER, at=at),
        lambda: services.explain_issue(ada, issue, text=WHY_NOT, at=at),
        lambda: services.take_up_again(ada, issue, at=at),
        lambda: services.split_issue(ada, issue, [("life", LEFT)], at=at),
        lambda: services.merge_issue(ada, issue, other, at=at),
        lambda: services.release_issue(ada, issue, at=at),
        lambda: say(
            world, issue, dice.choice(["ben", "dora"]), dice.choice(["solved", "partly"]), LEFT
        ),
        lambda: say(world, issue, dice.choice(["ben", "dora"]), "not", LEFT),
    ]


@pytest.mark.parametrize("seed", [3, 11])
def test_lives_that_nobody_planned_lose_nothing(world, seed):
    dice, talks = Random(seed), [held_talk(world), held_talk(world)]
    for number in range(4):
        issue_in(world, "raised", talk=talks[number % 2])
    for _ in range(90):
        ids = list(Issue.objects.order_by("raised_at").values_list("pk", flat=True))
        issue, other = dice.sample(ids[:6], 2)
        try:
            dice.choice(verbs(world, dice, issue, other))()
        except REFUSED:
            continue
        check_all(world)
    check_what_is_shown(world)
    before = sorted(Counted.objects.values_list("issue", "reached"), key=str)
    rebuild(world.realm_id)
    assert sorted(Counted.objects.values_list("issue", "reached"), key=str) == before


def check_all(world):
    for issue in Issue.objects.all():
        if issue.state == "merged":
            assert issue.merged_into.state not in SETTLED
        elif issue.state not in SETTLED:
            assert issue.waiting_for_id
        elif issue.state == "answered":
            moves = list(Step.objects.filter(issue=issue).order_by("number"))
            names = [step.move for step in moves]
            answer = len(names) - 1 - names[::-1].index("answer")
            sure = [step for step in moves[:answer] if step.move in ("verify", "follow")][-1]
            opened = [step.number for step in moves[:answer] if step.move in ("assign", "reopen")]
            assert sure.number > max(opened, default=0)
            assert sure.move == "follow" or sure.person_id == world.dora


def check_what_is_shown(world):
    for person in EVERYBODY:
        actor = world.actor(person)
        readable = set(visible_records(actor).values_list("pk", flat=True))
        for issue in Issue.objects.all():
            try:
                seen = issue_seen(actor, issue.pk)
            except IssueNotFound:
                continue
            assert set(seen.records) <= readable
            if person in ("emil", "dora", "cleo"):
                assert world.ben not in {step.person_id for step in seen.path}


@pytest.mark.parametrize(
    ("goes", "stage"),
    [("emil", "assigned"), ("dora", "reported"), ("cleo", "inquiring"), ("dora", "answered")],
)
def test_what_somebody_who_left_was_to_do_goes_to_a_successor(world, goes, stage):
    issue_id = issue_in(world, "raised" if stage == "inquiring" else stage)
    if stage == "inquiring":
        ask_facts(world, issue_id)
    world.person("theo", "西奥")
    world.account("theo")
    today, now = timezone.localdate(), timezone.now()
    org.leave_realm(world.founder, world.people[goes], on=today, at=now)
    if goes == "dora":
        world.entrust("emil", Role.ORGANISER)
    organiser = world.actor("emil" if goes == "dora" else "dora")
    left = for_another.waiting_for_nobody(organiser, on=today)
    kind = {"inquiring": "inquiry", "answered": "effect"}.get(stage, "measure")
    assert [(line.kind, line.row) for line in left[world.people[goes]]] == [(kind, issue_id)]
    made = for_another.propose_successor(
        organiser, world.people[goes], world.people["theo"], on=today, at=now
    )
    handing.take_over(world.actor("theo"), made.pk, at=now)
    approver = next(iter(for_another.who_may_approve(made, on=today)))
    name = next(key for key, value in world.people.items() if value == approver)
    for_another.approve_handover(world.actor(name), made.pk, on=today, at=now)

    theo = world.actor("theo")
    assert issue_for(theo, issue_id, Permission.ISSUE_VIEW)
    if stage == "answered":
        assert say(world, issue_id, "theo", "partly", LEFT).effect == "partly"
    else:
        assert Issue.objects.get().waiting_for_id == world.people["theo"]


@pytest.mark.parametrize("goes", ["emil", "dora"])
def test_without_a_successor_the_leader_sets_it_anew(world, goes):
    issue_id = issue_in(world, "reported" if goes == "dora" else "assigned")
    now = timezone.now()
    org.leave_realm(world.founder, world.people[goes], on=timezone.localdate(), at=now)
    others = {"owner": "cleo", "verifier": "dora"} if goes == "emil" else {"verifier": "cleo"}

    assert assign(world, issue_id, **others).state == "assigned"
