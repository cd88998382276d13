"""A matter goes to a department; who raised it does not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from issue_builders import issue_in
from tanxin.apps.archive.services import open_texts, search_texts
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.feedback import deciding
from tanxin.apps.issues.feedback.access import (
    FeedbackForbidden,
    FeedbackNotFound,
    feedback_for,
    feedback_to_review,
    received_feedback,
    went_on,
    written_feedback,
)
from tanxin.apps.issues.feedback.models import Feedback
from tanxin.apps.issues.feedback.writing import Statement, withdraw_feedback, write_feedback
from tanxin.apps.issues.untellable import (
    AlreadyTold,
    NobodyToAnswer,
    NobodyToReview,
    SourceStandsOut,
    StillMarked,
)
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import RoleHolding, Tenure
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove
from telling_steps import (
    ANSWER,
    NAMED,
    SAID,
    TOLD,
    answered,
    crowd,
    raised,
    released,
    talk_with,
    written,
)


def keys(refused):
    return {mark.key for mark in refused.value.marks}


def test_it_is_reviewed_goes_to_the_head_and_is_answered(world):
    crowd(world)
    row = answered(world)

    assert (row.state, row.recipient_id) == ("answered", world.cleo)
    assert open_texts(world.actor("cleo"), [row.sent_id], "t")[row.sent_id] == TOLD
    assert open_texts(world.actor("ada"), [row.answer_id], "t")[row.answer_id] == ANSWER
    assert went_on(world.actor("ben"), row.issue_id)
    assert not went_on(world.actor("cleo"), row.issue_id)


def test_nothing_is_found_by_the_head_before_it_was_let_go(world):
    crowd(world)
    row = written(world)

    assert not received_feedback(world.actor("cleo")).exists()
    assert search_texts(world.actor("cleo"), ["晚餐"]) == []
    with pytest.raises(FeedbackNotFound):
        feedback_for(world.actor("cleo"), row.pk, Permission.FEEDBACK_VIEW)
    assert not went_on(world.actor("ben"), row.issue_id)
    assert list(feedback_to_review(world.actor("dora"))) == [row]


def test_words_that_lead_to_the_source_stop_it_and_its_name_may_never_stay(world):
    crowd(world)
    with pytest.raises(StillMarked) as refused:
        written(world, text=NAMED)
    assert keys(refused) == {"own:本明", "unit:规划处"}

    with pytest.raises(StillMarked):
        written(world, text=NAMED, kept=keys(refused))
    with pytest.raises(StillMarked) as quoted:
        written(world, text=f"有人说：{SAID[4:25]}")
    assert {mark.kind.value for mark in quoted.value.marks} >= {"quote"}
    assert not Feedback.objects.exists()


def test_a_unit_in_the_text_narrows_who_may_have_said_it(world):
    crowd(world, 3)
    crowd(world, 6, "centre")
    kept = {"unit:规划处", "unit:信息中心"}

    with pytest.raises(SourceStandsOut):
        written(world, text="规划处晚餐供应结束得早。", kept=kept)
    row = written(world, text="晚餐供应结束得早。")
    assert row.state == "review"


@pytest.mark.parametrize("text", ["退休同志吃不上热饭。", "单亲的同志吃不上热饭。"])
def test_a_group_of_few_or_of_whom_nothing_is_known_hides_nobody(world, text):
    crowd(world)
    with pytest.raises(StillMarked) as refused:
        written(world, text=text)

    with pytest.raises(SourceStandsOut):
        written(world, text=text, kept=keys(refused))


def test_four_possible_sources_beside_the_readers_are_too_few_and_old_talks_do_not_count(world):
    crowd(world, 3)
    issue = raised(world)
    for reader in (world.cleo, world.dora):
        talk_with(world, reader)
    [other] = crowd(world, 1, "centre", talked=0)
    talk_with(world, other, days=400)
    with pytest.raises(SourceStandsOut):
        written(world, issue)

    talk_with(world, other)
    assert written(world, issue).state == "review"


def test_nobody_who_has_to_do_with_it_reviews_or_answers(world):
    crowd(world)
    issue = raised(world)
    with pytest.raises(NobodyToReview):
        written(world, issue, reviewer=world.ada)
    with pytest.raises(NobodyToReview):
        written(world, issue, reviewer=world.emil)
    with pytest.raises(NobodyToAnswer):
        written(world, issue, unit=world.units["planning"])

    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="dispute", at=timezone.now()
    )
    with pytest.raises(NobodyToAnswer):
        written(world, issue)


def test_one_unit_is_told_once_and_a_form_sent_twice_makes_one(world):
    crowd(world)
    issue = raised(world)
    form = world.realm_id
    row = written(world, issue, form=form)

    assert written(world, issue, form=form).pk == row.pk
    with pytest.raises(AlreadyTold):
        written(world, issue)
    withdraw_feedback(world.actor("ada"), row.pk, at=timezone.now())
    assert written(world, issue).pk != row.pk
    with pytest.raises(FeedbackNotFound):
        feedback_for(world.actor("dora"), row.pk, Permission.FEEDBACK_VIEW)


def test_sent_back_with_a_reason_it_does_not_leave(world):
    crowd(world)
    row = written(world)
    dora, now = world.actor("dora"), timezone.now()
    row = deciding.return_feedback(dora, row.pk, reason="写得太细。", at=now)

    assert open_texts(world.actor("ada"), [row.reason_id], "t")[row.reason_id] == "写得太细。"
    with pytest.raises(IllegalMove):
        deciding.release_feedback(dora, row.pk, at=now)
    with pytest.raises(FeedbackNotFound):
        deciding.answer_feedback(world.actor("cleo"), row.pk, answer=ANSWER, at=now)


def test_each_may_do_only_his_part(world):
    crowd(world)
    row, now = released(world), timezone.now()

    with pytest.raises(FeedbackForbidden):
        deciding.answer_feedback(world.actor("ada"), row.pk, answer=ANSWER, at=now)
    with pytest.raises(FeedbackForbidden):
        deciding.release_feedback(world.actor("ada"), row.pk, at=now)
    with pytest.raises(FeedbackNotFound):
        feedback_for(world.actor("ben"), row.pk, Permission.FEEDBACK_VIEW)
    with pytest.raises(IllegalMove):
        deciding.release_feedback(world.actor("dora"), row.pk, at=now)


@pytest.mark.parametrize(("who", "why"), [("emil", IssueForbidden), ("cleo", IssueNotFound)])
def test_who_did_not_lead_the_talk_tells_nobody_of_it(world, who, why):
    crowd(world)
    issue = issue_in(world, "assigned")

    with pytest.raises(why):
        write_feedback(
            world.actor(who), issue, Statement(TOLD), unit=world.units["office"],
            heard_in=None, reviewer=world.dora, at=timezone.now(),
        )  # fmt: skip


def test_who_is_recused_afterwards_finds_it_no_more_not_even_by_search(world):
    crowd(world)
    row = released(world)
    assert search_texts(world.actor("cleo"), ["晚餐"])

    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="dispute", at=timezone.now()
    )
    assert search_texts(world.actor("cleo"), ["晚餐"]) == []
    assert not received_feedback(world.actor("cleo")).exists()
    assert list(written_feedback(world.actor("ada"))) == [row]


def test_the_log_tells_neither_the_issue_nor_a_word(world):
    crowd(world)
    row = answered(world)
    leaves = AuditLeaf.objects.filter(subject_id=row.pk)

    assert list(leaves.order_by("seq").values_list("event", flat=True)) == [
        "feedback.written", "feedback.released", "feedback.answered",
    ]  # fmt: skip
    told = str(list(AuditDetail.objects.filter(leaf__in=leaves).values()))
    assert str(row.issue_id) not in told
    assert "晚餐" not in told


def test_the_database_refuses_a_reviewer_who_is_the_author_and_a_text_without_reader(world):
    crowd(world)
    row = written(world)
    for wrong in ({"reviewer": row.author_id}, {"state": "sent"}, {"state": "answered"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Feedback.objects.filter(pk=row.pk).update(**wrong)


def test_an_older_source_is_told_of_like_a_new_one(world):
    """Whoever guesses thinks of those of the last months; the source need not be among them."""
    crowd(world)
    issue = raised(world)
    Talk.objects.filter(issues=issue).update(held_at=timezone.now() - timedelta(days=300))

    assert written(world, issue).state == "review"


def test_with_the_post_ends_what_was_told_to_its_holder(world):
    crowd(world)
    row = released(world)
    Feedback.objects.update(decided_at=timezone.now() - timedelta(days=2))
    tenure = Tenure.objects.get(person=world.cleo, post__title="办公室主任")
    other = Tenure.objects.get(person=world.cleo, post__title="信息中心科员")
    for held in (tenure, other):
        held.end = timezone.localdate()
        held.save()
    world.holds("cleo", "规划处处长", timezone.localdate())
    cleo = actor_of(world.accounts["cleo"], on=timezone.localdate() + timedelta(days=1))

    assert not received_feedback(cleo).exists()
    with pytest.raises(FeedbackNotFound):
        feedback_for(cleo, row.pk, Permission.FEEDBACK_VIEW)


def test_who_reviews_no_more_lets_nothing_go(world):
    crowd(world)
    row = written(world)
    RoleHolding.objects.filter(person=world.dora).update(end=timezone.localdate())

    with pytest.raises(NobodyToReview):
        deciding.release_feedback(world.actor("dora"), row.pk, at=timezone.now())
    row.refresh_from_db()
    assert row.state == "review"
