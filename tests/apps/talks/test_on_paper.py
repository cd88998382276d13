"""Paper first: typed by somebody else, looked at by the initiator, marked for good."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from talk_steps import agreed, events_about, held, recorded
from tanxin.apps.archive import attachments
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.services.conflicts import declare_conflict
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.assisting import (
    accepted_entry,
    assisted_talks,
    scans_of,
    sheets_waiting_for,
)
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.paper_models import PaperEntry
from tanxin.apps.talks.refusals import (
    AssistantNotFree,
    LateEntryNeedsReason,
    NothingEntered,
    NotOnPaper,
    PageIsOld,
    ScanMissing,
    TextMissing,
)
from tanxin.apps.talks.selectors import record_of
from tanxin.core.lifecycle import TalkState
from tanxin.core.uploads import admit

TYPED = "金丝雀：希望换一台电脑"
SCAN = admit("谈话记录表.txt", "手写的一页".encode())


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path / "blobs")


def asked(world, talk, name="cleo"):
    return services.name_assistant(
        world.actor("ada"), talk.pk, world.people[name], at=timezone.now()
    )


def entered(world, talk, by="cleo", **more):
    now = timezone.now()
    more = {"text": TYPED, "files": [SCAN], "held_at": now - timedelta(hours=3), "at": now} | more
    return services.enter_sheet(world.actor(by), talk.pk, **more)


def accepted(world, talk, entry, **more):
    return services.accept_sheet(world.actor("ada"), talk.pk, entry.pk, at=timezone.now(), **more)


def test_with_two_presses_of_the_initiator_a_sheet_becomes_the_record(world):
    talk = agreed(world)
    asked(world, talk)
    entry = entered(world, talk)

    talk = accepted(world, talk, entry)

    assert (talk.state, talk.from_paper, talk.held_at) == (
        TalkState.RECORDED, True, entry.held_at,
    )  # fmt: skip
    assert talk.held_at < talk.entered_at == entry.entered_at
    assert entry.entered_at < accepted_entry(talk).decided_at
    record = record_of(talk)
    assert open_texts(world.actor("ben"), [record.pk], "subject") == {record.pk: TYPED}
    assert record.author_id == world.ada
    events = ["talk.assistant_named", "talk.sheet_entered", "talk.held", "talk.recorded"]
    assert [one for one in events_about(talk) if one in events] == events
    assert events_about(talk)[-1] == "talk.sheet_accepted"


def test_nobody_has_confirmed_it_for_the_subject(world):
    talk = agreed(world)
    asked(world, talk)

    talk = accepted(world, talk, entered(world, talk))

    assert talk.state == TalkState.RECORDED
    assert not talk.confirmations.exists()
    assert talk.confirm_by is not None


def test_it_stays_marked_when_a_new_version_is_written(world):
    talk = agreed(world)
    asked(world, talk)
    talk = accepted(world, talk, entered(world, talk))

    services.write_record(
        world.actor("ada"), talk.pk, text="改了一句", expected_version=1, at=timezone.now()
    )

    assert Talk.objects.get(pk=talk.pk).from_paper


def test_before_that_the_initiator_alone_opens_words_and_scan(world):
    talk = agreed(world)
    asked(world, talk)
    entry = entered(world, talk)
    (scan,) = scans_of(world.actor("ada"), entry)

    for name in ("ben", "cleo", "dora"):
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [entry.words_id], "subject")
        with pytest.raises(RecordNotFound):
            attachments.open_file(world.actor(name), scan.pk, "subject")
    opened = attachments.open_file(world.actor("ada"), scan.pk, "initiator")
    assert b"".join(opened.pieces) == SCAN.data


def test_afterwards_the_subject_has_the_scan_too_and_the_assistant_has_nothing(world):
    talk = agreed(world)
    asked(world, talk)
    entry = entered(world, talk)
    accepted(world, talk, entry)
    (scan,) = scans_of(world.actor("ben"), entry)

    opened = attachments.open_file(world.actor("ben"), scan.pk, "subject")
    assert b"".join(opened.pieces) == SCAN.data
    with pytest.raises(RecordNotFound):
        attachments.open_file(world.actor("cleo"), scan.pk, "subject")
    assert not assisted_talks(world.actor("cleo")).exists()


def test_what_was_sent_back_becomes_no_record_and_is_typed_anew(world):
    talk = agreed(world)
    asked(world, talk)
    first = entered(world, talk)

    services.return_sheet(
        world.actor("ada"), talk.pk, first.pk, because="differs", at=timezone.now()
    )
    assert record_of(talk) is None
    assert list(sheets_waiting_for(world.actor("cleo"))) == [talk]
    second = entered(world, talk, text="改正后的话")
    assert list(sheets_waiting_for(world.actor("ada"))) == [talk]
    assert not sheets_waiting_for(world.actor("cleo")).exists()
    with pytest.raises(PageIsOld):
        accepted(world, talk, first)
    accepted(world, talk, second)

    record = record_of(talk)
    assert open_texts(world.actor("ada"), [record.pk], "initiator")[record.pk] == "改正后的话"


def test_sending_twice_is_once(world):
    talk, form = agreed(world), uuid4()
    asked(world, talk)

    first, again = entered(world, talk, form=form), entered(world, talk, form=form)
    accepted(world, talk, first)
    accepted(world, talk, first)

    assert first == again
    assert PaperEntry.objects.count() == 1
    assert record_of(talk).latest == 1


def test_a_second_sheet_does_not_stand_beside_one_that_waits(world):
    talk = agreed(world)
    asked(world, talk)
    entered(world, talk)

    with pytest.raises(NotOnPaper):
        entered(world, talk)
    assert PaperEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"files": []}, ScanMissing),
        ({"text": " "}, TextMissing),
        ({"held_at": None}, NotOnPaper),
        ({"held_at": timezone.now() - timedelta(days=30)}, LateEntryNeedsReason),
    ],
    ids=["scan", "text", "date", "late"],
)
def test_what_is_missing_is_asked_for(world, more, refusal):
    talk = agreed(world)
    asked(world, talk)

    with pytest.raises(refusal):
        entered(world, talk, **more)
    assert not PaperEntry.objects.exists()


def test_what_came_late_says_why_for_good(world):
    talk = agreed(world)
    asked(world, talk)
    now = timezone.now()

    entry = entered(world, talk, held_at=now - timedelta(days=30), late_reason="住院")
    talk = accepted(world, talk, entry)

    assert open_texts(world.actor("ben"), [talk.late_id], "subject")[talk.late_id] == "住院"


def test_only_who_was_asked_types_and_only_the_initiator_asks_and_accepts(world):
    talk = agreed(world)
    for name, refusal in (("ben", TalkForbidden), ("dora", TalkForbidden), ("cleo", TalkNotFound)):
        with pytest.raises(refusal):
            services.name_assistant(
                world.actor(name), talk.pk, world.people["emil"], at=timezone.now()
            )
    asked(world, talk)
    for name in ("ada", "ben", "dora", "emil"):
        with pytest.raises(TalkNotFound):
            entered(world, talk, by=name)
    entry = entered(world, talk)
    for name, refusal in (("ben", TalkForbidden), ("dora", TalkForbidden), ("cleo", TalkNotFound)):
        with pytest.raises(refusal):
            services.accept_sheet(world.actor(name), talk.pk, entry.pk, at=timezone.now())
    with pytest.raises(NothingEntered):
        services.accept_sheet(world.actor("ada"), talk.pk, uuid4(), at=timezone.now())


def test_neither_side_nobody_kept_out_and_nobody_without_account_is_asked(world):
    talk = agreed(world)
    world.person("olga", "老张")
    recuse_from_person(
        world.actor("ben"), world.cleo, world.ben, because="dispute", at=timezone.now()
    )

    for name in ("ada", "ben", "cleo", "olga"):
        with pytest.raises(AssistantNotFree):
            asked(world, talk, name)


def test_asking_another_ends_the_first(world):
    talk = agreed(world)
    asked(world, talk)
    asked(world, talk)

    asked(world, talk, "dora")

    with pytest.raises(TalkNotFound):
        entered(world, talk)
    assert entered(world, talk, by="dora").entered_by_id == world.dora


def test_what_has_a_record_is_not_typed_over(world):
    talk = recorded(world)

    with pytest.raises(NotOnPaper):
        asked(world, talk)


def test_a_record_written_meanwhile_stands(world):
    talk = held(world)
    asked(world, talk)
    services.write_record(world.actor("ada"), talk.pk, text="自己写了", at=timezone.now())

    with pytest.raises(TalkNotFound):
        entered(world, talk)


def test_a_record_written_while_a_sheet_waits_is_not_replaced_by_it(world):
    talk = held(world)
    asked(world, talk)
    entry = entered(world, talk)
    services.write_record(world.actor("ada"), talk.pk, text="自己写了", at=timezone.now())

    with pytest.raises(NotOnPaper):
        accepted(world, talk, entry)
    assert not Talk.objects.get().from_paper


def test_the_database_takes_no_sheet_that_the_initiator_typed(world):
    talk = agreed(world)
    asked(world, talk)
    entry = entered(world, talk)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.filter(pk=entry.pk).update(entered_by=world.ada)


def test_who_is_kept_apart_from_one_of_the_two_types_nothing(world):
    talk = agreed(world)
    asked(world, talk)
    today, now = timezone.localdate(), timezone.now()
    declare_conflict(
        world.actor("ben"), world.cleo, world.ben, because="complaint", source="信访件",
        start=today, at=now,
    )  # fmt: skip

    with pytest.raises(TalkNotFound):
        entered(world, talk)
    with pytest.raises(AssistantNotFree):
        asked(world, talk)
    assert not assisted_talks(world.actor("cleo")).exists()
