"""What is kept from somebody is not told to him by a ledger, a summary, a call-back or a mark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issue_builders import WORDING, held_talk, issue_in
from signal_steps import supervised
from talk_steps import confirmed
from tanxin.apps.issues import services
from tanxin.apps.issues.access import dated_issues, visible_issues
from tanxin.apps.issues.again import mark_again
from tanxin.apps.issues.feedback.models import Feedback
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.replies import summing
from tanxin.apps.issues.replies.models import Summary
from tanxin.apps.issues.services.recusing import recuse_from_issue
from tanxin.apps.oversight import sampling
from tanxin.apps.oversight.calls import CallForbidden, CallNotFound, call_for
from tanxin.apps.oversight.samples import CallBack
from tanxin.apps.reports.ledger import issues_in, scope_for
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Permission, Role
from tanxin.core.oversight.sampling import Result
from telling_steps import crowd, released

pytestmark = pytest.mark.django_db


def keep(world, issue_id, person, by="ada"):
    at = timezone.now()
    recuse_from_issue(world.actor(by), issue_id, world.people[person], because="wish", at=at)


def own_ledger(world, name):
    today = timezone.localdate()
    first, last = today - timedelta(days=60), today + timedelta(days=60)
    scope = scope_for(world.actor(name), None, first, last, on=today)
    return [row.pk for row in issues_in(world.actor(name), scope)]


def test_an_owner_from_whom_it_is_kept_does_not_take_it_out_in_his_own_ledger(world):
    issue_id = issue_in(world, "assigned")
    assert own_ledger(world, "emil") == [issue_id]

    keep(world, issue_id, "emil")

    assert own_ledger(world, "emil") == []
    assert own_ledger(world, "ben") == [issue_id]


def test_who_solves_it_learns_no_day_from_a_list_of_evidence(world):
    issue_id = issue_in(world, "assigned")

    assert visible_issues(world.actor("emil")).get().pk == issue_id
    assert not dated_issues(world.actor("emil")).exists()
    assert dated_issues(world.actor("ada")).get().pk == issue_id


def test_no_mark_tells_a_leader_of_what_is_kept_from_him(world):
    for person in crowd(world, 5):
        talk = held_talk(world, initiator="dora")
        Talk.objects.filter(pk=talk.pk).update(subject=person)
        earlier = services.raise_issue(
            world.actor("dora"), talk.pk, kind="condition", text=WORDING,
            at=timezone.now() - timedelta(days=30),
        )  # fmt: skip
        Issue.objects.filter(pk=earlier.pk).update(unit=world.units["planning"])
    assert again_in_the_unit(world, "ben") == "unit"

    keep(world, earlier.pk, "ada", by="dora")

    assert again_in_the_unit(world, "cleo") == ""


def again_in_the_unit(world, subject):
    talk, now = held_talk(world, subject=subject), timezone.now()
    issue = services.raise_issue(
        world.actor("ada"), talk.pk, kind="condition", text=WORDING, at=now
    )
    issue.unit_id = world.units["planning"]
    mark_again(issue, now)
    return issue.again


def test_a_head_reads_in_no_summary_what_is_kept_from_him(world):
    crowd(world, 14)
    feedback = released(world, heard_in=world.units["planning"])
    row = Summary(
        realm_id=world.realm_id, unit_id=world.units["planning"], period="2026-Q3",
        handed_to_id=world.units["commission"],
    )  # fmt: skip
    moment = summing.moments_of(summing.period_from(row.period))[0] + timedelta(days=30)
    Feedback.objects.filter(pk=feedback.pk).update(decided_at=moment)
    assert len(statements(world, row, "emil")) == 1

    keep(world, feedback.issue_id, "emil")

    assert statements(world, row, "emil") == []
    assert len(statements(world, row, "ada")) == 1


def statements(world, row, name):
    return summing.told_in(world.actor(name), row, timezone.localdate()).statements


def called_back(world, by="sol"):
    """A call-back about a talk of Ada and Ben in which something was raised."""
    talk = confirmed(supervised(world))
    issue = services.raise_issue(
        world.actor("ada"), talk.pk, kind="life", text=WORDING, at=timezone.now()
    )
    today = timezone.localdate()
    wish = sampling.Wish(today - timedelta(days=60), today, 5)
    sampling.draw_sample(world.actor(by), wish, at=timezone.now())
    return issue.pk, CallBack.objects.get()


def test_a_supervisor_from_whom_an_issue_is_kept_follows_no_call_back_about_it(world):
    issue_id, call = called_back(world)
    keep(world, issue_id, "lena", by="ben")

    with pytest.raises(CallNotFound):
        call_for(world.actor("lena"), call.pk, Permission.CALL_ANSWER)
    assert call_for(world.actor("sol"), call.pk, Permission.CALL_ANSWER) == call
    readers = {person for person, _ in sampling.supervisors_of(call, timezone.now())}
    assert readers == {world.people["sol"]}


def test_nobody_under_the_leader_nor_with_a_part_says_what_came_of_a_call_back(world):
    issue_id, call = called_back(world)
    world.entrust("emil", Role.SUPERVISOR)
    services.assign_issue(
        world.actor("ada"), issue_id, owner=world.cleo, verifier=world.people["sol"],
        due=timezone.localdate(), statement_text="漏水", measure_text="修好", at=timezone.now(),
    )  # fmt: skip

    for name in ("emil", "sol"):
        with pytest.raises(CallForbidden):
            settle(world, call, name)
        page = world.client(name).get(f"/oversight/calls/{call.pk}/").content.decode()
        assert f"{call.pk}/settle/" not in page
    assert settle(world, call, "lena").result == Result.AS_RECORDED


def settle(world, call, by):
    at = timezone.now()
    return sampling.settle_call(world.actor(by), call.pk, result=Result.AS_RECORDED, at=at)
