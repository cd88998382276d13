"""T28: after a restore the log goes on by a signed statement, and what was lost is named for ever."""

import json
import shutil
from base64 import b64decode

import pytest
from attacks import recompute, roll_back, write
from click.testing import CliRunner
from django.utils import timezone
from stolen_key import sign_with_stolen_key

from tanxin import verifier
from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.checkpoints import LogRewritten, take_checkpoint
from tanxin.apps.audit.exporting import export_lines
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.receipts import Receipt, proof_of
from tanxin.apps.audit.restoring import NothingLost, state_restored
from tanxin.apps.audit.rows import leaf_of
from tanxin.apps.audit.verifying import verify_log
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing import client, logs
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.cli.audit import command
from tanxin.core.vault.canonical import canonical
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.proofs import Prover
from tanxin.core.vault.suites import provider_for
from tanxin.keeper.custody.operator import read_token

pytestmark = pytest.mark.django_db
ROWS, LEFT = 20, 12
SAID = {"by": "信息中心", "reason": "磁盘损坏"}


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    settings.TANXIN_CHECKPOINTS = str(tmp_path / "checkpoints")
    return tmp_path / "checkpoints"


@pytest.fixture(params=[1, 2], ids=["INTL-1", "GM-1"])
def realm(request, keeper):
    realm = Realm.objects.create(name="委员会")
    client.ensure_realm(realm.pk)
    LogHead.objects.create(realm=realm, suite=request.param)
    write(realm.pk, ROWS)
    take_checkpoint(realm.pk)
    return realm.pk


@pytest.fixture
def operator(keeper):
    return read_token(keeper.home / "home")


def put_back(realm):
    """A backup is restored: rows and head of then."""
    roll_back(realm, LEFT)


def lose(realm, seq, *, and_after=False):
    gone = AuditLeaf.objects.filter(realm=realm, **{"seq__gte" if and_after else "seq": seq})
    AuditDetail.objects.filter(leaf__in=gone).delete()
    gone._raw_delete("default")


def set_head(realm, size):
    last = AuditLeaf.objects.get(realm=realm, seq=size - 1).leaf_hash
    LogHead.objects.filter(realm=realm).update(size=size, head_hash=last)


def state(realm, operator, **more):
    return state_restored(realm, operator, at=timezone.now(), **{**SAID, **more})


def verdict(realm, **more):
    report = verify_log(realm, at=timezone.now(), **more)
    first = report.problems[0] if report.problems else None
    return report.verdict, first.seq if first else None


def named(realm):
    return [(one.first, one.after) for one in verify_log(realm, at=timezone.now()).restores]


def exported(realm, path, change=lambda lines: None):
    lines = list(export_lines(realm, at=timezone.now()))
    change(lines)
    path.write_bytes(b"".join(lines))
    return path


def said(path, capsys, *more):
    code = verifier.main([str(path), "--json", *map(str, more)])
    told = capsys.readouterr().out
    return json.loads(told)["verdict"] if code < 2 else "unreadable"


def test_with_a_statement_the_log_goes_on_and_says_what_is_lost(realm, operator, tmp_path, capsys):
    put_back(realm)
    assert verdict(realm) == ("ROLLBACK", LEFT)
    state(realm, operator)

    assert verdict(realm) == ("OK", None)
    assert named(realm) == [(LEFT, ROWS)]
    entry = AuditLeaf.objects.get(realm=realm, seq=ROWS)
    assert (entry.event, AuditLeaf.objects.filter(realm=realm).count()) == (
        "log.restored",
        LEFT + 1,
    )
    write(realm, 5, start=300)
    assert take_checkpoint(realm).anchored.checkpoint.changes.size == ROWS + 6
    assert verdict(realm) == ("OK", None)
    path = exported(realm, tmp_path / "export")
    assert verifier.main([str(path)]) == 0
    told = capsys.readouterr().out
    assert f"changes {LEFT} to {ROWS - 1} are lost; stated by 信息中心: 磁盘损坏" in told
    assert f"第 {LEFT} 至 {ROWS - 1} 条丢失" in told


