"""A realm's key renewed and its suite changed, with everything that is sealed under it."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

import talk_steps as steps
from tanxin.apps.accounts.second_factor.adapter import open_secret, seal_secret, secrets_of
from tanxin.apps.archive import moving, renewal
from tanxin.apps.archive.grants import end_parts
from tanxin.apps.archive.models import Draft, Party, Record, RecordVersion
from tanxin.apps.archive.resealed import (
    Resealing,
    is_followed,
    not_followed,
    not_in_the_log,
)
from tanxin.apps.archive.secrets import secrets_left
from tanxin.apps.archive.services import Window, load_draft, open_texts, save_draft
from tanxin.apps.audit.checkpoints import take_checkpoint
from tanxin.apps.audit.models import AuditDetail
from tanxin.apps.audit.verifying import verify_log
from tanxin.apps.org import services as org
from tanxin.apps.org.models import Person
from tanxin.apps.org.services import PersonDetails, PersonIsKnown
from tanxin.apps.realms.selectors import suite_of
from tanxin.apps.sealing import asking, pii
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.apps.sealing.columns import Text
from tanxin.apps.sealing.keys import destroy_key, key_state
from tanxin.apps.talks.models import Confirmation
from tanxin.cli.audit import command as audit_command
from tanxin.core.vault.header import Header
from tanxin.core.vault.suites import GM_1, INTL_1, provider_for
from tanxin.core.vault.tree import digest_of
from tanxin.keeper.custody.operator import read_token
from tanxin.keeper.reseal import step

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"
WINDOW = uuid4()


@pytest.fixture
def operator(keeper):
    return read_token(keeper.home / "home")


@pytest.fixture
def talk(world):
    """A confirmed talk, a draft and a person with everything a roster may say."""
    talk = steps.confirmed(world, place="三号楼会议室")
    save_draft(
        world.actor("ada"),
        "record",
        talk.pk,
        {"text": "还没写完"},
        window=Window(WINDOW),
        at=timezone.now(),
    )
    world.person("fern", "冯兰", phone="13800138000", id_number=ID_NUMBER, mail="fern@example.cn")
    return talk


def nothing(*_):
    pass


def move(world, operator):
    return renewal.go_on(world.realm_id, operator, at=timezone.now(), progress=nothing)


def renew(world, operator, suite=INTL_1):
    renewal.renew(world.realm_id, suite, operator, at=timezone.now())
    return move(world, operator)


def what_people_see(world, talk):
    record = Record.objects.get(realm=world.realm_id, about_id=talk.pk, kind="record")
    pii.forget_keys()
    fern = org.details_of(Person.objects.get(pk=world.people["fern"]))
    talk.refresh_from_db()
    return (
        open_texts(world.actor("ben"), [record.pk], "subject")[record.pk],
        load_draft(world.actor("ada"), "record", talk.pk).fields["text"],
        (fern.name, fern.phone, fern.id_number, fern.mail),
        pii.open_pii(world.realm_id, talk.pk, "place", bytes(talk.place_sealed)),
    )


def stored(world):
    """Suite and key version of everything that is sealed, by column."""
    found = {}
    for column in moving.sealed_columns():
        if column.attribute == "mac":
            rows = apps.get_model(column.model).objects.filter(realm=world.realm_id)
            found[moving.title(column)] = {int.from_bytes(bytes(r.mac)[:4], "big") for r in rows}
            continue
        rows = apps.get_model(column.model).objects.filter(realm=world.realm_id)
        headers = [Header.decode(bytes(raw)) for r in rows if (raw := getattr(r, column.attribute))]
        found[moving.title(column)] = {(h.suite, h.kek_version) for h in headers}
    return found


def test_a_renewed_key_takes_over_everything_and_nothing_reads_differently(world, talk, operator):
    before = what_people_see(world, talk)
    report = renew(world, operator)

    assert report.left == {}
    assert report.moved > 10
    assert key_state(world.realm_id).versions == {1: INTL_1, 2: INTL_1}
    assert what_people_see(world, talk) == before
    found = stored(world)
    assert found["archive.Record.wrapped_key"] == {(INTL_1, 2)}
    assert found["org.Person.phone_sealed"] == {(INTL_1, 2)}
    assert found["archive.Party.mac"] == {2}
    # A text is under its record's key; only another suite touches it.
    assert found["archive.RecordVersion.sealed"] == {(INTL_1, 1)}
    assert not Resealing.objects.exists()


def test_another_suite_takes_over_the_texts_too(world, talk, operator):
    before = what_people_see(world, talk)
    renew(world, operator, GM_1)

    assert suite_of(world.realm_id) == GM_1
    assert what_people_see(world, talk) == before
    sealed = {name: seen for name, seen in stored(world).items() if not name.endswith("mac")}
    assert {mark for seen in sealed.values() for mark in seen} == {(GM_1, 2)}


def test_a_confirmation_stays_provable_after_two_changes_of_suite(world, talk, operator):
    said = Confirmation.objects.get(talk=talk)
    for suite in (GM_1, INTL_1):
        report = renew(world, operator, suite)
        version = RecordVersion.objects.get(pk=said.version_id)
        assert bytes(version.digest) == bytes(said.version_digest)
        assert sha256(bytes(version.sealed)).digest() != bytes(version.digest)
        assert is_followed(version)
        assert report.not_followed == []


def test_exchanged_bytes_or_a_broken_step_are_told(world, talk, operator):
    renew(world, operator, GM_1)
    version = RecordVersion.objects.get(pk=Confirmation.objects.get(talk=talk).version_id)
    bent = bytearray(version.sealed)
    bent[-1] ^= 1
    RecordVersion.objects.filter(pk=version.pk).update(sealed=bytes(bent))
    assert not_followed(world.realm_id) == [version.pk]

    RecordVersion.objects.filter(pk=version.pk).update(sealed=version.sealed)
    assert not_followed(world.realm_id) == []
    Resealing.objects.filter(version=version).update(before=bytes(32))
    assert not_followed(world.realm_id) == [version.pk]


def test_the_keeper_vouches_for_what_each_text_became(world, talk, operator):
    renew(world, operator, GM_1)
    details = moved_leaves(world)
    rows = (
        Resealing.objects.filter(realm=world.realm_id).select_related("version").order_by("version")
    )
    items = [step(r.version.record_id, bytes(r.before), bytes(r.after)) for r in rows]
    _, digest = digest_of(provider_for(GM_1), items)

    assert [d["digest"] for d in details if d.get("batch") == str(rows[0].batch)] == [digest]
    assert (
        sum(d.get("texts", 0) for d in details)
        == RecordVersion.objects.count() + Draft.objects.count()
    )


def test_a_text_that_was_sealed_anew_without_the_keeper_is_named(world, talk, operator):
    renew(world, operator, GM_1)
    assert not_in_the_log(world.realm_id) == []
    row = Resealing.objects.filter(realm=world.realm_id).first()
    whole = [
        one.version_id for one in Resealing.objects.filter(batch=row.batch).order_by("version")
    ]
    batch = row.batch
    Resealing.objects.filter(pk=row.pk).update(after=bytes(32))
    assert not_in_the_log(world.realm_id) == whole
    Resealing.objects.filter(pk=row.pk).update(after=row.after, batch=uuid4())
    assert row.version_id in not_in_the_log(world.realm_id)
    Resealing.objects.filter(pk=row.pk).update(batch=batch)
    assert not_in_the_log(world.realm_id) == []


def test_verifying_names_a_text_whose_bytes_were_exchanged(world, talk, operator):
    renew(world, operator, GM_1)
    version = RecordVersion.objects.get(pk=Confirmation.objects.get(talk=talk).version_id)
    words = ["--realm", str(world.realm_id)]
    assert "RESEALED" not in CliRunner().invoke(audit_command, ["verify", *words]).output

    Resealing.objects.filter(version=version).update(before=bytes(32))
    found = CliRunner().invoke(audit_command, ["verify", *words])
    assert found.exit_code == 1
    assert f"RESEALED: the bytes of text {version.pk}" in found.output


def moved_leaves(world):
    return [detail for event, detail in kept_log(world) if event == "key.moved"]


def kept_log(world):
    """The keeper's leaves as event and detail; read from its file, as an auditor would."""
    home = Path(settings.TANXIN_KEEPER_SOCKET).parent / "home"
    query = "SELECT leaf.content, detail.content FROM leaf JOIN detail USING (seq) ORDER BY seq"
    with closing(sqlite3.connect(home / "realms" / f"{world.realm_id}.sqlite3")) as db:
        return [
            (json.loads(leaf)["event"], json.loads(detail)) for leaf, detail in db.execute(query)
        ]


