"""Who has no account says it on paper or has it read back; never through who led the talk."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from talk_kinds import adopt
from talk_steps import digest_of, events_about, proposed, recorded, write
from tanxin.apps.archive import attachments
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.services.conflicts import declare_conflict
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.apps.talks.models import Confirmation, Signature
from tanxin.apps.talks.paper_models import Witness
from tanxin.apps.talks.refusals import (
    AnswersHimself,
    NothingToReadBack,
    ScanMissing,
    SignatureMissing,
    WitnessNotFree,
)
from tanxin.apps.talks.selectors import record_of, standing_of_record
from tanxin.apps.talks.witnesses import witnessed_talks
from tanxin.core.access import Role
from tanxin.core.lifecycle import TalkState
from tanxin.core.uploads import admit

SIGNED = admit("确认.txt", "本人签名".encode())


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path / "blobs")


@pytest.fixture
def talk(world):
    """Emil with Olga, who has no account; Sol oversees, Cleo works elsewhere."""
    world.person("olga", "老张")
    world.person("sol", "索岚")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    return written_with_olga(world)


def written_with_olga(world, by="emil", **more):
    now = timezone.now()
    row = proposed(world, by, "olga", **more)
    services.hold(world.actor(by), row.pk, held_at=now - timedelta(hours=1), at=now)
    return write(world, row, by=by, answers={"course": "还好"})


def named(world, talk, name="cleo", by="emil"):
    return services.name_witness(world.actor(by), talk.pk, world.people[name], at=timezone.now())


def said(world, talk, by="cleo", verdict="confirmed", how="phone", **more):
    more = {"digest": digest_of(talk), "at": timezone.now()} | more
    return services.say_for_another(world.actor(by), talk.pk, verdict, how=how, **more)


def test_a_third_reads_it_back_and_that_stands_beside_it_for_good(world, talk):
    named(world, talk)
    record = record_of(talk)
    assert open_texts(world.actor("cleo"), [record.pk], "witness")

    talk = said(world, talk)

    standing = standing_of_record(talk, record)
    assert (talk.state, standing.state) == (TalkState.CONFIRMED, "confirmed")
    assert (standing.proxy, standing.by) == ("phone", world.cleo)
    row = Confirmation.objects.get()
    assert (row.person_id, row.by_id, row.led_by_id) == (
        world.people["olga"], world.cleo, world.emil,
    )  # fmt: skip
    assert "talk.witness_named" in events_about(talk)


def test_afterwards_the_witness_reads_nothing_any_more(world, talk):
    named(world, talk)
    record = record_of(talk)
    said(world, talk)

    with pytest.raises((RecordNotFound, KeeperRefused)):
        open_texts(world.actor("cleo"), [record.pk], "witness")
    assert not witnessed_talks(world.actor("cleo")).exists()
    with pytest.raises(TalkNotFound):
        said(world, talk)


def test_a_new_version_asks_again(world, talk):
    named(world, talk)
    talk = said(world, talk)

    talk = write(world, talk, "改了", by="emil", expected_version=1)

    assert talk.state == TalkState.RECORDED
    assert standing_of_record(talk, record_of(talk)).proxy == ""


def test_what_is_not_right_is_passed_on_with_his_words(world, talk):
    named(world, talk)

    talk = said(world, talk, verdict="not_right", how="in_person", remark="我没这么说")

    row = Confirmation.objects.get()
    assert (talk.state, row.verdict) == (TalkState.DISPUTED, "not_right")
    assert open_texts(world.actor("emil"), [row.remark_id], "initiator")[row.remark_id] == (
        "我没这么说"
    )


def test_an_organiser_brings_the_signed_paper_without_reading_the_record(world, talk):
    with pytest.raises(ScanMissing):
        said(world, talk, by="dora", how="paper")
    with pytest.raises(WitnessNotFree):
        said(world, talk, by="dora", how="phone")

    talk = said(world, talk, by="dora", how="paper", files=[SIGNED])

    row = Confirmation.objects.get()
    assert (row.proxy, row.by_id) == ("paper", world.dora)
    opened = attachments.open_file(world.actor("emil"), row.scan_id, "initiator")
    assert b"".join(opened.pieces) == SIGNED.data
    with pytest.raises(RecordNotFound):
        attachments.open_file(world.actor("dora"), row.scan_id, "organiser")
    with pytest.raises(NothingToReadBack):
        said(world, talk, by="dora", how="paper", files=[SIGNED])


def test_never_who_led_it_nor_who_works_for_him(world, talk):
    now, today = timezone.now(), timezone.localdate()
    name_secretary(world.actor("emil"), world.emil, world.people["sol"], start=today, at=now)

    # Emil is in charge of Ben's department; Sol is his secretary as well.
    for name in ("emil", "olga", "ben", "sol"):
        with pytest.raises(WitnessNotFree):
            named(world, talk, name)
    for name, refusal in (("emil", TalkForbidden), ("cleo", TalkNotFound), ("sol", TalkForbidden)):
        with pytest.raises(refusal):
            said(world, talk, by=name, how="paper", files=[SIGNED])
    assert not Confirmation.objects.exists()


def test_who_oversees_may_though_the_initiator_heads_all(world, talk):
    talk = written_with_olga(world, by="ada")
    with pytest.raises(WitnessNotFree):
        named(world, talk, "cleo", by="ada")
    named(world, talk, "sol", by="ada")

    assert said(world, talk, by="sol").state == TalkState.CONFIRMED


def test_who_is_kept_from_it_or_typed_its_sheet_is_not_asked(world, talk):
    other = proposed(world, "emil", "olga")
    services.name_assistant(world.actor("emil"), other.pk, world.dora, at=timezone.now())
    scan = {"files": [SIGNED], "held_at": timezone.now(), "at": timezone.now()}
    entry = services.enter_sheet(world.actor("dora"), other.pk, text="手写的", **scan)
    services.accept_sheet(world.actor("emil"), other.pk, entry.pk, at=timezone.now())
    recuse_from_person(
        world.actor("cleo"), world.cleo, world.people["olga"], because="own", at=timezone.now()
    )

    with pytest.raises(WitnessNotFree):
        named(world, other, "dora")
    with pytest.raises(TalkForbidden):
        said(world, other, by="dora", how="paper", files=[SIGNED])
    with pytest.raises(WitnessNotFree):
        named(world, talk)


def test_nobody_speaks_for_who_has_an_account(world):
    talk = recorded(world)

    with pytest.raises(AnswersHimself):
        named(world, talk, "dora", by="ada")
    with pytest.raises(AnswersHimself):
        said(world, talk, by="dora", how="paper", files=[SIGNED])


def test_before_there_is_a_record_nothing_is_read_back(world):
    world.person("olga", "老张")
    talk = proposed(world, "emil", "olga")

    with pytest.raises(NothingToReadBack):
        named(world, talk, "dora")


def test_naming_another_ends_the_first_ones_reading(world, talk):
    named(world, talk)
    named(world, talk, "dora")

    with pytest.raises((RecordNotFound, KeeperRefused)):
        open_texts(world.actor("cleo"), [record_of(talk).pk], "witness")
    assert said(world, talk, by="dora", how="in_person").state == TalkState.CONFIRMED


def test_where_his_own_hand_is_demanded_only_paper_will_do(world):
    adopt(world)
    world.person("olga", "老张")
    talk = written_with_olga(world, kind="counsel")
    named(world, talk, "dora")

    with pytest.raises(SignatureMissing):
        said(world, talk, by="dora")
    said(world, talk, by="dora", how="paper", files=[SIGNED])

    row = Signature.objects.get(part="subject")
    assert (row.person_id, row.means) == (world.people["olga"], "paper")


def test_the_database_takes_no_word_through_who_led_it(world, talk):
    named(world, talk)
    said(world, talk)

    for change in ({"by": world.emil}, {"by": world.people["olga"]}, {"by": None}, {"proxy": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.update(**change)


def test_a_witness_who_is_kept_apart_since_passes_nothing_on(world, talk):
    named(world, talk)
    declare_conflict(
        world.actor("dora"), world.cleo, world.people["olga"], because="complaint", source="信访件",
        start=timezone.localdate(), at=timezone.now(),
    )  # fmt: skip

    assert not witnessed_talks(world.actor("cleo")).exists()
    with pytest.raises(TalkNotFound):
        said(world, talk)


def test_after_the_term_of_one_another_is_named(world, talk):
    named(world, talk)
    Witness.objects.update(until=timezone.now() - timedelta(days=1))

    named(world, talk, "sol")

    assert [row.person_id for row in Witness.objects.filter(ended_at=None)] == [world.people["sol"]]