def test_the_folder_and_older_exports_still_agree(realm, operator, outside, tmp_path, capsys):
    older = exported(realm, tmp_path / "older")
    shutil.copytree(outside, tmp_path / "auditor")
    put_back(realm)
    state(realm, operator)
    assert verdict(realm, folders=[tmp_path / "auditor"]) == ("OK", None)
    newer = exported(realm, tmp_path / "newer")
    assert said(newer, capsys, "--older", older, "--checkpoints", tmp_path / "auditor") == "OK"


def test_an_entry_before_and_after_is_still_watched(realm, operator):
    put_back(realm)
    state(realm, operator)
    write(realm, 6, start=300)
    take_checkpoint(realm)
    for seq in (ROWS + 3, 3):
        lose(realm, seq)
        assert verdict(realm) == ("MISSING", seq)


def test_a_receipt_of_what_was_lost_says_so(realm, operator, tmp_path):
    row = AuditLeaf.objects.get(realm=realm, seq=LEFT + 2)
    receipt = tmp_path / "receipt"
    receipt.write_bytes(Receipt(leaf_of(row), None, b"", proof_of(realm, row.seq)).encode())
    put_back(realm)
    state(realm, operator)
    report = verify_log(realm, at=timezone.now(), receipts=[receipt])
    assert (report.verdict, report.problems[0].seq) == ("RECEIPT", LEFT + 2)
    assert "lost when a backup was restored" in report.problems[0].said()
    assert "恢复备份时丢失" in report.problems[0].said(1)


def test_twice_restored_is_named_twice(realm, operator):
    put_back(realm)
    state(realm, operator)
    write(realm, 9, start=300)
    take_checkpoint(realm)
    lose(realm, 5, and_after=True)
    set_head(realm, 5)
    assert verdict(realm) == ("ROLLBACK", 5)
    state(realm, operator, reason="再次恢复")
    assert verdict(realm) == ("OK", None)
    assert named(realm) == [(LEFT, ROWS), (5, ROWS + 10)]


def test_asked_twice_it_is_said_once(realm, operator, monkeypatch):
    put_back(realm)
    head = LogHead.objects.get(realm=realm)
    state(realm, operator)
    stated = logs.restores(realm)
    with pytest.raises(NothingLost):
        state(realm, operator)
    # The application died between the keeper's word and its own entry.
    lose(realm, ROWS)
    LogHead.objects.filter(realm=realm).update(size=head.size, head_hash=head.head_hash)
    with pytest.raises(LogRewritten):
        take_checkpoint(realm)
    assert len(logs.restores(realm)) == len(stated) == 1


def test_a_death_after_the_statement_is_made_good_by_asking_again(realm, operator, outside):
    put_back(realm)
    hashes = proof_parts(realm)
    logs.state_restored(realm, operator, LEFT, *hashes, **SAID)
    assert verdict(realm) == ("ROLLBACK", LEFT)
    state(realm, operator)
    assert (verdict(realm), named(realm)) == (("OK", None), [(LEFT, ROWS)])


def proof_parts(realm, size=LEFT, known=ROWS):
    anchors = Anchors.of(realm)
    suite = anchors.latest().checkpoint.changes.suite
    prover = Prover(provider_for(suite), anchors.hashes(Log.CHANGES))
    return prover.root(size), b"".join(prover.consistency(size, known))


def refused(do, *args, **more):
    with pytest.raises(KeeperRefused) as no:
        do(*args, **more)
    return no.value.code


def test_only_the_operator_can_have_it_said(realm, operator):
    put_back(realm)
    for token in ("", "0" * 64, operator[:-1]):
        assert refused(state, realm, token) == "no_authority"
    assert verdict(realm) == ("ROLLBACK", LEFT)
    assert logs.restores(realm) == []