def test_nothing_is_released_by_moving(world, talk, operator):
    renew(world, operator, GM_1)
    events = [event for event, _ in kept_log(world)]
    assert "key.moved" in events
    assert "record.opened" not in events


class Killed(Exception):
    pass


def test_a_run_that_was_stopped_goes_on_and_both_are_readable_meanwhile(
    world, talk, operator, monkeypatch
):
    before = what_people_see(world, talk)

    def stop_after_each(*_):
        raise Killed

    monkeypatch.setattr(moving, "BATCH", 2)
    renewal.renew(world.realm_id, GM_1, operator, at=timezone.now())
    stops = 0
    while True:
        try:
            renewal.go_on(world.realm_id, operator, at=timezone.now(), progress=stop_after_each)
            break
        except Killed:
            stops += 1
            assert what_people_see(world, talk) == before
    assert stops > 8
    assert moving.left(world.realm_id, key_state(world.realm_id)) == {}
    assert what_people_see(world, talk) == before
    assert not_followed(world.realm_id) == []


def test_moving_twice_moves_nothing_the_second_time(world, talk, operator):
    renew(world, operator, GM_1)
    assert move(world, operator).moved == 0


def test_somebody_who_saves_meanwhile_has_the_last_word(world, talk, operator, monkeypatch):
    real = moving.reseal

    def slow(*args):
        moved = real(*args)
        if args[2] == "texts":
            save_draft(
                world.actor("ada"),
                "record",
                talk.pk,
                {"text": "写完了"},
                window=Window(WINDOW),
                at=timezone.now(),
            )
        return moved

    monkeypatch.setattr(moving, "reseal", slow)
    renew(world, operator, GM_1)
    assert load_draft(world.actor("ada"), "record", talk.pk).fields["text"] == "写完了"


