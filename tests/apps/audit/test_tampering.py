"""Whatever is done to the log in SQL is found, and the first entry it touched is named."""

import shutil

import pytest
from attacks import cases, change, delete, insert, recompute, renumber, roll_back, write
from django.db import transaction
from django.utils import timezone
from stolen_key import sign_anew

from tanxin.apps.audit import tasks
from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.checkpoints import LogRewritten, take_checkpoint
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.services import erase_details
from tanxin.apps.audit.tasks import take_due_checkpoints
from tanxin.apps.audit.verifying import verify_log
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing import client
from tanxin.core.access import Actor
from tanxin.core.vault.leaf import Log

pytestmark = pytest.mark.django_db
ROWS, EACH = 40, 5
ALL_ROWS, ALL_CASES = 400, 4_298


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    settings.TANXIN_CHECKPOINTS = str(tmp_path / "checkpoints")
    return tmp_path / "checkpoints"


def logged(suite, rows):
    """A realm whose log has ``rows`` entries and one checkpoint over all of them."""
    realm = Realm.objects.create(name="委员会")
    client.ensure_realm(realm.pk)
    LogHead.objects.create(realm=realm, suite=suite)
    write(realm.pk, rows)
    assert take_checkpoint(realm.pk).new
    return realm.pk


@pytest.fixture(params=[1, 2], ids=["INTL-1", "GM-1"])
def realm(request, keeper):
    return logged(request.param, ROWS)


def verdict(realm, **more):
    report = verify_log(realm, at=timezone.now(), **more)
    first = report.problems[0] if report.problems else None
    return report.verdict, first.seq if first else None


def tampered(realm, attack, arguments):
    block = transaction.atomic()
    block._from_testcase = True  # like the one around a test: the application does not see it
    with block:
        attack(realm, *arguments)
        found = verdict(realm)
        transaction.set_rollback(True)
    return found


def misses(realm, rows, each):
    return [
        (attack.__name__, arguments, said, found)
        for attack, arguments, *said in cases(rows, each)
        if (found := tampered(realm, attack, arguments)) != tuple(said)
    ]


def test_every_kind_of_change_is_found_and_named(realm):
    assert verdict(realm) == ("OK", None)
    assert misses(realm, ROWS, EACH) == []
    assert verdict(realm) == ("OK", None)


@pytest.mark.prove
@pytest.mark.parametrize("suite", [1, 2], ids=["INTL-1", "GM-1"])
def test_all_4298_changes_are_found_and_named(suite, keeper):
    assert len(cases(ALL_ROWS, 1)) == ALL_CASES
    realm = logged(suite, ALL_ROWS)
    assert misses(realm, ALL_ROWS, 1) == []


def test_a_log_that_grew_after_its_checkpoint_is_fine(realm):
    write(realm, 3, start=ROWS)
    report = verify_log(realm, at=timezone.now())
    assert (report.verdict, report.sizes["changes"], report.anchored["changes"]) == (
        "OK",
        ROWS + 3,
        ROWS,
    )


def test_an_older_backup_is_called_a_rollback(realm):
    roll_back(realm, ROWS - 5)
    assert verdict(realm) == ("ROLLBACK", ROWS - 5)
    with pytest.raises(LogRewritten) as refusal:
        take_checkpoint(realm)
    assert (refusal.value.code, refusal.value.seq) == ("ROLLBACK", ROWS - 5)


def test_an_older_backup_that_grew_on_is_caught_too(realm):
    roll_back(realm, ROWS - 5)
    write(realm, 20, start=500)
    assert verdict(realm) == ("RECOMPUTED", ROWS - 5)
    with pytest.raises(LogRewritten):
        take_checkpoint(realm)


@pytest.mark.parametrize("attack", [recompute, renumber, insert])
def test_nothing_that_was_rewritten_is_signed(realm, attack):
    attack(realm, 7)
    write(realm, 5, start=900)
    with pytest.raises((LogRewritten, AnchorDiffers)):
        take_checkpoint(realm)


def test_a_missing_entry_is_not_signed(realm):
    write(realm, 5, start=900)
    AuditDetail.objects.all().delete()
    delete(realm, ROWS + 2)
    with pytest.raises(LogRewritten) as refusal:
        take_checkpoint(realm)
    assert (refusal.value.code, refusal.value.seq) == ("MISSING", ROWS + 2)


def test_rewritten_files_beside_the_database_do_not_help(realm, outside):
    """Hashes are rewritten with the database; the signature over their root cannot be."""
    write(realm, 10, start=700)
    take_checkpoint(realm)
    recompute(realm, 7)
    hashes = Anchors.of(realm).hashes(Log.CHANGES)
    path = hashes.folder / "changes.0"
    rows = AuditLeaf.objects.filter(realm=realm).order_by("seq")
    path.write_bytes(b"".join(bytes(row.leaf_hash) for row in rows))

    assert verdict(realm) == ("RECOMPUTED", 0)
    assert "0…39" in verify_log(realm, at=timezone.now()).problems[0].said()


def test_forged_notes_are_not_believed(realm):
    (note,) = Anchors.of(realm).folder.glob("notes/*/*.note")
    note.chmod(0o600)
    note.write_text(note.read_text().replace(f"\n{ROWS}\n", f"\n{ROWS - 1}\n"))
    assert verdict(realm)[0] == "NOT SIGNED"


