"""Drafts: written, taken back, proposed, and put in force by a second person only."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.duties.drafted import DraftText, PackDraft
from tanxin.apps.duties.drafting import publishing, reading, writing
from tanxin.apps.duties.models import PackInForce
from tanxin.core.access import Role
from tanxin.packs import NATIONAL, shipped_sources

pytestmark = pytest.mark.django_db
(TEXT,) = shipped_sources(NATIONAL).values()
NEXT = TEXT.replace("version: 2026.1", "version: 2026.2")
TITLE = "全国最低要求"
NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def clerk(world):
    return world.actor("dora")


@pytest.fixture
def second(world):
    world.entrust("cleo", Role.SUPERVISOR)
    return world.actor("cleo")


def begin(clerk, text=TEXT):
    return writing.begin_draft(clerk, text, at=NOW)


def propose(clerk, draft, *, start=TODAY):
    return publishing.propose_draft(
        clerk, draft.pk, base=draft.number, start=start, today=TODAY, at=NOW
    )


def approve(actor, draft):
    return publishing.approve_draft(actor, draft.pk, digest=draft.digest, today=TODAY, at=NOW)


def test_a_draft_is_called_what_its_text_says_even_half_written(clerk):
    whole = begin(clerk)
    half = begin(clerk, "pack: [not\n  yaml")

    assert (whole.pack, whole.title) == ("national", TITLE)
    assert (half.pack, half.title, half.text) == ("", "", "pack: [not\n  yaml")


def test_only_who_writes_rules_begins_one_and_nobody_else_learns_of_it(world, clerk):
    draft = begin(clerk)

    with pytest.raises(writing.DraftForbidden):
        begin(world.actor("ada"))
    with pytest.raises(reading.DraftNotFound):
        reading.draft_for(world.actor("ada"), draft.pk)
    with pytest.raises(reading.DraftNotFound):
        reading.drafts(world.actor("ada"))
    assert reading.drafts(clerk) == [draft]


def test_who_approves_reads_but_does_not_write(clerk, second):
    draft = begin(clerk)

    assert reading.draft_for(second, draft.pk) == draft
    with pytest.raises(writing.DraftForbidden):
        writing.save_text(second, draft.pk, "other", base=1, at=NOW)


def test_the_later_of_two_writers_changes_nothing_and_sees_what_stands_there(clerk):
    draft = begin(clerk)
    writing.save_text(clerk, draft.pk, "first", base=1, at=NOW)

    with pytest.raises(writing.DraftMoved) as moved:
        writing.save_text(clerk, draft.pk, "second", base=1, at=NOW)

    assert (moved.value.now.text, moved.value.now.number) == ("first", 2)
    assert PackDraft.objects.get().text == "first"


def test_every_step_can_be_taken_back(clerk):
    draft = begin(clerk)
    writing.save_text(clerk, draft.pk, "first", base=1, at=NOW)
    writing.save_text(clerk, draft.pk, "second", base=2, at=NOW)

    back = writing.take_back(clerk, draft.pk, to=1, base=3, at=NOW)

    assert (back.text, back.number) == (TEXT, 4)
    assert [row.number for row in reading.texts_of(back)] == [4, 3, 2, 1]


def test_the_same_text_again_is_no_step(clerk):
    draft = begin(clerk)

    assert writing.save_text(clerk, draft.pk, TEXT, base=1, at=NOW).number == 1
    assert DraftText.objects.count() == 1


def test_a_text_without_end_is_refused(clerk):
    with pytest.raises(writing.TextTooLong):
        begin(clerk, "a" * 400_001)
    assert not PackDraft.objects.exists()


def test_what_is_proposed_is_frozen(clerk, second):
    draft = propose(clerk, begin(clerk))

    with pytest.raises(writing.DraftIsFrozen):
        writing.save_text(clerk, draft.pk, "other", base=1, at=NOW)
    with pytest.raises(writing.DraftIsFrozen):
        writing.drop_draft(clerk, draft.pk, at=NOW)
    assert not PackInForce.objects.exists()


def test_a_second_person_puts_it_in_force(clerk, second):
    draft = propose(clerk, begin(clerk), start=TODAY + timedelta(days=9))

    published = approve(second, draft)

    row = PackInForce.objects.get()
    assert (row.text, row.start) == (TEXT, TODAY + timedelta(days=9))
    assert published == publishing.PublishedVersion("national", "2026.1", row.start)
    assert PackDraft.objects.get().state == "published"
    events = AuditLeaf.objects.order_by("seq").values_list("event", flat=True)
    assert [each for each in events if each.startswith("rules.")] == [
        "rules.drafted", "rules.proposed", "rules.published",
    ]  # fmt: skip


def test_nobody_approves_his_own_not_even_past_the_services(clerk, second, world):
    draft = propose(clerk, begin(clerk))

    with pytest.raises(writing.DraftForbidden):
        approve(clerk, draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        PackDraft.objects.filter(pk=draft.pk).update(
            state="returned", decided_by=world.dora, decided_at=NOW
        )
    assert not PackInForce.objects.exists()


def test_nobody_who_works_under_the_proposer_approves(world, clerk):
    world.entrust("emil", Role.ORGANISER)
    world.entrust("ben", Role.SUPERVISOR)
    emil = world.actor("emil")

    with pytest.raises(writing.DraftForbidden):
        approve(world.actor("ben"), propose(emil, begin(emil)))


def test_without_a_second_person_nothing_is_proposed(clerk):
    with pytest.raises(publishing.NobodyToApprove):
        propose(clerk, begin(clerk))


def test_of_two_who_approve_one_goes_on(world, clerk, second):
    draft = propose(clerk, begin(clerk))
    approve(second, draft)

    with pytest.raises(writing.DraftIsFrozen):
        approve(second, draft)
    assert PackInForce.objects.count() == 1


def test_another_text_than_the_approver_saw_is_not_put_in_force(clerk, second):
    draft = propose(clerk, begin(clerk))
    PackDraft.objects.filter(pk=draft.pk).update(text=NEXT)

    with pytest.raises(writing.DraftIsFrozen):
        approve(second, draft)
    assert not PackInForce.objects.exists()


def test_it_is_returned_with_a_reason_and_can_be_changed_again(clerk, second):
    draft = propose(clerk, begin(clerk))

    with pytest.raises(publishing.ReasonMissing):
        publishing.return_draft(second, draft.pk, reason=" ", today=TODAY, at=NOW)
    back = publishing.return_draft(second, draft.pk, reason="第三条核对", today=TODAY, at=NOW)

    assert reading.why_returned(back) == "第三条核对"
    assert b"\xe7" not in bytes(back.reason_sealed)[:3]
    assert writing.save_text(clerk, draft.pk, NEXT, base=1, at=NOW).number == 2
    assert propose(clerk, PackDraft.objects.get()).state == "proposed"


def test_who_proposed_may_go_on_writing(clerk, second):
    draft = propose(clerk, begin(clerk))

    assert publishing.withdraw_draft(clerk, draft.pk, at=NOW).state == "writing"
    with pytest.raises(writing.DraftIsFrozen):
        approve(second, draft)


def test_faults_a_past_day_and_a_taken_version_are_not_proposed(clerk, second):
    with pytest.raises(publishing.DraftHasFaults):
        propose(clerk, begin(clerk, TEXT.replace("kind: routine", "kind: rutine", 1)))
    with pytest.raises(publishing.DraftHasFaults):
        propose(clerk, begin(clerk, "["))
    with pytest.raises(publishing.StartIsPast):
        propose(clerk, begin(clerk), start=date(2020, 1, 1))
    approve(second, propose(clerk, begin(clerk)))
    with pytest.raises(publishing.VersionIsTaken):
        propose(clerk, begin(clerk))


def test_past_periods_keep_the_version_they_had(clerk, second):
    approve(second, propose(clerk, begin(clerk)))
    later = TODAY + timedelta(days=40)

    approve(second, propose(clerk, begin(clerk, NEXT), start=later))

    rows = PackInForce.objects.order_by("start")
    assert [(row.version, row.start, row.end) for row in rows] == [
        ("2026.1", TODAY, later), ("2026.2", later, None),
    ]  # fmt: skip


def test_nobody_approves_what_he_wrote_and_another_proposed(world, clerk):
    world.entrust("cleo", Role.ORGANISER)
    world.entrust("emil", Role.SUPERVISOR)
    cleo, emil = world.actor("cleo"), world.actor("emil")
    begun = begin(clerk)
    draft = propose(cleo, writing.save_text(cleo, begun.pk, TEXT + "\n", base=1, at=NOW))

    assert not reading.standing_of(clerk, draft, on=TODAY).decides
    assert reading.drafts_to_decide(clerk, on=TODAY) == []
    with pytest.raises(writing.DraftForbidden):
        approve(clerk, draft)
    with pytest.raises(writing.DraftForbidden):
        publishing.return_draft(clerk, draft.pk, reason="自己", today=TODAY, at=NOW)
    with pytest.raises(writing.DraftIsFrozen), transaction.atomic():
        publishing.settle(draft, "proposed", clerk, NOW)
    assert not PackInForce.objects.exists()
    assert approve(emil, draft).version == "2026.1"


def test_nobody_who_works_under_a_writer_approves_what_another_proposed(world, clerk, second):
    world.entrust("emil", Role.ORGANISER)
    world.entrust("ben", Role.SUPERVISOR)
    begun = begin(world.actor("emil"))

    with pytest.raises(writing.DraftForbidden):
        approve(world.actor("ben"), propose(clerk, begun))


def test_of_two_who_wrote_it_together_neither_is_a_second_person(world, clerk):
    world.entrust("cleo", Role.ORGANISER)
    cleo = world.actor("cleo")
    draft = writing.save_text(cleo, begin(clerk).pk, TEXT + "\n", base=1, at=NOW)

    with pytest.raises(publishing.NobodyToApprove):
        propose(cleo, draft)


def test_the_last_writer_puts_nothing_in_force_past_the_services(clerk, second, world):
    draft = propose(clerk, begin(clerk))
    approve(second, draft)

    with pytest.raises(IntegrityError), transaction.atomic():
        PackDraft.objects.filter(pk=draft.pk).update(changed_by=world.cleo)


def test_another_start_than_the_approver_saw_is_not_put_in_force(clerk, second):
    seen = propose(clerk, begin(clerk), start=TODAY + timedelta(days=60))
    publishing.withdraw_draft(clerk, seen.pk, at=NOW)
    now = propose(clerk, seen)

    with pytest.raises(writing.DraftIsFrozen):
        approve(second, seen)
    with pytest.raises(writing.DraftIsFrozen):
        publishing.settle(seen, "published", second, NOW)
    assert not PackInForce.objects.exists()
    assert approve(second, now).start == TODAY


def test_a_start_changed_past_the_services_is_not_put_in_force(clerk, second):
    draft = propose(clerk, begin(clerk), start=TODAY + timedelta(days=60))
    PackDraft.objects.filter(pk=draft.pk).update(start=TODAY)

    with pytest.raises(writing.DraftIsFrozen):
        approve(second, draft)
    assert not PackInForce.objects.exists()