def test_an_id_number_is_known_while_its_index_is_still_under_the_old_key(world, talk, operator):
    renewal.renew(world.realm_id, GM_1, operator, at=timezone.now())
    twin = PersonDetails(name="冯兰", number="N9999", id_number=ID_NUMBER)
    with pytest.raises(PersonIsKnown):
        org.add_person(world.founder, twin, at=timezone.now())
    org.change_person(world.founder, world.people["fern"], at=timezone.now(), mail="f@example.cn")
    move(world, operator)
    with pytest.raises(PersonIsKnown):
        org.add_person(world.founder, twin, at=timezone.now())


def test_an_old_key_is_destroyed_only_when_nothing_is_under_it_and_not_at_once(
    world, talk, operator
):
    renewal.renew(world.realm_id, INTL_1, operator, at=timezone.now())
    with pytest.raises(KeeperRefused, match="key_in_use"):
        renewal.destroy_older(world.realm_id, operator, at=timezone.now())
    move(world, operator)
    with pytest.raises(KeeperRefused, match="too_early"):
        renewal.destroy_older(world.realm_id, operator, at=timezone.now())
    with pytest.raises(KeeperRefused, match="no_old_key"):
        destroy_key(world.realm_id, 2, 0, operator)
    assert key_state(world.realm_id).older == [1]


def test_when_the_old_key_is_gone_everything_still_opens(world, talk, operator):
    before = what_people_see(world, talk)
    renew(world, operator, GM_1)
    home = Path(settings.TANXIN_KEEPER_SOCKET).parent / "home"
    with closing(sqlite3.connect(home / "realms" / f"{world.realm_id}.sqlite3")) as db, db:
        db.execute("UPDATE key_life SET begun = '2026-01-01T00:00:00.000000Z'")
    report = renewal.destroy_older(world.realm_id, operator, at=timezone.now())

    assert (report.state.versions, report.left) == ({2: GM_1}, {})
    assert what_people_see(world, talk) == before
    assert [event for event, _ in kept_log(world)].count("key.destroyed") == 1


ORDERS = [
    ("keys.renew", {"suite": 1}),
    ("keys.destroy", {"version": 1, "left": 0}),
    (
        "reseal",
        {
            "batch": "11111111-1111-4111-8111-111111111111",
            "keys": [],
            "texts": [],
            "personal": [],
            "grants": [],
        },
    ),
]


@pytest.mark.parametrize(("operation", "more"), ORDERS, ids=[name for name, _ in ORDERS])
@pytest.mark.parametrize("operator", ["", "0" * 64])
def test_a_web_process_that_was_taken_over_can_order_none_of_it(world, operation, more, operator):
    args = {"realm": str(world.realm_id), "operator": operator, **more}
    with pytest.raises(KeeperRefused, match="no_authority"):
        asking.ask(operation, args)
    assert key_state(world.realm_id).versions == {1: INTL_1}


def test_a_revoked_grant_stays_revoked_under_its_new_word(world, talk, operator):
    record = Record.objects.get(realm=world.realm_id, about_id=talk.pk, kind="record")
    part = Party.objects.get(record=record, person=world.ben)
    end_parts(world.realm_id, [part])
    Party.objects.filter(pk=part.pk).update(end=None, mac=part.mac)
    renew(world, operator)
    with pytest.raises(KeeperRefused, match="grant_ended"):
        open_texts(world.actor("ben"), [record.pk], "subject")
    assert Party.objects.get(pk=part.pk).end is None


