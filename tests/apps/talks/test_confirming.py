import pytest
from django.utils import timezone

from talk_steps import confirmed, digest_of, duty_of, events_about, held, recorded, write
from tanxin.apps.archive.services import VersionMoved, open_texts
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.models import Confirmation
from tanxin.apps.talks.refusals import NothingRecorded, TextMissing
from tanxin.apps.talks.selectors import said_about
from tanxin.core.lifecycle import IllegalMove


def confirm(world, talk, *, by="ben", digest=None, **more):
    return services.confirm_record(
        world.actor(by), talk.pk, digest=digest or digest_of(talk), at=timezone.now(), **more
    )


def dispute(world, talk, verdict, *, by="ben", digest=None, **more):
    return services.dispute_record(
        world.actor(by), talk.pk, verdict=verdict, digest=digest or digest_of(talk),
        at=timezone.now(), **more,
    )  # fmt: skip


def test_a_confirmation_is_a_row_of_its_own_bound_to_the_version(world):
    duty = duty_of(world)
    talk = recorded(world, duty_ids=[duty.pk])

    talk = confirm(world, talk, remark="大意如此")

    said = Confirmation.objects.get()
    duty.refresh_from_db()
    assert (talk.state, duty.state) == ("confirmed", "confirmed")
    assert bytes(said.version_digest) == bytes(said.version.digest) == digest_of(talk)
    assert open_texts(world.actor("ada"), [said.remark_id], "party")[said.remark_id] == "大意如此"
    assert standing_of(talk).state == "confirmed"
    assert events_about(talk)[-1] == "talk.confirmed"


def test_only_the_subject_confirms(world):
    talk = recorded(world)

    for name in ("ada", "dora"):
        with pytest.raises(TalkForbidden):
            confirm(world, talk, by=name)
    with pytest.raises(TalkNotFound):
        confirm(world, talk, by="cleo")

    talk.refresh_from_db()
    assert talk.state == "recorded"
    assert not Confirmation.objects.exists()


def test_what_was_not_read_is_not_confirmed(world):
    talk = recorded(world)
    read = digest_of(talk)
    write(world, talk, "换了一种说法", expected_version=1)

    with pytest.raises(VersionMoved):
        confirm(world, talk, digest=read)

    talk.refresh_from_db()
    assert talk.state == "recorded"
    assert not Confirmation.objects.exists()


def test_confirming_twice_is_once(world):
    talk = confirmed(world)

    confirm(world, talk)

    assert Confirmation.objects.count() == 1
    assert events_about(talk).count("talk.confirmed") == 1


def test_nothing_is_confirmed_before_there_is_a_record(world):
    with pytest.raises((NothingRecorded, IllegalMove)):
        confirm(world, held(world), digest=bytes(32))


def test_not_right_leaves_the_duty_met_and_did_not_happen_contests_it(world):
    duty = duty_of(world)
    talk = recorded(world, duty_ids=[duty.pk])

    talk = dispute(world, talk, "not_right", remark="我没有说要调走")
    duty.refresh_from_db()
    assert (talk.state, standing_of(talk).state, duty.state) == ("disputed", "not_right", "met")

    talk = write(world, talk, "按本人意见改", expected_version=1)
    talk = dispute(world, talk, "did_not_happen")
    duty.refresh_from_db()
    assert (standing_of(talk).state, duty.state) == ("did_not_happen", "contested")
    assert [one.verdict for one in said_about(talk)] == ["not_right", "did_not_happen"]


def test_who_disputed_may_still_confirm_and_not_dispute_a_confirmed_version(world):
    talk = dispute(world, recorded(world), "not_right")

    talk = confirm(world, talk)

    assert talk.state == "confirmed"
    with pytest.raises(IllegalMove):
        dispute(world, talk, "did_not_happen")
    with pytest.raises(ValueError, match="confirmed"):
        dispute(world, talk, "confirmed")


def test_both_sides_add_remarks_that_stay(world):
    talk = confirmed(world)

    for name in ("ada", "ben"):
        remark = services.add_remark(
            world.actor(name), talk.pk, text=f"{name}补充", at=timezone.now()
        )
        for reader in ("ada", "ben"):
            assert open_texts(world.actor(reader), [remark.pk], "party") == {
                remark.pk: f"{name}补充"
            }

    talk.refresh_from_db()
    assert talk.state == "confirmed"
    assert events_about(talk).count("record.remarked") == 2


def test_a_remark_needs_a_record_words_and_a_party(world):
    talk, now = held(world), timezone.now()

    with pytest.raises(NothingRecorded):
        services.add_remark(world.actor("ben"), talk.pk, text="早了", at=now)
    write(world, talk)
    with pytest.raises(TextMissing):
        services.add_remark(world.actor("ben"), talk.pk, text="", at=now)
    with pytest.raises(TalkForbidden):
        services.add_remark(world.actor("dora"), talk.pk, text="无关", at=now)
    with pytest.raises(TalkNotFound):
        services.add_remark(world.actor("cleo"), talk.pk, text="无关", at=now)

    assert "record.remarked" not in events_about(talk)
