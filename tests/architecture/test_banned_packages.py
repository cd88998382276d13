"""Packages that must not come in, by whatever way: their cryptography is broken or unwanted.

``gmssl`` accepts tampered SM2 ciphertexts and draws nonces from a guessable source;
``gmssl-python`` takes its import name; ``pymerkle`` and ``pykcs11`` are GPL.
"""

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BANNED = {"gmssl", "gmssl-python", "gmssl-pyx", "pymerkle", "pykcs11"}
LISTS = sorted((ROOT / "requirements").glob("*.txt"))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def names_in(text):
    return {normal(found) for found in re.findall(r"^\s*([A-Za-z0-9][\w.-]*)", text, re.MULTILINE)}


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.name)
def test_no_list_of_requirements_names_one(path):
    names = names_in(path.read_text(encoding="utf-8"))
    assert names
    assert not names & BANNED


def test_pyproject_names_none():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"]]
    for group in (
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ):
        asked += group
    assert not {normal(re.split(r"[\[<>=!~; ]", name)[0]) for name in asked} & BANNED


def test_none_is_installed():
    assert not {normal(found.metadata["Name"]) for found in distributions()} & BANNED


def test_a_banned_one_would_be_found():
    text = "cryptography==1\ngmssl==3.2.2 \\\n    --hash=sha256:00\nPyMerkle==6\nPyKCS11==1\n"
    assert names_in(text) & BANNED == {"gmssl", "pymerkle", "pykcs11"}