def test_the_keeper_believes_no_wrong_sizes(realm, operator):
    root, path = proof_parts(realm)
    for size in (LEFT - 1, LEFT + 1, 1):
        code = refused(logs.state_restored, realm, operator, size, root, path, **SAID)
        assert code == "another_history"
    for size in (ROWS, ROWS + 5):
        assert (
            refused(logs.state_restored, realm, operator, size, root, path, **SAID)
            == "nothing_lost"
        )
    assert (
        refused(logs.state_restored, realm, operator, LEFT, bytes(32), path, **SAID)
        == "another_history"
    )
    for more in ({"by": " "}, {"reason": ""}, {"reason": "长" * 201}):
        code = refused(logs.state_restored, realm, operator, LEFT, root, path, **{**SAID, **more})
        assert code == "bad_request"
    assert logs.restores(realm) == []


def test_what_does_not_begin_the_signed_log_gets_no_statement(realm, operator):
    put_back(realm)
    write(realm, 1, start=500)
    with pytest.raises(LogRewritten):
        state(realm, operator)
    put_back(realm)
    recompute(realm, 4)
    with pytest.raises(LogRewritten) as refusal:
        state(realm, operator)
    assert refusal.value.seq == 4
    assert logs.restores(realm) == []


def test_without_the_folder_there_is_no_statement(realm, operator, outside):
    put_back(realm)
    shutil.rmtree(outside)
    with pytest.raises(AnchorDiffers):
        state(realm, operator)


def test_a_tail_cut_by_hand_stays_an_alarm(realm):
    lose(realm, ROWS - 5, and_after=True)
    assert verdict(realm) == ("TRUNCATED", ROWS - 5)
    set_head(realm, ROWS - 5)
    assert verdict(realm) == ("ROLLBACK", ROWS - 5)


def test_a_statement_does_not_cover_what_is_cut_later(realm, operator):
    put_back(realm)
    state(realm, operator)
    write(realm, 5, start=300)
    take_checkpoint(realm)
    lose(realm, ROWS + 4, and_after=True)
    assert verdict(realm) == ("TRUNCATED", ROWS + 4)
    set_head(realm, ROWS + 4)
    assert verdict(realm) == ("ROLLBACK", ROWS + 4)
    lose(realm, LEFT - 1)
    assert verdict(realm) == ("MISSING", LEFT - 1)


def at_line(lines, begins):
    return next(n for n, line in enumerate(lines) if line.startswith(begins))


def without_statement(lines):
    del lines[at_line(lines, b'{"restored"')]


def without_a_lost_one(lines):
    del lines[at_line(lines, b'{"lost"')]


def another_lost_one(lines):
    at = at_line(lines, b'{"lost"') + 1
    lines[at] = b'{"lost":"' + b"ab" * 32 + b'"}\n'


def one_lost_more(lines):
    """An entry from before the restore is made a lost one."""
    at = at_line(lines, b'{"lost"') - 1
    lines[at] = b'{"lost":"' + lines[at][9:73] + b'"}\n'


def other_words(lines):
    at = at_line(lines, b'{"restored"')
    lines[at] = lines[at].replace("磁盘损坏".encode(), "例行维护".encode())


def other_sizes(lines):
    at = at_line(lines, b'{"restored"')
    lines[at] = lines[at].replace(b'\\"from\\":12', b'\\"from\\":11')


def other_salt(lines):
    at = at_line(lines, b'{"restored"')
    lines[at] = canonical({**json.loads(lines[at]), "salt": "00" * 32}) + b"\n"


def without_the_keeper(lines):
    del lines[at_line(lines, b'{"log":"releases"}') + 1]
    head = json.loads(lines[0])
    head["releases"] |= {"size": 0, "head": "0" * 64}
    lines[0] = canonical(head) + b"\n"
    lines[:] = [line for line in lines if not line.startswith(b'{"checkpoint"')]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_statement, "MISSING"), (without_a_lost_one, "MISSING"),
        (another_lost_one, "RECOMPUTED"), (one_lost_more, "MISSING"), (other_words, "MISSING"),
        (other_sizes, "MISSING"), (other_salt, "RESTORE"), (without_the_keeper, "RESTORE"),
    ],
)  # fmt: skip
def test_what_is_done_to_a_statement_is_found(realm, operator, tmp_path, capsys, change, expected):
    put_back(realm)
    state(realm, operator)
    assert said(exported(realm, tmp_path / "export", change), capsys) == expected