def test_a_process_that_holds_old_keys_learns_of_new_ones(world, talk, operator):
    pii.keys_of(world.realm_id)
    held = dict(pii._keys)
    renew(world, operator, GM_1)
    pii._keys.clear()
    pii._keys.update(held)
    person = Person.objects.get(pk=world.people["fern"])
    assert pii.open_pii(world.realm_id, person.pk, "name", bytes(person.name_sealed)) == "冯兰"


def test_keys_are_asked_for_again_after_a_while(world, operator, monkeypatch):
    pii.keys_of(world.realm_id)
    renewal.renew_key(world.realm_id, GM_1, operator)
    assert max(pii.keys_of(world.realm_id)) == 1
    monkeypatch.setattr(pii, "ASK_AGAIN_SECONDS", -1.0)
    assert max(pii.keys_of(world.realm_id)) == 2


def test_each_step_stands_in_the_realms_log(world, talk, operator):
    renew(world, operator, GM_1)
    events = AuditDetail.objects.filter(realm=world.realm_id, leaf__event__startswith="realm.key")
    told = {row.leaf.event: row.content for row in events.select_related("leaf")}
    assert told["realm.key_renewed"] == {"key": 2, "suite": GM_1}
    assert told["realm.key_moved"]["count"] > 10


def test_checkpoints_before_and_after_vouch_for_one_log(world, talk, operator, tmp_path, settings):
    settings.TANXIN_CHECKPOINTS = str(tmp_path)
    take_checkpoint(world.realm_id)
    for suite in (GM_1, INTL_1):
        renew(world, operator, suite)
        take_checkpoint(world.realm_id)
        open_texts(
            world.actor("ben"), [Record.objects.get(about_id=talk.pk, kind="record").pk], "subject"
        )
        take_checkpoint(world.realm_id)
        report = verify_log(world.realm_id, at=timezone.now(), folders=(), receipts=(), keys=())
        assert report.verdict == "OK", report


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_second_factors_are_moved_too(world, operator, kind):
    name = {"totp": "secret", "recovery_codes": "seed"}[kind]
    account = world.accounts["ada"]
    with secrets_of(world.realm_id, account):
        data = {name: seal_secret("JBSWY3DP"), "used_mask": 5}
    Authenticator.objects.create(user_id=account, type=kind, data=data)
    Authenticator.objects.create(user_id=account, type="webauthn", data={"name": "钥匙"})
    report = renew(world, operator, GM_1)
    kept = Authenticator.objects.get(user_id=account, type=kind).data

    assert report.left == {}
    assert kept[name] != data[name]
    assert kept["used_mask"] == 5
    pii.forget_keys()
    with secrets_of(world.realm_id, account):
        assert open_secret(kept[name]) == "JBSWY3DP"
    assert not list(secrets_left(world.realm_id, key_state(world.realm_id)))


def test_secrets_of_another_realm_are_left_alone(world, operator):
    elsewhere = {"secret": f"{uuid4().hex}.AAAA"}
    row = Authenticator.objects.create(user_id=world.accounts["ada"], type="totp", data=elsewhere)
    renew(world, operator)
    row.refresh_from_db()
    assert row.data == elsewhere


NOT_SEALED = {
    "archive.Attachment.digest",
    # Digests, hashes, salts and indexes: equal or not, but nothing to open.
    "archive.RecordVersion.digest", "archive.Resealing.before", "archive.Resealing.after",
    "audit.LogHead.head_hash", "audit.AuditLeaf.detail_commit", "audit.AuditLeaf.prev_hash",
    "audit.AuditLeaf.leaf_hash", "audit.AuditDetail.salt", "duties.Derivation.digest",
    "org.Person.phone_index", "org.Person.id_index", "talks.Confirmation.version_digest",
    "talks.Signature.version_digest", "talks.Endorsement.version_digest", "reports.Taken.digest",
    "appraisal.Addition.digest", "appraisal.UnitResult.digest", "appraisal.YearTaken.digest",
    "oversight.QuarterTaken.digest",
    # Keyed sketches: compared, and never opened.
    "archive.Likeness.seams", "archive.Likeness.sketch",
    # Under a key of the cookie's.
    "accounts.Session.content",
}  # fmt: skip


def test_every_binary_column_is_listed_or_known_to_hold_nothing_sealed():
    """Listed in the app's ``apps.py``: what is not would be lost with an old key."""
    binary = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model.__module__.startswith("tanxin.") and isinstance(field, models.BinaryField)
    }
    assert binary - NOT_SEALED == {moving.title(column) for column in moving.sealed_columns()}


def test_a_text_knows_where_its_record_stands():
    for column in moving.sealed_columns():
        if isinstance(column, Text):
            assert column.field or column.fixed_field
