"""An export is checked anywhere, by one file that shares no code with the product."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from attacks import recompute, roll_back, write
from click.testing import CliRunner
from django.utils import timezone

from tanxin import verifier
from tanxin.apps.audit import tasks
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.checkpoints import take_checkpoint
from tanxin.apps.audit.exporting import export_lines
from tanxin.apps.audit.models import LogHead
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing import client
from tanxin.cli import worker
from tanxin.cli.audit import command

pytestmark = pytest.mark.django_db
ROWS = 20


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
def exported(realm, tmp_path):
    def exported(name="export.ndjson"):
        path = tmp_path / name
        path.write_bytes(b"".join(export_lines(realm, at=timezone.now())))
        return path

    return exported


def offline(*arguments):
    """Run the file alone, copied away from the product, as an outsider would."""
    command = [sys.executable, "-I", verifier.__file__, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    return done.returncode, done.stdout + done.stderr


def said(*arguments):
    known = json.loads(offline(*arguments, "--json")[1])
    first = known["problems"][0] if known["problems"] else {"entry": None}
    return known["verdict"], first["entry"]


def edited(path, change):
    lines = path.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(b'{"hash"'))
    change(lines, at)
    path.write_bytes(b"".join(lines))
    return path


def test_an_export_verifies_alone_and_with_its_checkpoints(exported, outside, realm):
    path = exported()
    code, told = offline(path, "--checkpoints", outside)
    assert (code, told) == (0, f"OK {ROWS} changes, 0 releases\n")
    assert offline(path, "--checkpoints", outside / str(realm))[0] == 0
    assert offline(path)[0] == 0


def test_it_holds_no_details_and_says_what_is_newer_than_every_checkpoint(exported, realm):
    write(realm, 2, start=50)
    path = exported()
    assert b"step" not in path.read_bytes()
    assert "2 changes are newer than any checkpoint" in offline(path)[1]


def spoil(lines, at):
    lines[at + 4] = lines[at + 4].replace(b"talk.held", b"talk.kept")


def rehash(lines, at):
    lines[at + 4] = lines[at + 4].replace(b'{"hash":"', b'{"hash":"0', 1)


def drop(lines, at):
    del lines[at + 4]


def swap(lines, at):
    lines[at + 4], lines[at + 5] = lines[at + 5], lines[at + 4]


def repeat(lines, at):
    lines.insert(at + 5, lines[at + 4])


def tear(lines, at):
    lines[at + 4] = lines[at + 4][:50] + b"\n"


def cut(lines, at):
    del lines[at + 15 : at + ROWS]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (spoil, ("ALTERED", 4)), (rehash, ("ALTERED", 4)), (drop, ("MISSING", 4)),
        (swap, ("MISSING", 4)), (repeat, ("ALTERED", 5)), (tear, ("ALTERED", 4)),
        (cut, ("TRUNCATED", 15)),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_named(exported, change, expected):
    path = edited(exported(), change)
    assert said(path) == expected
    code, told = offline(path)
    assert code == 1
    assert "tell the auditor" in told
    assert "请原样保留" in told


def test_no_changed_byte_goes_unnoticed(exported, tmp_path, capsys):
    """Only the moment an export says it was made can be changed; nothing is deduced from it."""
    whole = exported().read_bytes()
    moment = whole.index(b'"at":"') + 6
    path = tmp_path / "changed.ndjson"
    for at in range(0, len(whole), 37):
        if moment <= at < moment + 27:
            continue
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert verifier.main([str(path)]) in {1, 2}, whole[at - 20 : at + 20]
    assert "Traceback" not in capsys.readouterr().err


def test_an_older_state_is_a_rollback_against_what_others_have_kept(
    exported, realm, outside, tmp_path
):
    older = exported("older.ndjson")
    shutil.copytree(outside, tmp_path / "auditor")
    roll_back(realm, 12)
    shutil.rmtree(outside)
    newer = exported("newer.ndjson")

    assert said(newer, "--checkpoints", tmp_path / "auditor") == ("ROLLBACK", 12)
    assert said(newer, "--older", older) == ("ROLLBACK", 12)
    assert said(older, "--older", newer) == ("OK", None)


def test_two_exports_of_two_histories_are_found_out(exported, realm, outside):
    older = exported("older.ndjson")
    recompute(realm, 9)
    newer = exported("newer.ndjson")
    assert said(newer, "--older", older) == ("RECOMPUTED", 9)
    assert said(newer) == ("RECOMPUTED", 0)


def test_an_export_from_before_the_newest_checkpoint_is_no_rollback(exported, realm, outside):
    path = exported()
    write(realm, 3, start=60)
    take_checkpoint(realm)
    assert said(path, "--checkpoints", outside) == ("OK", None)


def test_only_keys_that_are_trusted_count(exported, realm, outside):
    (key,) = (outside / str(realm) / "keys").read_text().split()
    path = exported()
    assert said(path, "--key", key) == ("OK", None)
    other = Path(__file__).parent / "other.key"
    stranger = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert not other.exists()
    assert said(path, "--key", stranger)[0] == "NOT SIGNED"


@pytest.mark.parametrize("content", ["", "{}", "[1]", "no export\n"])
def test_what_is_no_export_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "file"
    path.write_text(content)
    assert offline(path) == (2, "this is not an export of the log\n")
    assert offline(tmp_path / "none")[0] == 2


def test_a_directory_without_checkpoints_is_said_to_have_none(exported, tmp_path):
    code, told = offline(exported(), "--checkpoints", tmp_path)
    assert (code, "holds no checkpoints" in told) == (2, True)
    assert "not a key" in offline(exported("again"), "--key", "nonsense")[1]


def test_the_verifier_needs_nothing_of_ours():
    source = Path(verifier.__file__).read_text()
    assert "import tanxin" not in source
    assert "from tanxin" not in source


def test_both_hashes_of_the_second_suite_are_the_same():
    for data in (b"", b"abc", bytes(1000)):
        assert verifier.HASHES[2](data) == verifier._sm3(data)


def run(*arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments], catch_exceptions=False)


def test_the_commands_say_what_to_do_next(realm, tmp_path):
    done = run("verify")
    assert (done.exit_code, f"OK {ROWS} changes" in done.output) == (0, True)
    path = tmp_path / "out.ndjson"
    assert f"python verifier.py {path}" in run("export", path, "--realm", realm).output
    assert offline(path)[0] == 0
    assert "nothing new" in run("checkpoint").output
    write(realm, 2, start=70)
    assert "signed now" in run("checkpoint", "--realm", realm).output

    recompute(realm, 5)
    broken = run("verify", "--realm", realm)
    assert broken.exit_code == 1
    assert "RECOMPUTED" in broken.output
    write(realm, 1, start=80)
    refused = run("checkpoint")
    assert refused.exit_code == 1
    assert "tanxin audit verify" in refused.output


def test_the_commands_speak_json(realm, tmp_path):
    (tmp_path / "folder").mkdir()
    assert json.loads(run("verify", "--json").output)[str(realm)]["verdict"] == "OK"
    written = json.loads(run("export", tmp_path / "folder", "--json").output)
    assert list(written) == [str(tmp_path / "folder" / f"{realm}.ndjson")]
    assert json.loads(run("checkpoint", "--json").output)[str(realm)] == {
        "changes": ROWS, "releases": 0, "new": False,
    }  # fmt: skip


def test_without_the_keeper_the_commands_say_so(realm, settings, tmp_path):
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "none.sock")
    for arguments in (["verify"], ["export", tmp_path / "x"], ["checkpoint"]):
        done = run(*arguments)
        assert done.exit_code == 1
        assert "tanxin keeper" in done.output


def test_the_worker_takes_one_of_each_realm_that_grew(realm, keeper, caplog):
    other = Realm.objects.create(name="另一")
    client.ensure_realm(other.pk)
    write(other.pk, 3)
    assert tasks.take_checkpoints() == 1
    assert tasks.take_checkpoints() == 0
    assert Anchors.of(other.pk).latest().checkpoint.changes.size == 3

    recompute(realm, 3)
    write(realm, 1, start=90)
    write(other.pk, 1, start=91)
    assert tasks.take_checkpoints() == 1
    assert f"realm {realm}: " in caplog.text
    assert "tanxin audit verify" in caplog.text


def test_a_realm_that_is_being_seeded_waits(realm):
    write(realm, 1, start=95)
    later = timezone.now() + timedelta(hours=1)
    Realm.objects.filter(pk=realm).update(is_demo=True, seeding_until=later)
    assert tasks.take_checkpoints() == 0


def test_the_worker_lives_on_without_the_keeper(realm, settings, tmp_path, caplog):
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "none.sock")
    assert tasks.take_checkpoints() == 0
    assert "no checkpoint was taken" in caplog.text


def test_what_comes_round_comes_at_once_and_then_in_time():
    done = []
    often = worker.every(0.0, lambda: done.append("often"))
    seldom = worker.every(3_600.0, lambda: done.append("seldom"))
    for _ in range(3):
        often()
        seldom()
    assert done == ["often", "seldom", "often", "often"]