def test_a_statement_signed_with_a_stolen_key_is_not_in_the_keepers_log(
    realm, operator, keeper, tmp_path, capsys
):
    """Whoever stole the key cuts the tail and states it himself: the keeper's log knows nothing."""
    last = AuditLeaf.objects.get(realm=realm, seq=ROWS - 1)
    lost = [
        bytes(row.leaf_hash)
        for row in AuditLeaf.objects.filter(realm=realm, seq__gte=LEFT).order_by("seq")
    ]
    made_up = {
        "entry": 0, "from": LEFT, "to": ROWS, "head": bytes(last.leaf_hash).hex(),
        "root": logs_root(realm), "suite": LogHead.objects.get(realm=realm).suite,
        "at": "2026-11-23T12:00:00.000000Z", **SAID,
    }  # fmt: skip
    text = f"tanxin/{realm} restored\n{canonical(made_up).decode()}\n"
    note = sign_with_stolen_key(keeper.home / "home", realm, text)

    def change(lines):
        first = at_line(lines, b'{"hash"') + LEFT
        lines[first : first + ROWS - LEFT] = [
            b'{"lost":"' + one.hex().encode() + b'"}\n' for one in lost
        ]
        lines.insert(
            at_line(lines, b'{"hash"'), canonical({"restored": note, "salt": "00" * 32}) + b"\n"
        )

    assert said(exported(realm, tmp_path / "export", change), capsys) == "RESTORE"


def logs_root(realm):
    return Anchors.of(realm).latest().checkpoint.changes.root.hex()


def test_a_statement_of_another_restore_does_not_serve_again(realm, operator, tmp_path, capsys):
    """The same export, cut further: its one statement covers neither more nor other entries."""
    put_back(realm)
    state(realm, operator)

    def again(lines):
        at = at_line(lines, b'{"restored"')
        lines.insert(at, lines[at])
        first = at_line(lines, b'{"lost"')
        for n in (first - 1, first - 2):
            lines[n] = b'{"lost":"' + lines[n][9:73] + b'"}\n'

    assert said(exported(realm, tmp_path / "export", again), capsys) == "MISSING"


def test_the_command_states_it_and_verifies(realm, keeper, settings):
    put_back(realm)
    home = ["--home", str(keeper.home / "home")]

    def run(*arguments):
        return CliRunner().invoke(command, [*arguments], catch_exceptions=False)

    assert run("verify").exit_code == 1
    done = run("restored", "--reason", "磁盘损坏", "--by", "信息中心", "--realm", str(realm), *home)
    assert (done.exit_code, f"entries {LEFT} to {ROWS - 1}" in done.output) == (0, True)
    verified = run("verify", "--realm", str(realm))
    assert (verified.exit_code, "信息中心: 磁盘损坏" in verified.output) == (0, True)
    again = run("restored", "--reason", "x", "--realm", str(realm), *home)
    assert (again.exit_code, "Nothing is lost" in again.output) == (0, True)
    none = run("restored", "--reason", "x", "--home", "/nowhere")
    assert (none.exit_code, "who can read" in none.output) == (1, True)
    told = json.loads(run("verify", "--json", "--realm", str(realm)).output)
    assert told[str(realm)]["restored"][0]["from"] == LEFT


def test_the_command_refuses_what_is_no_backup(realm, keeper):
    put_back(realm)
    write(realm, 1, start=500)
    arguments = [
        "restored",
        "--reason",
        "x",
        "--realm",
        str(realm),
        "--home",
        str(keeper.home / "home"),
    ]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert (done.exit_code, "restore once more" in done.output) == (1, True)


def test_the_statement_tells_no_more_than_it_says(realm, operator):
    put_back(realm)
    one = state(realm, operator)
    keys = [verifier.read_key(key) for key in logs.log_state(realm).keys]
    assert verifier.note_fault(one.note, dict(keys)) == ""
    assert b64decode(one.note.splitlines()[-1].split(" ")[-1])
    told = json.loads(one.note.splitlines()[1])
    assert told.keys() == {"entry", "from", "to", "head", "root", "suite", "at", "by", "reason"}
