"""Answers to everybody of a unit, and what a unit hands up of a period."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tanxin.apps.issues.common.access import CommonNotFound
from tanxin.apps.issues.feedback.models import Feedback
from tanxin.apps.issues.feedback.writing import Statement
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.replies import summing, writing
from tanxin.apps.issues.replies.access import (
    ReplyForbidden,
    ReplyNotFound,
    SummaryForbidden,
    SummaryNotFound,
    published_replies,
    replies_to_review,
    reply_for,
    summary_for,
    visible_summaries,
)
from tanxin.apps.issues.replies.models import Reply, Summary
from tanxin.apps.issues.untellable import (
    NobodyToReview,
    PeriodTold,
    SourceStandsOut,
    StillMarked,
    UnitTooSmall,
)
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Permission, Role
from tanxin.core.lifecycle import IllegalMove
from telling_rows import common_of
from telling_steps import crowd, released

ANSWER = "大家反映的晚餐问题，自下月起延到八点。"


@pytest.fixture
def sol(world):
    """A second person beside the organiser."""
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    return world.people["sol"]


def reply_of(world, *, by="dora", text=ANSWER, kept=(), **more):
    given = {
        "title": "晚餐延时", "kind": "condition", "unit": world.units["planning"],
        "reviewer": world.people["sol"], "at": timezone.now(), "form": uuid4(),
    } | more  # fmt: skip
    return writing.write_reply(world.actor(by), Statement(text, kept), **given)


def published(world, **more):
    row = reply_of(world, **more)
    return writing.publish_reply(world.actor("sol"), row.pk, at=timezone.now())


def seen(world, name):
    return published_replies(world.actor(name), on=timezone.localdate())


def test_it_is_read_by_all_of_the_unit_once_a_second_person_published_it(world, sol):
    crowd(world)
    row = reply_of(world)
    assert list(replies_to_review(world.actor("sol"))) == [row]
    assert not seen(world, "ben").exists()

    row = writing.publish_reply(world.actor("sol"), row.pk, at=timezone.now())
    assert list(seen(world, "ben")) == [row]
    assert writing.opened(row).text == ANSWER
    assert not seen(world, "cleo").exists()
    with pytest.raises(ReplyNotFound):
        reply_for(world.actor("cleo"), row.pk, Permission.REPLY_VIEW, on=timezone.localdate())


def test_for_the_whole_organisation_everybody_reads_it(world, sol):
    crowd(world)
    row = published(world, unit=None)

    assert list(seen(world, "cleo")) == [row]


def test_marked_words_a_small_unit_and_a_wrong_second_person_stop_it(world, sol):
    crowd(world, 4)
    with pytest.raises(SourceStandsOut):
        reply_of(world)
    crowd(world, 6, "centre")
    with pytest.raises(StillMarked):
        reply_of(world, unit=None, title="答复本明")
    with pytest.raises(NobodyToReview):
        reply_of(world, unit=None, reviewer=world.dora)
    with pytest.raises(NobodyToReview):
        reply_of(world, unit=None, reviewer=world.ada)
    assert not Reply.objects.exists()


def test_who_heads_a_unit_answers_there_and_nowhere_else(world, sol):
    crowd(world, 8)
    assert reply_of(world, by="ben").author_id == world.ben

    for name, unit in (("ben", None), ("cleo", world.units["planning"])):
        with pytest.raises(ReplyForbidden):
            reply_of(world, by=name, unit=unit)


def test_who_does_not_decide_about_a_common_issue_answers_none(world, sol):
    crowd(world, 8)
    row = common_of(world)
    assert reply_of(world, common=row.pk).common_id == row.pk

    for by, common, refusal in (
        ("ben", row.pk, CommonNotFound),
        ("dora", uuid4(), CommonNotFound),
    ):
        with pytest.raises(refusal):
            reply_of(world, by=by, common=common)
    assert Reply.objects.count() == 1


def test_withdrawn_it_leaves_its_reason_and_sent_back_it_is_not_published(world, sol):
    crowd(world)
    row, now = published(world), timezone.now()
    row = writing.withdraw_reply(world.actor("dora"), row.pk, reason="时间有误。", at=now)
    assert not seen(world, "ben").exists()
    assert writing.opened(row).reason == "时间有误。"
    assert reply_for(world.actor("ben"), row.pk, Permission.REPLY_VIEW, on=timezone.localdate())

    other = reply_of(world)
    writing.return_reply(world.actor("sol"), other.pk, reason="再宽些", at=now)
    with pytest.raises(IllegalMove):
        writing.publish_reply(world.actor("sol"), other.pk, at=now)
    with pytest.raises(ReplyNotFound):
        reply_for(world.actor("ben"), other.pk, Permission.REPLY_VIEW, on=timezone.localdate())


def last_quarter():
    return summing.periods_over(timezone.localdate())[0]


def in_the_last_quarter(world, people=None, kind="condition"):
    """All talks lie in it, and each of ``people`` raised something there."""
    moment = summing.moments_of(last_quarter())[0] + timedelta(days=20)
    Talk.objects.update(held_at=moment, planned_for=moment)
    for person in people or ():
        Issue.objects.create(
            realm_id=world.realm_id, talk=Talk.objects.filter(subject=person).first(),
            led_by_id=world.ada, led_since=moment, kind=kind, waiting_for_id=world.ada,
            wanted_on=moment.date(), raised_at=moment,
        )  # fmt: skip


def handed_up(world, by="ben", unit="planning", period=None):
    code = period or last_quarter().code
    return summing.hand_up(world.actor(by), world.units[unit], code, at=timezone.now())


def test_a_summary_holds_bands_and_what_was_told_and_goes_up(world, sol):
    people = crowd(world, 14)
    feedback = released(world, heard_in=world.units["planning"])
    crowd(world, 6, "centre")
    in_the_last_quarter(world, people[:6])
    in_the_last_quarter(world, people[:4], kind="life")
    moment = summing.moments_of(last_quarter())[0] + timedelta(days=30)
    Feedback.objects.filter(pk=feedback.pk).update(decided_at=moment)
    row = handed_up(world)

    assert row.bands == {"condition": "five"}
    assert row.handed_to_id == world.units["commission"]
    told = summing.told_in(world.actor("ada"), row, timezone.localdate())
    assert (len(told.statements), told.replies) == (1, [])
    assert list(visible_summaries(world.actor("ada"), on=timezone.localdate())) == [row]
    read = summing.mark_read(world.actor("ada"), row.pk, at=timezone.now())
    assert read.read_by_id == world.ada
    with pytest.raises(IllegalMove):
        summing.mark_read(world.actor("ada"), row.pk, at=timezone.now())
    with pytest.raises(SummaryForbidden):
        summing.mark_read(world.actor("ben"), row.pk, at=timezone.now())


@pytest.mark.parametrize("name", ["cleo", "dora"])
def test_nobody_else_reads_or_makes_one(world, name):
    crowd(world, 14)
    crowd(world, 6, "centre")
    in_the_last_quarter(world)
    row = handed_up(world)

    with pytest.raises(SummaryNotFound):
        summary_for(world.actor(name), row.pk, on=timezone.localdate())
    with pytest.raises(SummaryForbidden):
        handed_up(world, by=name)


def test_a_unit_that_leaves_a_few_beside_it_goes_with_the_unit_above(world):
    crowd(world, 14)
    crowd(world, 3, "centre")
    in_the_last_quarter(world)

    with pytest.raises(UnitTooSmall):
        handed_up(world)
    assert not Summary.objects.exists()


def test_a_time_is_told_once_and_no_part_of_it_again(world):
    crowd(world, 14)
    crowd(world, 6, "centre")
    in_the_last_quarter(world)
    handed_up(world)

    with pytest.raises(PeriodTold):
        handed_up(world)
    with pytest.raises(SummaryForbidden):
        handed_up(world, period="2019-Q1")
    Summary.objects.update(period=summing.periods_over(timezone.localdate())[1].code)
    if summing.period_from(Summary.objects.get().period).end_exclusive > last_quarter().start:
        with pytest.raises(PeriodTold):
            handed_up(world)
