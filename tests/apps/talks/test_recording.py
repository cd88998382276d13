from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from talk_steps import (
    SAID,
    agreed,
    confirmed,
    digest_of,
    duty_of,
    events_about,
    held,
    proposed,
    recorded,
    write,
)
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Draft, Record, RecordVersion
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import (
    VersionMoved,
    Window,
    open_texts,
    open_version,
    save_draft,
)
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.refusals import HeldInTheFuture, LateEntryNeedsReason, TextMissing
from tanxin.apps.talks.selectors import memo_of, record_of
from tanxin.core.lifecycle import IllegalMove


def text_of(world, talk, name="ben"):
    record = record_of(talk)
    return open_texts(world.actor(name), [record.pk], "party")[record.pk]


def test_the_record_is_for_the_two_and_waits_for_the_subject(world):
    talk = recorded(world)

    assert talk.state == "recorded"
    assert talk.entered_at is not None
    assert talk.confirm_by > timezone.localdate()
    assert text_of(world, talk, "ada") == text_of(world, talk, "ben") == SAID
    assert (standing_of(talk).state, standing_of(talk).version) == ("waiting", 1)
    assert events_about(talk)[-1] == "talk.recorded"
    for name in ("cleo", "dora"):
        with pytest.raises(RecordNotFound):
            text_of(world, talk, name)


def test_one_word_is_a_record_and_none_is_not(world):
    talk = held(world)

    with pytest.raises(TextMissing):
        write(world, talk, " \n")
    assert write(world, talk, "无").state == "recorded"


def test_only_the_initiator_writes(world):
    talk = held(world)

    with pytest.raises(TalkForbidden):
        write(world, talk, by="ben")
    with pytest.raises(TalkForbidden):
        write(world, talk, by="dora")
    with pytest.raises(TalkNotFound):
        write(world, talk, by="cleo")

    assert not Record.objects.exists()


def test_a_talk_that_just_happened_is_held_and_recorded_at_once(world):
    talk, now = agreed(world), timezone.now()

    with pytest.raises(IllegalMove):
        write(world, talk)
    talk = write(world, talk, held_at=now - timedelta(minutes=30))

    assert (talk.state, talk.held_at) == ("recorded", now - timedelta(minutes=30))
    assert events_about(talk)[-2:] == ["talk.held", "talk.recorded"]
    with pytest.raises(HeldInTheFuture):
        write(world, proposed(world), held_at=now + timedelta(hours=1))


def test_nothing_is_recorded_of_a_talk_that_was_called_off(world):
    talk, now = agreed(world), timezone.now()
    services.cancel(world.actor("ada"), talk.pk, reason="出差", at=now)

    with pytest.raises(IllegalMove):
        write(world, talk, held_at=now)


def test_a_late_entry_says_why_and_is_marked_for_good(world, settings):
    talk = held(world, ago=timedelta(days=5))

    with pytest.raises(LateEntryNeedsReason):
        write(world, talk)
    talk = write(world, talk, late_reason="下乡一周，没有电脑")
    settings.TANXIN_LATE_ENTRY_DAYS = 365
    write(world, talk, "改过的话", expected_version=1)

    talk.refresh_from_db()
    assert standing_of(talk).late
    assert open_texts(world.actor("ben"), [talk.late_id], "subject") == {
        talk.late_id: "下乡一周，没有电脑"
    }


def test_a_correction_is_never_late(world, settings):
    talk = recorded(world)
    settings.TANXIN_LATE_ENTRY_DAYS = -1

    assert not standing_of(write(world, talk, "改过的话", expected_version=1)).late


def test_a_new_version_keeps_the_old_one_and_asks_again(world):
    duty = duty_of(world)
    talk = confirmed(world, duty_ids=[duty.pk])
    duty.refresh_from_db()
    assert duty.state == "confirmed"

    talk = write(world, talk, "补记一条", expected_version=1)

    duty.refresh_from_db()
    assert (talk.state, duty.state) == ("recorded", "met")
    assert (standing_of(talk).state, standing_of(talk).version) == ("waiting", 2)
    assert text_of(world, talk) == "补记一条"
    assert open_version(world.actor("ben"), record_of(talk).pk, 1, "subject") == SAID
    assert open_version(world.actor("ben"), record_of(talk).pk, 3, "subject") is None


def test_the_later_of_two_tabs_is_told(world):
    talk = recorded(world)
    write(world, talk, "甲", expected_version=1)

    with pytest.raises(VersionMoved) as moved:
        write(world, talk, "乙", expected_version=1)
    with pytest.raises(VersionMoved):
        write(world, talk, "乙", expected_version=0)

    assert moved.value.latest == 2
    assert text_of(world, talk) == "甲"


def test_a_form_sent_twice_writes_one_version(world):
    talk, first, second = held(world), uuid4(), uuid4()

    for _ in range(2):
        write(world, talk, form=first)
    for _ in range(2):
        write(world, talk, "第二版", form=second, expected_version=1)

    assert RecordVersion.objects.count() == 2
    assert events_about(talk).count("talk.recorded") == 2


def test_saving_drops_the_draft(world):
    talk = held(world)
    save_draft(
        world.actor("ada"),
        "record",
        talk.pk,
        {"text": "写了一半"},
        window=Window(uuid4()),
        at=timezone.now(),
    )

    write(world, talk)

    assert not Draft.objects.exists()


def test_the_memo_is_its_authors_alone_and_no_secret_that_it_is_there(world):
    talk = held(world)
    assert not records_about(world.actor("ben"), talk.pk, ["memo"]).exists()

    write(world, talk, memo="下次别在食堂提这事")

    memo = memo_of(world.actor("ada"), talk.pk)
    assert records_about(world.actor("ben"), talk.pk, ["memo"]).exists()
    assert memo_of(world.actor("ben"), talk.pk) is None
    assert open_texts(world.actor("ada"), [memo.pk], "author")[memo.pk] == "下次别在食堂提这事"
    for name in ("ben", "cleo", "dora"):
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [memo.pk], "author")


def test_a_memo_may_be_written_later_and_again(world):
    talk, now = recorded(world), timezone.now()

    for text in ("一", "二", " "):
        services.write_memo(world.actor("ada"), talk.pk, text=text, at=now)

    memo = memo_of(world.actor("ada"), talk.pk)
    assert open_texts(world.actor("ada"), [memo.pk], "author")[memo.pk] == "二"
    assert events_about(talk).count("memo.written") == 2
    with pytest.raises(TalkForbidden):
        services.write_memo(world.actor("ben"), talk.pk, text="三", at=now)


def test_a_digest_is_of_what_is_stored(world):
    talk = recorded(world)
    before = digest_of(talk)

    write(world, talk, SAID, expected_version=1)

    assert len(before) == 32
    assert digest_of(talk) != before
