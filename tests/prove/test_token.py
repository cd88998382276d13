"""The root key wrapped by a key in a PKCS#11 token, tried with SoftHSM2."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path

import pkcs11
import pytest
from click.testing import CliRunner

from tanxin.cli.keeper import command
from tanxin.keeper.root import RootKeyUnusable, known_root, read_root_key

pytestmark = pytest.mark.prove
PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)
PIN = "87654321"


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    """A fresh token called ``tanxin``; SoftHSM reads its configuration once per process."""
    found = next((place for place in PLACES if Path(place).exists()), None)
    tool = shutil.which("softhsm2-util")
    if found is None or tool is None:
        pytest.skip("not run: softhsm2 is not installed and may not be installed here")
    place = tmp_path_factory.mktemp("softhsm")
    (place / "tokens").mkdir()
    (place / "conf").write_text(f"directories.tokendir = {place}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(place / "conf")
    init = [tool, "--init-token", "--free", "--label", "tanxin", "--so-pin", PIN, "--pin", PIN]
    subprocess.run(init, check=True, capture_output=True)
    yield found
    del os.environ["SOFTHSM2_CONF"]


@pytest.fixture
def home(tmp_path, module):
    """A keeper's home whose root key was put into the token, and what the key is."""
    home = tmp_path / "keeper"
    run("init", "--home", home)
    root = read_root_key(home)
    done = in_token(home, module, tmp_path, "--make-key")
    assert done.exit_code == 0, done.output
    return home, root


def run(*arguments):
    return CliRunner().invoke(command, [*map(str, arguments)])


def in_token(home, module, tmp_path, *more):
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    pin.chmod(0o600)
    key = f"root-{tmp_path.name}"
    where = ["--module", module, "--token", "tanxin", "--key", key, "--pin-file", pin]
    return run("token", "--home", home, *where, *more)


def test_the_root_key_comes_back_from_the_token_and_is_nowhere_else(home):
    place, root = home
    assert known_root(place) == root
    assert not (place / "root.key").exists()
    for file in place.rglob("*"):
        assert b64encode(root) not in file.read_bytes()
        assert root not in file.read_bytes()


def bent_files(values):
    wrapped = b64decode(values["wrapped"])
    nonce = b64decode(values["nonce"])

    def flip(raw, at):
        bent = bytearray(raw)
        bent[at] ^= 1
        return b64encode(bytes(bent)).decode()

    flips = {
        f"bit {at} of the wrap": {"wrapped": flip(wrapped, at)} for at in range(0, len(wrapped), 5)
    }
    return flips | {
        "bit of the tag": {"wrapped": flip(wrapped, -1)},
        "cut": {"wrapped": b64encode(wrapped[:-1]).decode()},
        "cut tag": {"wrapped": b64encode(wrapped[:-16]).decode()},
        "empty": {"wrapped": ""},
        "longer": {"wrapped": b64encode(wrapped + b"\0").decode()},
        "nonce": {"nonce": flip(nonce, 0)},
        "no nonce": {"nonce": ""},
        "another root's name": {"root": "00000000"},
        "another key": {"key": "nobody"},
        "another token": {"token": "nobody"},
        "another module": {"module": "/nowhere.so"},
        "another pin file": {"pin_file": "/nowhere"},
        "not base64": {"wrapped": "!"},
    }


def test_what_was_bent_opens_nothing(home):
    place, _ = home
    path = place / "root.token"
    values = json.loads(path.read_text())
    cases = bent_files(values)
    for name, change in cases.items():
        path.write_text(json.dumps(values | change))
        assert refuses(place), name
    for name in values:
        path.write_text(json.dumps({k: v for k, v in values.items() if k not in {name, "form"}}))
        assert name == "form" or refuses(place), name
    assert len(cases) > 15


def refuses(place):
    try:
        known_root(place)
    except RootKeyUnusable:
        return True
    return False


def test_a_wrong_pin_or_one_that_others_can_read_opens_nothing(home, tmp_path):
    place, _ = home
    (tmp_path / "pin").chmod(0o644)
    with pytest.raises(RootKeyUnusable, match="chmod 600"):
        known_root(place)
    (tmp_path / "pin").chmod(0o600)
    (tmp_path / "pin").write_text("00000000")
    with pytest.raises(RootKeyUnusable, match="does not do it"):
        known_root(place)


def test_the_key_in_the_token_cannot_be_taken_out_or_made_twice(home, module, tmp_path):
    with pkcs11.lib(module).get_token(token_label="tanxin").open(user_pin=PIN) as session:
        key = session.get_key(label=f"root-{tmp_path.name}")
        with pytest.raises(pkcs11.exceptions.PKCS11Error):
            key[pkcs11.Attribute.VALUE]
    run("init", "--home", tmp_path / "second")
    again = in_token(tmp_path / "second", module, tmp_path, "--make-key")
    assert "has a key called" in again.output
    assert (tmp_path / "second" / "root.key").exists()


def test_the_root_key_is_changed_within_the_token(home):
    place, before = home
    done = run("rotate-root", "--home", place)
    assert done.exit_code == 0, done.output
    assert known_root(place) not in (None, before)
    assert not (place / "root.key").exists()


def test_a_keeper_starts_from_the_token_and_keeps_its_realms(home, tmp_path):
    place, _ = home
    code = (
        "import sys; from tanxin.keeper.realms import Realms; from tanxin.keeper.root import stored_root;"
        "from tanxin.core.vault.suites import SUITES; from pathlib import Path; from uuid import UUID;"
        "p = Path(sys.argv[1]); r = Realms(p, stored_root(p), SUITES[1]);"
        "print(r.ensure(UUID(int=7)).current.secret.hex()); r.close()"
    )
    once = [
        subprocess.run([sys.executable, "-c", code, place], check=True, capture_output=True).stdout
        for _ in "12"
    ]
    assert once[0] == once[1] != b""