def test_a_stolen_signing_key_does_not_rewrite_what_is_kept_elsewhere(
    realm, keeper, outside, tmp_path
):
    elsewhere = tmp_path / "auditor"
    shutil.copytree(outside, elsewhere)
    recompute(realm, 7)
    rows = AuditLeaf.objects.filter(realm=realm).order_by("seq")
    sign_anew(keeper.home / "home", realm, [bytes(row.leaf_hash) for row in rows])

    assert verdict(realm) == ("OK", None)
    assert verdict(realm, folders=[elsewhere]) == ("RECOMPUTED", 7)
    shutil.rmtree(elsewhere / str(realm) / "notes")
    assert verdict(realm, folders=[elsewhere]) == ("RECOMPUTED", 7)


def test_two_checkpoints_of_one_size_are_a_split_view(realm, keeper, outside, tmp_path):
    elsewhere = tmp_path / "auditor"
    shutil.copytree(outside, elsewhere)
    (elsewhere / str(realm) / "changes.0").unlink()
    recompute(realm, 7)
    rows = AuditLeaf.objects.filter(realm=realm).order_by("seq")
    sign_anew(keeper.home / "home", realm, [bytes(row.leaf_hash) for row in rows])

    assert verdict(realm, folders=[elsewhere]) == ("SPLIT VIEW", None)


def test_erasing_what_a_hundred_entries_say_keeps_the_tree(realm):
    write(realm, 200, start=100)
    take_checkpoint(realm)
    actor = Actor(realm_id=realm)
    subjects = [
        row.subject_id for row in AuditLeaf.objects.filter(realm=realm, details__isnull=False)
    ]
    for subject in subjects[:100]:
        assert erase_details(actor, subject, at=timezone.now()) == 1
    take_checkpoint(realm)
    assert verdict(realm) == ("OK", None)


def test_changed_words_are_named(realm):
    AuditDetail.objects.filter(realm=realm, leaf__seq=4).update(content={"step": 99})
    assert verdict(realm) == ("DETAIL", 4)
    AuditDetail.objects.filter(realm=realm, leaf__seq=4).update(content={"step": 0.5})
    assert verdict(realm) == ("DETAIL", 4)


def test_a_head_that_lies_is_named(realm):
    LogHead.objects.filter(realm=realm).update(head_hash=bytes(32))
    assert verdict(realm) == ("HEAD", ROWS - 1)


def test_an_entry_beyond_the_head_is_named(realm):
    write(realm, 1, start=900)
    row = LogHead.objects.get(realm=realm)
    last = AuditLeaf.objects.get(realm=realm, seq=ROWS)
    LogHead.objects.filter(realm=realm).update(size=ROWS, head_hash=last.prev_hash)
    assert row.size == ROWS + 1
    assert verdict(realm) == ("HEAD", ROWS - 1)


def test_what_was_signed_once_is_not_written_twice(realm):
    assert not take_checkpoint(realm).new
    assert Anchors.of(realm).count() == 1
    write(realm, 1)
    assert take_checkpoint(realm).new
    assert Anchors.of(realm).count() == 2


def test_much_that_is_not_signed_is_signed_before_its_time(realm, monkeypatch):
    write(realm, 3)
    assert take_due_checkpoints() == 0
    monkeypatch.setattr(tasks, "MOST_UNSIGNED", 3)
    assert take_due_checkpoints() == 1
    assert take_due_checkpoints() == 0
    assert Anchors.of(realm).latest().checkpoint.changes.size == ROWS + 3


def test_a_lost_folder_is_made_again_from_the_log(realm, outside):
    before = Anchors.of(realm).latest()
    shutil.rmtree(outside)
    assert take_checkpoint(realm).new
    assert Anchors.of(realm).latest() == before
    assert verdict(realm) == ("OK", None)


def test_a_write_that_was_cut_off_is_completed(realm):
    write(realm, 3)
    with (Anchors.of(realm).folder / "changes.0").open("ab") as file:
        file.write(bytes(AuditLeaf.objects.get(realm=realm, seq=ROWS).leaf_hash)[:11])
    assert take_checkpoint(realm).new
    assert verdict(realm) == ("OK", None)


def test_a_realm_that_changes_its_suite_goes_on_in_the_same_tree(realm):
    before = Anchors.of(realm).latest().checkpoint
    head = LogHead.objects.get(realm=realm)
    LogHead.objects.filter(realm=realm).update(suite=3 - head.suite)
    write(realm, 7, start=300)
    after = take_checkpoint(realm).anchored.checkpoint
    assert (after.changes.suite, after.changes.size) == (before.changes.suite, ROWS + 7)
    assert verdict(realm) == ("OK", None)
    assert tampered(realm, recompute, (ROWS + 2,)) == ("RECOMPUTED", ROWS + 2)
    assert tampered(realm, change, (ROWS + 2, "event")) == ("ALTERED", ROWS + 2)


def test_a_realm_without_a_log_has_no_checkpoint(keeper):
    realm = Realm.objects.create(name="空")
    client.ensure_realm(realm.pk)
    assert take_checkpoint(realm.pk) is None
    assert verdict(realm.pk) == ("OK", None)
