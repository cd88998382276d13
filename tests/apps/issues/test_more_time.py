"""More time for a measure is asked for with a reason, decided by the leader, and counted."""

import pytest
from django.utils import timezone

from issue_builders import EVIDENCE, PROGRESS, REASON, assign, due, issue_in, later
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues import services
from tanxin.apps.issues.access import IssueForbidden
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.refusals import NotLater, TellsWhoRaisedIt, TextMissing
from tanxin.core.lifecycle import IllegalMove
from world import NAMES


@pytest.fixture
def issue_id(world):
    return issue_in(world, "assigned")


def ask(world, issue_id, by="emil", until=None, reason=REASON):
    return services.ask_time(
        world.actor(by), issue_id, until=until or later(), reason=reason, at=timezone.now()
    )


def test_given_it_is_due_later_and_counted(world, issue_id):
    issue = ask(world, issue_id)
    assert (issue.state, issue.waiting_for_id) == ("extending", world.ada)
    assert Measure.objects.get().due == due()

    issue = services.give_time(world.actor("ada"), issue_id, at=timezone.now())

    assert (issue.state, issue.waiting_for_id, issue.wanted_on) == (
        "assigned",
        world.emil,
        later(),
    )
    ask(world, issue_id, until=later(9))
    services.give_time(world.actor("ada"), issue_id, at=timezone.now())
    measure = Measure.objects.get()
    assert (measure.due, measure.extended, measure.asked_until) == (later(9), 2, None)
    assert issue_seen(world.actor("ben"), issue_id).extended == 2
    assert AuditLeaf.objects.filter(event="measure.extended").count() == 2


def test_set_anew_it_was_put_off_as_often_as_before(world, issue_id):
    ask(world, issue_id)
    services.give_time(world.actor("ada"), issue_id, at=timezone.now())
    assign(world, issue_id)

    assert Measure.objects.get().extended == 1


def test_denied_the_day_stays_and_all_concerned_read_why(world, issue_id):
    ask(world, issue_id)
    issue = services.deny_time(
        world.actor("ada"), issue_id, reason="已到雨季，不能再等", at=timezone.now()
    )

    assert (issue.state, issue.waiting_for_id, issue.wanted_on) == ("assigned", world.emil, due())
    assert Measure.objects.get().extended == 0
    for person in ("ben", "emil", "dora"):
        actor = world.actor(person)
        texts = open_texts(actor, issue_seen(actor, issue_id).records, "issue:view").values()
        assert {REASON, "已到雨季，不能再等"} <= set(texts)


def test_who_is_done_reports_without_waiting_for_the_word(world, issue_id):
    ask(world, issue_id)
    issue = services.report_measure(
        world.actor("emil"), issue_id, evidence_text=EVIDENCE, at=timezone.now()
    )

    assert issue.state == "reported"
    assert Measure.objects.get().asked_until is None
    with pytest.raises(IllegalMove):
        services.give_time(world.actor("ada"), issue_id, at=timezone.now())


def test_a_day_no_later_or_no_reason_is_refused(world, issue_id):
    with pytest.raises(NotLater):
        ask(world, issue_id, until=due())
    with pytest.raises(TextMissing):
        ask(world, issue_id, reason="　")

    assert Issue.objects.get().state == "assigned"


def test_only_the_owner_asks_and_only_the_leader_decides(world, issue_id):
    for by in ("ada", "dora", "ben"):
        with pytest.raises(IssueForbidden):
            ask(world, issue_id, by=by)
    ask(world, issue_id)
    for by in ("emil", "dora", "ben"):
        with pytest.raises(IssueForbidden):
            services.give_time(world.actor(by), issue_id, at=timezone.now())
        with pytest.raises(IssueForbidden):
            services.deny_time(world.actor(by), issue_id, reason=REASON, at=timezone.now())


def test_what_is_sent_twice_is_decided_once(world, issue_id):
    seen = ask(world, issue_id).steps
    services.give_time(world.actor("ada"), issue_id, seen=seen, at=timezone.now())
    ask(world, issue_id, until=later(9))

    with pytest.raises(IllegalMove):
        services.give_time(world.actor("ada"), issue_id, seen=seen, at=timezone.now())
    assert Measure.objects.get().extended == 1


def test_progress_is_noted_by_who_solves_it_and_leaves_the_turn_as_it_is(world, issue_id):
    issue = services.note_progress(world.actor("emil"), issue_id, text=PROGRESS, at=timezone.now())

    assert (issue.state, issue.waiting_for_id, issue.wanted_on) == ("assigned", world.emil, due())
    with pytest.raises(IssueForbidden):
        services.note_progress(world.actor("dora"), issue_id, text=PROGRESS, at=timezone.now())


def test_the_leader_names_nobody_when_he_gives_no_more_time(world, issue_id):
    ask(world, issue_id)

    with pytest.raises(TellsWhoRaisedIt):
        services.deny_time(
            world.actor("ada"), issue_id, reason=f"{NAMES['ben']}等不了", at=timezone.now()
        )
    assert Issue.objects.get().state == "extending"
